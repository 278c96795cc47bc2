import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'

/** `ok`, or in words what is wrong with that part. */
export type Readiness = Readonly<Record<'clickhouse' | 'postgres' | 'log' | 'ingest', string>>

export interface HealthDeps {
  readonly checkReadiness: () => Promise<Readiness>
  /** Prometheus text. */
  readonly readMetrics: () => Promise<string>
}

const part = z.string().describe('"ok", or what is wrong.')
const ReadinessAnswer = z.object({
  status: z.enum(['ok', 'unavailable']),
  checks: z.object({ clickhouse: part, postgres: part, log: part, ingest: part }),
})

export function healthRoutes({ checkReadiness, readMetrics }: HealthDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/healthz',
      {
        config: { access: 'anyone' },
        schema: {
          summary: 'Is the process alive',
          tags: ['Operation'],
          response: { 200: z.object({ status: z.literal('ok') }) },
        },
      },
      async () => ({ status: 'ok' as const }),
    )

    app.get(
      '/readyz',
      {
        config: { access: 'anyone' },
        schema: {
          summary: 'Can the server take events and answer queries',
          tags: ['Operation'],
          response: { 200: ReadinessAnswer, 503: ReadinessAnswer },
        },
      },
      async (_request, reply) => {
        const checks = await checkReadiness()
        const isReady = Object.values(checks).every((check) => check === 'ok')
        return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'unavailable', checks })
      },
    )

    app.get(
      '/metrics',
      {
        config: { access: 'read' },
        schema: {
          summary: 'Figures for Prometheus',
          tags: ['Operation'],
          response: {
            200: { description: 'Prometheus text format', content: { 'text/plain': { schema: z.string() } } },
          },
        },
      },
      async (_request, reply) => reply.type('text/plain; version=0.0.4; charset=utf-8').send(await readMetrics()),
    )
  }
}
