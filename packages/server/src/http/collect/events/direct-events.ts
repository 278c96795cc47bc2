import type { Environment } from '../../../accounts/keys/api-key.ts'
import type { NativeEventContext } from '../../../collect/events/native-events.ts'
import { OPEN_POLICY } from '../../../collect/policy/source-policy.ts'
import type { BearerCheck } from '../../access/credentials.ts'
import { requestContext } from '../../requests/request-context.ts'
import { type CollectDeps, frameKind, frameSite } from '../collect-deps.ts'
import { lineFrame } from '../frame.ts'
import type { CollectEvent } from './collect-events.ts'
import { type DirectHandler, type DirectRequest, directAnswer } from './direct-requests.ts'
import { isGzip, parseEventBody } from './event-body.ts'
import { type EventTarget, targetOf } from './event-target.ts'

export interface DirectEventsDeps extends CollectDeps {
  readonly checkBearer: BearerCheck
  readonly collectEvent: CollectEvent
  readonly plainEventLine: PlainEventLine
  readonly onEvents: (accepted: number, rejected: number, elapsedMs: number) => void
}

/** The line of the log for an event that is plain, made from its text; undefined for all others. */
export type PlainEventLine = (
  text: string,
  event: unknown,
  context: Omit<NativeEventContext, 'visitors'>,
) => string | undefined

/**
 * `POST /v1/events` with one valid event for a source that restricts nothing, which nearly all requests hold; the route in
 * `events-routes.ts` has all others.
 */
export function directEvents(deps: DirectEventsDeps): DirectHandler {
  return (request, respond) => {
    const startMs = performance.now()
    const target = targetOf(deps.checkBearer(request.headers.authorization), sourceIn(request.query))
    const source = deps.sourceOf(target.source)
    if (source?.policy !== OPEN_POLICY || deps.debugHub.isWatched(target.source)) return false
    const receivedAt = Math.floor(deps.now())
    const collected = collectOne(deps, request, target, receivedAt)
    if (!collected) return false

    const { environment, line } = collected
    const ofSource = { source: source.name, kind: frameKind(source), site: frameSite(source) }
    const header = { ...ofSource, environment, receivedAt, keyId: target.keyId }
    deps.append(lineFrame(header, line)).then(
      () => {
        deps.onEvents(1, 0, performance.now() - startMs)
        deps.noteHealth(source.name, environment, 'accepted', 1)
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

const OPEN_BRACKET = 0x5b

function sourceIn(query: string): string | undefined {
  return query === '' ? undefined : (new URLSearchParams(query).get('source') ?? undefined)
}

function collectOne(
  deps: DirectEventsDeps,
  { body, headers, address }: DirectRequest,
  target: EventTarget,
  receivedAtMs: number,
): { readonly environment: Environment; readonly line: string } | undefined {
  // A list would be parsed for nothing.
  if (body[0] === OPEN_BRACKET || isGzip(body)) return undefined
  const { text, events } = parseEventBody(body)
  const [input, another] = events
  if (another !== undefined) return undefined
  const environment = target.environment ?? 'production'
  const ofRequest = requestContext(address, headers, receivedAtMs)
  const context = { ...ofRequest, source: target.source, policy: OPEN_POLICY, environment }
  const plain = deps.plainEventLine(text, input, context)
  if (plain !== undefined) return { environment, line: plain }

  const collected = deps.collectEvent(input, context)
  if (!('event' in collected) || (target.environment ?? collected.environment) !== collected.environment)
    return undefined
  return { environment: collected.environment, line: JSON.stringify(collected.event) }
}
