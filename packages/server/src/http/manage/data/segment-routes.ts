import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { QueryFilter } from '@almanac/core/query/filter.ts'
import { checkSegment, problemsWith } from '@almanac/core/segments/check-segment.ts'
import { SegmentBody, SegmentName } from '@almanac/core/segments/segment.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ListedSegment, Segments } from '../../../segments/segments.ts'
import { principalName } from '../../access/principal-name.ts'

export interface SegmentDeps {
  readonly segments: Pick<Segments, 'list' | 'save' | 'remove'>
  readonly cubes: () => readonly CubeDefinition[]
}

const SegmentAnswer = z.object({
  name: z.string(),
  label: z.string(),
  description: z.string(),
  cube: z.string().nullable().describe('Null: every cube that has the dimensions.'),
  filter: QueryFilter,
  cubes: z.array(z.string()).describe('Those it can be used with as they are defined now.'),
  problems: z.array(z.string()).describe('Why it can be used with none: dimensions that are gone, for instance.'),
  origin: z.enum(['made', 'workspace']).describe('workspace: of a file, which is changed there.'),
  createdBy: z.string().nullable().describe('Null, as are the times: it is of a file.'),
  createdAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime().nullable(),
})

const EXAMPLE: z.input<typeof SegmentBody> = {
  label: 'Readers of the docs on Firefox',
  cube: 'web',
  filter: {
    and: [
      { dimension: 'path', op: 'starts_with', values: ['/docs/'] },
      { dimension: 'browser', values: ['Firefox'] },
    ],
  },
}

const TAGS = ['Queries']
const byName = z.object({ name: SegmentName })

export function segmentRoutes({ segments, cubes: definitions }: SegmentDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/segments',
      {
        config: { access: 'read' },
        schema: {
          summary: 'List the segments',
          description: 'Filters that were saved by name; a query uses them as "segments".',
          tags: TAGS,
          querystring: z.object({ cube: z.string().max(100).optional().describe('Only those that fit this cube.') }),
          response: { 200: z.object({ segments: z.array(SegmentAnswer) }) },
        },
      },
      async ({ query: { cube } }) => {
        const answers = (await segments.list()).map((segment) => segmentAnswer(segment, definitions()))
        return { segments: answers.filter(({ cubes }) => cube === undefined || cubes.includes(cube)) }
      },
    )

    app.put(
      '/api/v1/segments/:name',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Make or replace a segment',
          description: 'It is in force at once: every query that names it has the new filter.',
          tags: TAGS,
          params: byName,
          body: SegmentBody.meta({ examples: [EXAMPLE] }),
          response: { 200: z.object({ segment: SegmentAnswer }), 201: z.object({ segment: SegmentAnswer }) },
        },
      },
      async ({ params: { name }, body, principal }, reply) => {
        const label = body.label || name
        const { segment, isNew } = await segments.save({ ...body, name, label }, principalName(principal))
        const answer = segmentAnswer({ origin: 'made', ...segment }, definitions())
        return reply.code(isNew ? 201 : 200).send({ segment: answer })
      },
    )

    app.delete(
      '/api/v1/segments/:name',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Remove a segment',
          description: 'Queries that still name it are refused.',
          tags: TAGS,
          params: byName,
          response: { 204: z.undefined() },
        },
      },
      async ({ params: { name } }, reply) => {
        await segments.remove(name)
        return reply.code(204).send(undefined)
      },
    )
  }
}

function segmentAnswer(segment: ListedSegment, cubes: readonly CubeDefinition[]): z.output<typeof SegmentAnswer> {
  const fits = cubes.filter((cube) => problemsWith(segment, cube).length === 0).map(({ name }) => name)
  const { name, label, description, cube, filter, origin } = segment
  const made = segment.origin === 'made' ? segment : undefined
  return {
    ...{ name, label, description, cube, filter, origin },
    cubes: fits,
    problems: fits.length > 0 ? [] : checkSegment(segment, cubes).map(({ message }) => message),
    createdBy: made?.createdBy ?? null,
    createdAt: made?.createdAt.toISOString() ?? null,
    updatedAt: made?.updatedAt.toISOString() ?? null,
  }
}
