import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { DOWNLOAD_FORMATS, type DownloadFormat, type SqlDownload } from '../../analytics/download-sql.ts'
import type { Asker } from '../../analytics/running-sql.ts'
import type { SqlResult, SqlService } from '../../analytics/sql-service.ts'
import { mayUse, type Principal } from '../access/access.ts'
import { principalName } from '../access/principal-name.ts'
import { clientGone } from '../requests/client-gone.ts'

export interface SqlDeps {
  readonly sql: SqlService
}

const queryId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, 'expected 8 to 64 letters, digits, - and _, such as a UUID')
  .describe('Names the query while it runs, to watch and to cancel it.')

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
const parameters = z
  .record(
    z.string().regex(/^[A-Za-z]\w{0,63}$/, 'expected a name of letters, digits and _, such as source'),
    z.union([Scalar, z.array(Scalar).max(10_000), z.record(z.string(), Scalar)]),
  )
  .describe('Values for {name:Type} in the statement. Numbers that JSON would round may be texts; maps are objects.')

const SqlRequest = z
  .strictObject({
    sql: z.string().min(1).max(100_000),
    parameters: parameters.default({}),
    limit: z.int().min(1).max(100_000).default(10_000),
    format: z
      .enum(['json', ...DOWNLOAD_FORMATS])
      .default('json')
      .describe('All but json answer with a file.'),
    id: queryId.optional().describe('Chosen by the client to cancel the query; left out, one is made.'),
  })
  .meta({
    examples: [
      {
        sql: 'SELECT name, count() FROM events WHERE source = {source:String} GROUP BY name ORDER BY 2 DESC',
        parameters: { source: 'website' },
      },
    ],
  })

const limit = z.number().nullable()
const SqlLimits = z
  .object({ seconds: limit, rows: limit, rowsToRead: limit, memoryBytes: limit })
  .describe('What any statement may use at most; null where the engine has no limit.')

export const SqlAnswer = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(z.unknown())).describe('Numbers that JSON would round are texts.'),
  meta: z.object({
    id: z.string(),
    rowsRead: z.number(),
    bytesRead: z.number(),
    elapsedMs: z.number(),
    truncated: z.boolean().describe('There were more rows than the limit.'),
    limits: SqlLimits,
  }),
})
export type SqlAnswer = z.output<typeof SqlAnswer>

const SqlProgressAnswer = z.object({
  id: z.string(),
  owner: z.string().describe('The id of a user, `key` and its prefix, or `local`.'),
  rowsRead: z.number(),
  rowsToRead: z.number().nullable().describe('As far as the engine knows; it can grow. Null while nothing is known.'),
  bytesRead: z.number(),
  memoryBytes: z.number(),
  elapsedMs: z.number(),
})

const SqlSchemaAnswer = z.object({
  databases: z.array(
    z.object({
      name: z.string(),
      isDefault: z.boolean().describe('Its tables need no name of a database before them.'),
      tables: z.array(
        z.object({
          name: z.string(),
          comment: z.string(),
          columns: z.array(z.object({ name: z.string(), type: z.string(), comment: z.string() })),
        }),
      ),
    }),
  ),
  cubes: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      description: z.string(),
      dimensions: z.array(z.object({ name: z.string(), label: z.string(), type: z.string() })),
      measures: z.array(z.object({ name: z.string(), label: z.string(), class: z.string() })),
    }),
  ),
  functions: z.array(z.object({ name: z.string(), isAggregate: z.boolean(), syntax: z.string() })),
})

const EXCEL_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const TAGS = ['Queries']
const byId = z.object({ id: queryId })
const file = (description: string) => z.string().describe(description)

export function sqlRoutes({ sql }: SqlDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/v1/sql',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Run SQL',
          description:
            'One statement of ClickHouse, as a user that can only read the views, within fixed limits. A file comes with ' +
            'the headers x-almanac-query-id, x-almanac-rows and x-almanac-truncated.',
          tags: TAGS,
          body: SqlRequest,
          response: {
            200: {
              description: 'The rows, or a file of them',
              content: {
                'application/json': { schema: SqlAnswer },
                'text/csv': { schema: file('RFC 4180, with a line of names') },
                'application/x-ndjson': { schema: file('An object on each line') },
                'application/vnd.apache.parquet': { schema: file('Parquet') },
                [EXCEL_TYPE]: { schema: file('Excel: a sheet whose first row has the names') },
              },
            },
          },
        },
        // Up to 100,000 rows: checking each against the schema would take longer than the query.
        serializerCompiler: () => JSON.stringify,
      },
      async ({ body: { format, ...request }, principal }, reply) => {
        const asker = askerOf(principal)
        const signal = clientGone(reply)
        if (format !== 'json') {
          return sendFile(reply, format, await sql.download({ ...request, format }, asker, signal)) as never
        }
        const { columns, rows, ...meta } = await sql.run(request, asker, signal)
        return { columns, rows, meta } as z.output<typeof SqlAnswer>
      },
    )

    app.get(
      '/api/v1/sql',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'List the SQL that is running',
          description: "One's own; an admin sees everybody's.",
          tags: TAGS,
          response: { 200: z.object({ queries: z.array(SqlProgressAnswer) }) },
        },
      },
      async ({ principal }) => ({ queries: await sql.list(askerOf(principal)) }),
    )

    app.get(
      '/api/v1/sql/schema',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'What SQL can read',
          description: 'Tables with their columns, cubes, and functions, for an editor that completes what is typed.',
          tags: TAGS,
          response: { 200: SqlSchemaAnswer },
        },
        serializerCompiler: () => JSON.stringify,
      },
      async () => (await sql.schema()) as z.output<typeof SqlSchemaAnswer>,
    )

    app.get(
      '/api/v1/sql/:id',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'How far a running query is',
          description: 'By the id that it was sent with. "not_found" once it has ended.',
          tags: TAGS,
          params: byId,
          response: { 200: SqlProgressAnswer },
        },
      },
      async ({ params: { id }, principal }) => sql.find(id, askerOf(principal)),
    )

    app.delete(
      '/api/v1/sql/:id',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Cancel a running query',
          description:
            "The engine stops working on it. One's own; an admin can cancel everybody's. One that has just ended by itself is no error.",
          tags: TAGS,
          params: byId,
          response: { 202: z.object({ id: z.string() }) },
        },
      },
      async ({ params: { id }, principal }, reply) => {
        await sql.cancel(id, askerOf(principal))
        return reply.code(202).send({ id })
      },
    )
  }
}

function askerOf(principal: Principal | undefined): Asker {
  return { name: principalName(principal), isAdmin: mayUse('admin', principal) }
}

const CONTENT_TYPE: Record<DownloadFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
  xlsx: EXCEL_TYPE,
}

function sendFile(
  reply: FastifyReply,
  format: DownloadFormat,
  { id, stream, rowCount, truncated }: SqlResult<SqlDownload>,
): FastifyReply {
  return reply
    .headers({
      'content-type': CONTENT_TYPE[format],
      'content-disposition': `attachment; filename="query.${format}"`,
      'x-almanac-query-id': id,
      'x-almanac-rows': rowCount,
      'x-almanac-truncated': String(truncated),
    })
    .send(stream)
}
