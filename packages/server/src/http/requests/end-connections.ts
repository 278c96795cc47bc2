import type { FastifyInstance } from 'fastify'

const LOOK_EVERY_MS = 50
const FINISH_WITHIN_MS = 5_000

/**
 * Closing waits for the requests under way, and by itself also for their connections: for more than a minute, when a client
 * keeps one open for a next request, and for as long as it likes when a client never finishes the request it has begun. So
 * connections are closed as soon as their answer is out, and all that are left after five seconds.
 */
export function endConnectionsOnClose(app: FastifyInstance, finishWithinMs = FINISH_WITHIN_MS): void {
  let timer: NodeJS.Timeout | undefined
  app.addHook('preClose', async () => {
    const startMs = performance.now()
    timer = setInterval(() => {
      const isLate = performance.now() - startMs > finishWithinMs
      if (isLate) app.server.closeAllConnections()
      else app.server.closeIdleConnections()
    }, LOOK_EVERY_MS)
  })
  app.addHook('onClose', async () => clearInterval(timer))
}
