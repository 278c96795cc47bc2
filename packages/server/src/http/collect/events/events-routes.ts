import { AppError } from '@almanac/core/errors.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { ENVIRONMENTS } from '../../../accounts/keys/api-key.ts'
import type { BearerCheck } from '../../access/credentials.ts'
import { isAdmitted } from '../../requests/admission.ts'
import { requestContext } from '../../requests/request-context.ts'
import { type CollectDeps, findSource } from '../collect-deps.ts'
import { type CollectEvent, collectEvents, type RejectedEvent } from './collect-events.ts'
import { isGzip, MAX_EVENT_BODY_BYTES, parseEventBody, unzipEventBody } from './event-body.ts'
import { targetOf } from './event-target.ts'
import { EVENTS_DOCUMENT } from './events-document.ts'

/**
 * `POST /v1/events`, with all that can be sent to it; most single events come by `direct-events.ts`. It answers 202 once
 * the log says that the events are on disk, and does nothing on the way that can be done later.
 */

export interface EventsDeps extends CollectDeps {
  readonly checkBearer: BearerCheck
  readonly collectEvent: CollectEvent
  /** For the metrics, after each answered request. */
  readonly onEvents: (accepted: number, rejected: number, elapsedMs: number) => void
}

export function eventsRoutes(deps: EventsDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.removeAllContentTypeParsers()
    // Any type is taken. The usual ones have an entry of their own because the framework finds those without parsing.
    for (const type of ['application/json', 'text/plain', '*']) {
      app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    }

    app.post(
      '/v1/events',
      {
        config: { access: 'ingest', documented: EVENTS_DOCUMENT },
        bodyLimit: MAX_EVENT_BODY_BYTES,
        // A logger of its own for each request would be the dearest part of it.
        childLoggerFactory: (logger) => logger,
      },
      async (request, reply) => {
        const startMs = performance.now()
        const target = targetOf(deps.checkBearer(request.headers.authorization), sourceIn(request.query))
        const source = await findSource(deps, target.source)
        if (!source) throw new AppError('not_found', `There is no source ${target.source}`)

        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const { events } = parseEventBody(isGzip(body) ? await unzipEventBody(body) : body)
        const { ip: address, headers } = request
        const { environment = 'production' } = target
        const isWanted = isAdmitted(deps, source, { address, headers, eventCount: events.length, environment })
        const { frames, stored, rejected } = collectEvents(deps, {
          events: isWanted ? events : [],
          target,
          source,
          context: requestContext(address, headers, Math.floor(deps.now())),
        })
        const accepted = events.length - rejected.length
        if (accepted === 0) throw noneAccepted(rejected)

        await Promise.all(frames.map(deps.append))
        for (const environment of ENVIRONMENTS) {
          deps.noteHealth(source.name, environment, 'accepted', stored[environment])
        }
        deps.onEvents(accepted, rejected.length, performance.now() - startMs)
        return reply
          .code(202)
          .header('content-type', 'application/json; charset=utf-8')
          .send(JSON.stringify({ accepted, rejected }))
      },
    )
  }
}

function sourceIn(query: unknown): string | undefined {
  const isQuery = typeof query === 'object' && query !== null && 'source' in query
  return isQuery && typeof query.source === 'string' ? query.source : undefined
}

function noneAccepted(rejected: readonly RejectedEvent[]): AppError {
  const issues = rejected.flatMap(({ index, issues }) =>
    issues.map(({ path, message }) => ({ path: [index, ...path], message })),
  )
  return new AppError(
    'invalid_event',
    rejected.length === 1 ? 'The event is not valid' : 'None of the events is valid',
    {
      issues: issues.slice(0, 1000),
    },
  )
}
