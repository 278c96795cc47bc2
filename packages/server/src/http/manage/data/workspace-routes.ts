import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { WorkspaceStatus } from '../../../workspace/start-workspace.ts'

export interface WorkspaceDeps {
  readonly workspaceStatus: () => WorkspaceStatus
}

const WorkspaceProblem = z.object({
  file: z.string().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
  path: z
    .array(z.union([z.string(), z.number()]))
    .optional()
    .describe('Inside of the definition.'),
  message: z.string(),
})

const WorkspaceAnswer = z.object({
  folder: z.string().nullable(),
  state: z
    .enum(['none', 'loaded', 'failed', 'remembered'])
    .describe(
      'none: nothing is defined; loaded: what the files say is in force; failed: they have errors, and what they said before is in force; remembered: no folder is named, and what was loaded last is in force.',
    ),
  loadedAt: z.string().nullable().describe('When what is in force was loaded.'),
  cubes: z.array(z.string()).describe('In force.'),
  endpoints: z.array(z.string()).describe('In force.'),
  boards: z.array(z.string()).describe('In force: the ends of their addresses.'),
  segments: z.array(z.string()).describe('In force.'),
  files: z.array(
    z.object({
      file: z.string(),
      defines: z.array(z.object({ kind: z.enum(['cube', 'endpoint', 'board', 'segment']), name: z.string() })),
      errors: z.array(WorkspaceProblem),
    }),
  ),
  errors: z.array(WorkspaceProblem).describe('All of them.'),
})
export type WorkspaceAnswer = z.output<typeof WorkspaceAnswer>

export function workspaceRoutes({ workspaceStatus }: WorkspaceDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/workspace',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'What the files of the workspace define, and what is wrong with them',
          tags: ['Operation'],
          response: { 200: WorkspaceAnswer },
        },
      },
      async () => answerOf(workspaceStatus()),
    )
  }
}

function answerOf({
  folder,
  loadedAt,
  cubes,
  endpoints,
  boards,
  segments,
  files,
  errors,
  state,
}: WorkspaceStatus): WorkspaceAnswer {
  return {
    folder: folder ?? null,
    state,
    loadedAt: loadedAt ?? null,
    cubes: [...cubes],
    endpoints: [...endpoints],
    boards: [...boards],
    segments: [...segments],
    files: files.map(({ file, defines, errors }) => ({ file, defines: [...defines], errors: errors.map(problem) })),
    errors: errors.map(problem),
  }
}

const problem = ({ path, ...error }: WorkspaceStatus['errors'][number]) => ({
  ...error,
  ...(path && { path: [...path] }),
})
