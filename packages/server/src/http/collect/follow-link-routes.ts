import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  clickEvent,
  clickTarget,
  type LinkClick,
  linkClick,
  newClickId,
  noClickReason,
} from '../../attribution/link-click.ts'
import type { TrackingLinks } from '../../attribution/tracking-links.ts'
import { encodeFrame } from './frame.ts'
import type { ProtocolDeps } from './protocol-routes.ts'

/**
 * Following a tracking link. Whoever clicks wants to go on: the redirect waits for the log only as long as nobody notices, and
 * a click that cannot be stored is noted in the server's log file and sent on all the same.
 */
export interface FollowLinkDeps extends Pick<ProtocolDeps, 'collectForeign' | 'append' | 'now'> {
  readonly links: Pick<TrackingLinks, 'find'>
}

const DOCUMENTED = {
  summary: 'Follow a tracking link',
  description: 'Counts the click, with its parameters, and redirects (302) to the target of the link.',
  tags: ['Tracking links'],
  params: z.object({ code: z.string() }),
}

export function followLinkRoutes(deps: FollowLinkDeps): FastifyPluginAsync {
  return async (app) => {
    const config = { access: 'anyone', documented: DOCUMENTED } as const
    app.get<{ Params: { code: string } }>('/l/:code', { config }, async (request, reply) => {
      reply.headers(HEADERS)
      const link = deps.links.find(request.params.code)
      if (!link) return reply.code(404).type('text/html; charset=utf-8').send(NO_SUCH_LINK)

      const query = new URLSearchParams(request.url.split('?').slice(1).join('?'))
      const click = linkClick(link, query, newClickId())
      await Promise.race([store(deps, click, request), delay(LONGEST_WAIT_MS, undefined, { ref: false })])
      return reply.code(302).header('location', clickTarget(click)).send()
    })
  }
}

const LONGEST_WAIT_MS = 500

// Each click is asked for anew, and a link is nothing for a search engine.
const HEADERS = {
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
}

const NO_SUCH_LINK = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Not found</title>
<h1>This link leads nowhere</h1>
</html>
`

/** Never rejects. */
async function store(deps: FollowLinkDeps, click: LinkClick, request: FastifyRequest): Promise<void> {
  const { method, headers, ip, log } = request
  const { code, source, environment } = click.link
  try {
    const receivedAt = Math.floor(deps.now())
    const context = { source, environment, receivedAtMs: receivedAt, address: ip, userAgent: headers['user-agent'] }
    const event = deps.collectForeign(clickEvent(click, headers), context)
    if (!event || 'drop' in event) return
    const botHint = noClickReason(method, headers)
    const line = JSON.stringify(botHint === undefined ? event : { ...event, botHint })
    await deps.append(encodeFrame({ v: 1, source, environment, receivedAt }, [line]))
  } catch (error) {
    log.warn({ err: error, requestId: request.id, link: code }, 'a click on a tracking link was not stored')
  }
}
