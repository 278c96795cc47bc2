import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { Query, QueryAnswer } from '@almanac/core/query/query.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { clientGone } from './client-gone.ts'

export interface QueryDeps {
  readonly cubes: readonly CubeDefinition[]
  readonly runQuery: (query: Query, signal: AbortSignal) => Promise<QueryAnswer>
}

const CubesAnswer = z.object({
  cubes: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      dimensions: z.array(z.object({ name: z.string(), label: z.string(), type: z.string() })),
      measures: z.array(
        z.object({
          name: z.string(),
          label: z.string(),
          format: z.string(),
          better: z.enum(['higher', 'lower']),
          class: z.string().describe('How it adds up: what is mergeable is never summed.'),
        }),
      ),
    }),
  ),
})

export function queryRoutes({ cubes, runQuery }: QueryDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/cubes',
      {
        config: { access: 'read' },
        schema: { summary: 'What can be asked', tags: ['Queries'], response: { 200: CubesAnswer } },
      },
      async () => ({ cubes: cubes.map(describeCube) }),
    )

    app.post(
      '/api/v1/query',
      {
        config: { access: 'read' },
        schema: {
          summary: 'Ask a cube',
          description:
            'Measures by dimensions and time. The answer says which tables it was read from, and how fresh it is.',
          tags: ['Queries'],
          body: Query.meta({ examples: [EXAMPLE] }),
          response: { 200: QueryAnswer },
        },
        // Up to 100,000 rows: checking each against the schema would take longer than the query.
        serializerCompiler: () => JSON.stringify,
      },
      async ({ body }, reply) => runQuery(body, clientGone(reply)),
    )
  }
}

const EXAMPLE = {
  cube: 'web',
  measures: ['hits', 'visitors'],
  from: '2015-05-17',
  to: '2015-05-21',
  grain: 'day',
  timezone: 'UTC',
  filters: [{ dimension: 'status', op: 'in', values: [404] }],
}

function describeCube({
  name,
  label,
  dimensions,
  measures,
}: CubeDefinition): z.output<typeof CubesAnswer>['cubes'][number] {
  return {
    name,
    label,
    dimensions: Object.entries(dimensions).map(([key, { label, type }]) => ({ name: key, label, type })),
    measures: Object.entries(measures).map(([key, measure]) => {
      const { label, format, better } = measure
      return { name: key, label, format, better, class: measure.class }
    }),
  }
}
