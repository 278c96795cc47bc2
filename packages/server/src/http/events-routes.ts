import { AppError, type Issue } from '@almanac/core/errors.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { ENVIRONMENTS, type Environment } from '../accounts/api-key.ts'
import type { CollectedNativeEvent, InvalidEvent, NativeEventContext } from '../collect/native-events.ts'
import type { BearerCheck } from './credentials.ts'
import { isGzip, MAX_EVENT_BODY_BYTES, parseEventBody, unzipEventBody } from './event-body.ts'
import { type EventTarget, requireSource, targetOf } from './event-target.ts'
import { EVENTS_DOCUMENT } from './events-document.ts'
import { encodeFrame } from './frame.ts'

/**
 * The hot path. It answers 202 once the log says that the events are on disk, and does nothing on the way that can be
 * done later. So it leaves the usual ways: no hooks, no schema of the framework, no log line, one prepared answer.
 */

export interface EventsDeps {
  readonly checkBearer: BearerCheck
  readonly collectEvent: CollectEvent
  /** Resolves once the frame is on disk. */
  readonly append: (frame: string | Buffer) => Promise<number>
  readonly hasSource: (name: string) => Promise<boolean>
  readonly now: () => number
  /** For the metrics, after each answered request. */
  readonly onEvents: (accepted: number, rejected: number, elapsedMs: number) => void
}

/** One event as it goes to the log, or everything that is wrong with it. */
export type CollectEvent = (
  input: unknown,
  context: Omit<NativeEventContext, 'visitors'>,
) => CollectedNativeEvent | InvalidEvent

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
        if (target.mustExist) await requireSource(deps.hasSource, target.source)

        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const { events } = parseEventBody(isGzip(body) ? await unzipEventBody(body) : body)
        const { frames, accepted, rejected } = collect(deps, events, target, request)
        if (accepted === 0) throw noneAccepted(rejected)

        await (frames.length === 1 ? deps.append(frames[0] ?? '') : Promise.all(frames.map(deps.append)))

        deps.onEvents(accepted, rejected.length, performance.now() - startMs)
        const isOne = accepted === 1 && rejected.length === 0
        reply.code(202).header('content-type', 'application/json; charset=utf-8')
        return reply.send(isOne ? ONE_ACCEPTED : JSON.stringify({ accepted, rejected }))
      },
    )
  }
}

const ONE_ACCEPTED = '{"accepted":1,"rejected":[]}'

function sourceIn(query: unknown): string | undefined {
  const isQuery = typeof query === 'object' && query !== null && 'source' in query
  return isQuery && typeof query.source === 'string' ? query.source : undefined
}

interface RejectedEvent {
  readonly index: number
  readonly issues: readonly Issue[]
}

/** Events of both environments go into two frames: a frame says once whose its events are. */
function collect(deps: EventsDeps, events: readonly unknown[], target: EventTarget, { ip, headers }: FastifyRequest) {
  const { source, keyId } = target
  const receivedAt = Math.floor(deps.now())
  const context = {
    source,
    environment: target.environment ?? 'production',
    receivedAtMs: receivedAt,
    address: ip,
    userAgent: headers['user-agent'],
  }
  const lines: Record<Environment, string[]> = { production: [], sandbox: [] }
  const rejected: RejectedEvent[] = []

  for (const [index, input] of events.entries()) {
    const collected = deps.collectEvent(input, context)
    if ('issues' in collected) rejected.push({ index, issues: collected.issues })
    else if (target.environment !== undefined && collected.environment !== target.environment) {
      rejected.push({ index, issues: [otherEnvironment(target.environment)] })
    } else lines[collected.environment].push(JSON.stringify(collected.event))
  }

  const frames = ENVIRONMENTS.filter((environment) => lines[environment].length > 0).map((environment) =>
    encodeFrame({ v: 1, source, environment, receivedAt, ...(keyId !== undefined && { keyId }) }, lines[environment]),
  )
  return { frames, accepted: events.length - rejected.length, rejected }
}

function otherEnvironment(environment: Environment): Issue {
  return { path: ['environment'], message: `the key writes to ${environment} only` }
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
