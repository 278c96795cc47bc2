import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { clientGone } from './client-gone.ts'

export const SqlAnswer = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(z.unknown())),
  meta: z.object({
    rowsRead: z.number(),
    elapsedMs: z.number(),
    truncated: z.boolean().describe('There were more rows than the limit.'),
  }),
})
export type SqlAnswer = z.output<typeof SqlAnswer>

export interface SqlDeps {
  readonly runSql: (
    sql: string,
    options: { readonly limit: number; readonly signal: AbortSignal },
  ) => Promise<SqlAnswer>
}

const SqlRequest = z
  .strictObject({
    sql: z.string().min(1).max(100_000),
    limit: z.int().min(1).max(100_000).default(10_000),
  })
  .meta({ examples: [{ sql: 'SELECT name, count() FROM events GROUP BY name ORDER BY 2 DESC' }] })

export function sqlRoutes({ runSql }: SqlDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/v1/sql',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Run SQL',
          description: 'One statement of ClickHouse, as a user that can only read the views, within fixed limits.',
          tags: ['Queries'],
          body: SqlRequest,
          response: { 200: SqlAnswer },
        },
        serializerCompiler: () => JSON.stringify,
      },
      async ({ body: { sql, limit } }, reply) => runSql(sql, { limit, signal: clientGone(reply) }),
    )
  }
}
