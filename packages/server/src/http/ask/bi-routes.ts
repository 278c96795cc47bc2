import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { BiAccess } from '../../bi-views/bi-access.ts'

export interface BiDeps {
  readonly bi: BiAccess
}

const ConnectionAnswer = z.object({
  host: z.string(),
  port: z.number().describe('Of ClickHouse’s HTTP interface.'),
  isEncrypted: z.boolean(),
  database: z.string(),
  user: z.string(),
  isEmbedded: z.boolean().describe('Then it listens on the loopback of its machine only: reach it through a tunnel.'),
  views: z.array(z.string()),
  problems: z.array(z.object({ view: z.string(), reason: z.string() })),
})
export type BiConnectionAnswer = z.output<typeof ConnectionAnswer>

/** How Tableau, Grafana's ClickHouse plug-in or DBeaver read the figures. */
export function biRoutes({ bi }: BiDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/bi/connection',
      {
        config: { access: 'read' },
        schema: { summary: 'How BI tools connect', tags: ['Queries'], response: { 200: ConnectionAnswer } },
      },
      async () => {
        const { views, problems } = bi.views()
        return { ...bi.connection, views: [...views], problems: [...problems] }
      },
    )

    app.get(
      '/api/v1/bi/password',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'The password of the read-only user',
          tags: ['Queries'],
          response: { 200: z.object({ password: z.string() }) },
        },
      },
      async (_, reply) => {
        reply.header('cache-control', 'no-store')
        return { password: bi.password }
      },
    )
  }
}
