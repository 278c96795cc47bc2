import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Folders } from '../../../boards/folders/folders.ts'

interface FolderDeps {
  readonly boardFolders: Folders
}

export const FolderAnswer = z
  .object({ id: z.string(), name: z.string(), parentId: z.string().nullable() })
  .meta({ id: 'BoardFolder' })

const name = z.string().trim().min(1).max(500)
const parentId = z.uuid().nullable().optional().describe('Null: in no other folder.')
const byId = z.object({ id: z.uuid() })
const tags = ['Dashboards']

export function folderRoutes({ boardFolders: folders }: FolderDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/v1/folders',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Make a folder for boards',
          tags,
          body: z.strictObject({ name, parentId }),
          response: { 201: FolderAnswer },
        },
      },
      async ({ body: { name, parentId = null } }, reply) =>
        reply.code(201).send(await folders.make({ name, parentId })),
    )

    app.patch(
      '/api/v1/folders/:id',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Rename or move a folder',
          tags,
          params: byId,
          body: z.strictObject({ name: name.optional(), parentId }),
          response: { 200: FolderAnswer },
        },
      },
      async ({ params: { id }, body }) => folders.change(id, body),
    )

    app.delete(
      '/api/v1/folders/:id',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Delete a folder',
          description: 'The boards and folders in it move up to where it was.',
          tags,
          params: byId,
          response: { 204: z.undefined() },
        },
      },
      async ({ params: { id } }, reply) => {
        await folders.remove(id)
        return reply.code(204).send(undefined)
      },
    )
  }
}
