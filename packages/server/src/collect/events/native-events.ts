import type { Issue } from '@almanac/core/errors.ts'
import { NativeEvent } from '@almanac/core/events/native-event.ts'
import { z } from 'zod'
import { addBrowserHints, type BrowserHints } from '../hints/browser-hints.ts'
import { addPlace } from '../place/add-place.ts'
import type { PlaceOf } from '../place/places.ts'
import { admitEvent, type FilterReason } from '../policy/admit.ts'
import { storableEvent, usableAddress, usableDraft } from '../policy/privacy.ts'
import type { SourcePolicy } from '../policy/source-policy.ts'
import type { Visitors } from '../visitors/visitor.ts'
import type { CollectedEvent } from './collected-event.ts'
import type { EventDraft, Mutable } from './event-draft.ts'
import { clientEventId, newEventId } from './event-id.ts'
import { correctedTime, timeInMs, tooEarly } from './event-time.ts'
import { plainEvent } from './plain-event.ts'
import { checkProperties } from './properties.ts'

/** What an endpoint knows about an event besides the event. */
export interface NativeEventContext extends BrowserHints {
  readonly source: string
  /** What the source allows to use and to keep. */
  readonly policy: SourcePolicy
  /** Taken when the event does not name one. */
  readonly environment: 'production' | 'sandbox'
  readonly receivedAtMs: number
  /** Of the connection. The event's own `ip` goes first: then a server sent it on somebody's behalf. */
  readonly address?: string | undefined
  readonly visitors: Visitors
  /** Without it, no place is looked up. */
  readonly placeOf?: PlaceOf | undefined
}

export interface CollectedNativeEvent {
  readonly event: CollectedEvent
  readonly environment: 'production' | 'sandbox'
}

export interface InvalidEvent {
  readonly issues: readonly Issue[]
}

/** A valid event that its source does not want. */
export interface DroppedEvent {
  readonly drop: FilterReason
}

/**
 * One event of `POST /v1/events` as it goes to the log: checked, its clock corrected, with its id and its visitor, without
 * its address. `input` is what JSON.parse gave: nothing is assumed about it, and it never throws.
 */
export function collectNativeEvent(
  input: unknown,
  context: NativeEventContext,
): CollectedNativeEvent | InvalidEvent | DroppedEvent {
  const result = draftNativeEvent(input)
  if ('issues' in result) return result
  const { clientTimeMs } = result
  const { receivedAtMs, source, policy } = context
  const { messageId, url, sentAt } = result.draft.event

  const at = correctedTime({ timeMs: clientTimeMs, sentAtMs: sentAt }, receivedAtMs)
  const problem = tooEarly(at)
  if (problem !== undefined) return { issues: [{ path: ['time'], message: problem }] }
  const admission = admitEvent(policy, { url, address: result.draft.address })
  if (admission !== 'admit') return admission

  const draft = usableDraft(policy, result.draft)
  const environment = result.environment ?? context.environment
  const event: Mutable<CollectedEvent> = { id: '', ...draft.event, at }
  if (messageId === undefined) {
    event.id = newEventId(receivedAtMs)
  } else {
    event.id = clientEventId({ source, environment }, messageId)
    event.idFrom = 'client'
  }
  if (clientTimeMs !== undefined) event.clientAt = clientTimeMs
  // The connection's user agent goes with the connection's address: of a server that sends for others it says nothing.
  const isOwnConnection = result.draft.address === undefined
  if (event.userAgent === undefined && isOwnConnection && context.userAgent !== undefined) {
    event.userAgent = context.userAgent
  }
  addBrowserHints(event, context)
  const { userId, anonymousId, userAgent } = event
  const address = isOwnConnection ? usableAddress(policy, context.address) : draft.address
  addPlace(event, address, context.placeOf)
  Object.assign(event, context.visitors.visitorOf({ userId, anonymousId, source, address, userAgent, atMs: at }))
  return { event: storableEvent(policy, event), environment }
}

export interface DraftedNativeEvent {
  /** Its `at` is the client's time, 0 if there is none. */
  readonly draft: EventDraft
  readonly clientTimeMs: number | undefined
  readonly environment: 'production' | 'sandbox' | undefined
}

/** The part that does not depend on how the event came: all fields checked, times in milliseconds. */
export function draftNativeEvent(input: unknown): DraftedNativeEvent | InvalidEvent {
  const plain = plainEvent(input)
  if (plain) {
    const { properties, ...fields } = plain
    return withProperties({ at: 0, ...fields }, properties)
  }
  const parsed = SHALLOW_EVENT.safeParse(input)
  if (!parsed.success) return { issues: parsed.error.issues.map(issueOf) }
  const { id, time, sentAt, ip, environment, properties, ...fields } = parsed.data

  const event: Mutable<EventDraft['event']> = { at: 0, ...fields }
  const clientTimeMs = time === undefined ? undefined : timeInMs(time)
  if (Number.isNaN(clientTimeMs)) return { issues: [unknownUnit('time', time)] }
  if (clientTimeMs !== undefined) event.at = clientTimeMs
  if (sentAt !== undefined) {
    event.sentAt = timeInMs(sentAt)
    if (Number.isNaN(event.sentAt)) return { issues: [unknownUnit('sentAt', sentAt)] }
  }
  if (id !== undefined) event.messageId = id
  return withProperties(event, properties, { address: ip, clientTimeMs, environment })
}

function withProperties(
  event: Mutable<EventDraft['event']>,
  properties: unknown,
  { address, clientTimeMs, environment }: Partial<NonDraft> = {},
): DraftedNativeEvent | InvalidEvent {
  if (properties !== undefined) {
    const checked = checkProperties(properties)
    if ('issue' in checked) return { issues: [checked.issue] }
    event.properties = checked.properties
  }
  return { draft: { event, address }, clientTimeMs, environment }
}

type NonDraft = Omit<DraftedNativeEvent, 'draft'> & { readonly address: string | undefined }

/** zod's own check of `properties` is recursive, and twenty times slower than ours, which bounds the depth. */
const SHALLOW_EVENT = NativeEvent.extend({ properties: z.unknown().optional() })

function issueOf({ path, message }: z.core.$ZodIssue): Issue {
  return { path: path.map((key) => (typeof key === 'symbol' ? String(key) : key)), message }
}

function unknownUnit(field: string, value: unknown): Issue {
  return { path: [field], message: `expected seconds, milliseconds or microseconds since 1970, got ${value}` }
}
