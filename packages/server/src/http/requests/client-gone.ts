import type { FastifyReply } from 'fastify'

/** Aborts when the client leaves before it has its answer, so that nobody works for nobody. */
export function clientGone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new Error('The client closed the connection'))
  })
  return controller.signal
}
