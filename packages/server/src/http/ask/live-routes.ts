import { AppError } from '@almanac/core/errors.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { SECURITY_HEADERS } from '../requests/security-headers.ts'
import type { LiveHub } from './live-hub.ts'

export interface LiveDeps {
  readonly liveHub: LiveHub
}

export function liveRoutes({ liveHub }: LiveDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.addHook('preClose', async () => liveHub.close())

    app.get(
      '/api/v1/live',
      {
        config: { access: 'read' },
        exposeHeadRoute: false,
        schema: {
          summary: 'Hear of new data',
          description:
            'Server-sent events: "hello" first, then "change" after each stored batch, with the cubes and the span of ' +
            'time that it touched: {"cubes":["web"],"from":"…","to":"…"}.',
          tags: ['Queries'],
          response: {
            200: { description: 'A stream of events', content: { 'text/event-stream': { schema: z.string() } } },
          },
        },
      },
      async (_request, reply) => {
        const isConnected = liveHub.connect(reply.raw, SECURITY_HEADERS)
        if (!isConnected) throw new AppError('overloaded', 'Too many pages listen for changes')
        reply.hijack()
      },
    )
  }
}
