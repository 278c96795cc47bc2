import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'

const engine = z.looseObject({ state: z.string() })

export const StatusAnswer = z.object({
  version: z.string(),
  startedAt: z.iso.datetime(),
  engines: z.object({ clickhouse: engine, postgres: engine }),
  log: z.looseObject({ state: z.string(), durableEnd: z.number(), freeDiskBytes: z.number() }),
  ingest: z.looseObject({
    position: z.number().describe('How far the log is read into the tables.'),
    lagBytes: z.number(),
    eventsPerSecond: z.number(),
    lastBatchAt: z.string().nullable(),
    lastError: z.string().optional(),
  }),
  cubes: z.object({
    touchedHours: z
      .number()
      .nullable()
      .describe('Hours that wait to be computed again; null while PostgreSQL does not answer.'),
  }),
  logTables: z.object({
    count: z.number().describe('Tables that lines of logs have made.'),
    problem: z.string().nullable().describe('What has no table or column of its own, and why.'),
  }),
  storage: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('Rows and bytes of each table; null while ClickHouse does not answer.'),
})
export type StatusAnswer = z.output<typeof StatusAnswer>

const QuarantineRequest = z.object({
  source: z.string().optional(),
  importId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
})
export type QuarantineRequest = z.output<typeof QuarantineRequest>

const QuarantineAnswer = z.object({
  rows: z.array(
    z.object({
      receivedAt: z.string(),
      source: z.string(),
      reason: z.string(),
      file: z.string().nullable(),
      line: z.number().nullable(),
      raw: z.string(),
    }),
  ),
  total: z.number(),
})
export type QuarantineAnswer = z.output<typeof QuarantineAnswer>

export interface StatusDeps {
  readonly readStatus: () => Promise<StatusAnswer>
  readonly readQuarantine: (request: QuarantineRequest) => Promise<QuarantineAnswer>
}

export function statusRoutes({ readStatus, readQuarantine }: StatusDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/status',
      {
        config: { access: 'read' },
        schema: { summary: 'How the server is doing', tags: ['Operation'], response: { 200: StatusAnswer } },
      },
      async () => readStatus(),
    )

    app.get(
      '/api/v1/quarantine',
      {
        config: { access: 'read' },
        schema: {
          summary: 'What could not be stored, and why',
          tags: ['Operation'],
          querystring: QuarantineRequest,
          response: { 200: QuarantineAnswer },
        },
      },
      async ({ query }) => readQuarantine(query),
    )
  }
}
