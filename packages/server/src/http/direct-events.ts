import type { Environment } from '../accounts/api-key.ts'
import type { NativeEventContext } from '../collect/native-events.ts'
import type { BearerCheck } from './credentials.ts'
import { type DirectHandler, type DirectRequest, directAnswer } from './direct-requests.ts'
import { parseEventBody } from './event-body.ts'
import { type EventTarget, targetOf } from './event-target.ts'
import type { CollectEvent } from './events-routes.ts'
import { lineFrame } from './frame.ts'

export interface DirectEventsDeps {
  readonly checkBearer: BearerCheck
  readonly collectEvent: CollectEvent
  readonly plainEventLine: PlainEventLine
  /** Whether there is a source of that name, if it can be said without asking anybody. */
  readonly isKnownSource: (name: string) => boolean
  /** Resolves once the frame is on disk. */
  readonly append: (frame: string) => Promise<number>
  readonly now: () => number
  readonly onEvents: (accepted: number, rejected: number, elapsedMs: number) => void
}

/** The line of the log for an event that is plain, made from its text; undefined for all others. */
export type PlainEventLine = (
  text: string,
  event: unknown,
  context: Omit<NativeEventContext, 'visitors'>,
) => string | undefined

/** `POST /v1/events` with one valid event, which nearly all requests hold; the route in `events-routes.ts` has all others. */
export function directEvents(deps: DirectEventsDeps): DirectHandler {
  return (request, respond) => {
    const startMs = performance.now()
    const target = targetOf(deps.checkBearer(request.headers.authorization), sourceIn(request.query))
    if (target.mustExist && !deps.isKnownSource(target.source)) return false
    const receivedAt = Math.floor(deps.now())
    const collected = collectOne(deps, request, target, receivedAt)
    if (!collected) return false

    const { source, keyId } = target
    const { environment, line } = collected
    deps.append(lineFrame({ source, environment, receivedAt, keyId }, line)).then(
      () => {
        deps.onEvents(1, 0, performance.now() - startMs)
        respond(ONE_ACCEPTED)
      },
      (error) => respond(error),
    )
    return true
  }
}

const ONE_ACCEPTED = directAnswer(
  202,
  { 'content-type': 'application/json; charset=utf-8' },
  '{"accepted":1,"rejected":[]}',
)

function sourceIn(query: string): string | undefined {
  return query === '' ? undefined : (new URLSearchParams(query).get('source') ?? undefined)
}

function collectOne(
  deps: DirectEventsDeps,
  { body, headers, address }: DirectRequest,
  target: EventTarget,
  receivedAtMs: number,
): { readonly environment: Environment; readonly line: string } | undefined {
  const { text, events } = parseEventBody(body)
  const [input, another] = events
  if (another !== undefined) return undefined
  const environment = target.environment ?? 'production'
  const context = { source: target.source, environment, receivedAtMs, address, userAgent: headers['user-agent'] }
  const plain = deps.plainEventLine(text, input, context)
  if (plain !== undefined) return { environment, line: plain }

  const collected = deps.collectEvent(input, context)
  if ('issues' in collected || (target.environment ?? collected.environment) !== collected.environment) return undefined
  return { environment: collected.environment, line: JSON.stringify(collected.event) }
}
