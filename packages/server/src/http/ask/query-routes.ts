import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { typeOf } from '@almanac/core/cubes/sql/dimension-sql.ts'
import { Query, QueryAnswer } from '@almanac/core/query/query.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { QueryResult } from '../../query/run-query.ts'
import { errorBody } from '../error-reply.ts'
import { clientGone } from '../requests/client-gone.ts'

export interface QueryDeps {
  readonly cubes: () => readonly CubeDefinition[]
  readonly runQuery: (query: Query, signal: AbortSignal) => Promise<QueryAnswer>
  readonly runQueries: (queries: readonly Query[], signal: AbortSignal) => Promise<QueryResult[]>
}

const CubesAnswer = z.object({
  cubes: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      description: z.string().optional(),
      timezone: z.string().describe('Whose days, weeks and months are kept ready.'),
      firstDayOfWeek: z.number(),
      fiscalYearStart: z.number(),
      dimensions: z.array(
        z.object({
          name: z.string(),
          label: z.string(),
          description: z.string().optional(),
          type: z.string(),
          kind: z.string(),
        }),
      ),
      measures: z.array(
        z.object({
          name: z.string(),
          label: z.string(),
          description: z.string().optional(),
          format: z.string(),
          currency: z.string().optional(),
          better: z.enum(['higher', 'lower']),
          class: z.string().describe('How it adds up: what is mergeable is never summed.'),
          formula: z.string().optional(),
        }),
      ),
      rollups: z.array(z.array(z.string())).describe('The sets of dimensions by which figures are kept ready.'),
    }),
  ),
})

/** A dashboard's widgets. */
const MOST_QUERIES = 50

const Queries = z.strictObject({ queries: z.array(Query).min(1).max(MOST_QUERIES) })
const QueriesAnswer = z.object({
  answers: z
    .array(z.union([z.object({ answer: QueryAnswer }), z.object({ error: z.looseObject({ code: z.string() }) })]))
    .describe('In the order of the queries: an answer, or what was wrong with that one.'),
})

export function queryRoutes({ cubes, runQuery, runQueries }: QueryDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/cubes',
      {
        config: { access: 'read' },
        schema: { summary: 'What can be asked', tags: ['Queries'], response: { 200: CubesAnswer } },
      },
      async () => ({ cubes: cubes().map(describeCube) }),
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

    app.post(
      '/api/v1/queries',
      {
        config: { access: 'read' },
        schema: {
          summary: 'Ask several questions at once',
          description:
            'All are answered as of one moment, and those that read the same rows share a scan. Each has its own answer or its own error.',
          tags: ['Queries'],
          body: Queries.meta({ examples: [{ queries: [EXAMPLE] }] }),
          response: { 200: QueriesAnswer },
        },
        serializerCompiler: () => JSON.stringify,
      },
      async ({ body: { queries } }, reply) => {
        const results = await runQueries(queries, clientGone(reply))
        return { answers: results.map((result) => ('error' in result ? { error: errorBody(result.error) } : result)) }
      },
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
  compare: [{ with: 'previous_week' }],
}

function describeCube(cube: CubeDefinition): z.output<typeof CubesAnswer>['cubes'][number] {
  const { name, label, description, calendar, dimensions, measures, rollups } = cube
  return {
    name,
    label,
    ...(description !== undefined && { description }),
    ...calendar,
    dimensions: Object.entries(dimensions).map(([key, dimension]) => ({
      name: key,
      label: dimension.label,
      ...(dimension.description !== undefined && { description: dimension.description }),
      type: typeOf(dimension),
      kind: dimension.kind,
    })),
    measures: Object.entries(measures).map(([key, measure]) => ({
      name: key,
      label: measure.label,
      ...(measure.description !== undefined && { description: measure.description }),
      format: measure.format,
      ...(measure.currency !== undefined && { currency: measure.currency }),
      better: measure.better,
      class: measure.class,
      ...(measure.class === 'derived' && { formula: measure.formula }),
    })),
    rollups: rollups.map(({ dimensions: set }) => [...set]),
  }
}
