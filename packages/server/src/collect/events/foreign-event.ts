import type { NativeEvent } from '@almanac/core/events/native-event.ts'
import { addBrowserHints, type BrowserHints } from '../hints/browser-hints.ts'
import type { ClientHints } from '../hints/client-hints.ts'
import { addPlace } from '../place/add-place.ts'
import type { PlaceOf } from '../place/places.ts'
import type { Visitors } from '../visitors/visitor.ts'
import type { CollectedEvent } from './collected-event.ts'
import type { Mutable } from './event-draft.ts'
import { clientEventId, newEventId } from './event-id.ts'
import { correctedTime, tooEarly } from './event-time.ts'
import { checkProperties } from './properties.ts'

/**
 * An event as another system's client sends it, in our words. Those clients cannot be told about a mistake, and what they
 * send is theirs to decide: so nothing is refused that can be kept. Text that is too long is cut, and a value of the wrong
 * kind is left out; what had to go is said in `problems` of the result.
 */
export interface ForeignEvent {
  readonly name: string
  /** The client's own id of the event: makes a repetition count once. */
  readonly id?: string | undefined
  /** Clocks of the client, in milliseconds since 1970. */
  readonly timeMs?: number | undefined
  readonly sentAtMs?: number | undefined
  readonly userId?: string | undefined
  readonly anonymousId?: string | undefined
  /** The id that `userId` takes the place of from now on: an alias, or the anonymous id at a login. */
  readonly previousId?: string | undefined
  readonly sessionId?: string | undefined
  readonly url?: string | undefined
  readonly title?: string | undefined
  readonly referrer?: string | undefined
  readonly campaign?: NativeEvent['campaign'] | undefined
  readonly userAgent?: string | undefined
  /** Read by a script in the page; those of the request's headers are in the context. */
  readonly clientHints?: ClientHints | undefined
  /** The visitor's, when the client tells another than its own; empty when the connection is not the visitor's. */
  readonly address?: string | undefined
  readonly language?: string | undefined
  readonly screen?: string | undefined
  readonly timezone?: string | undefined
  readonly country?: string | undefined
  readonly region?: string | undefined
  readonly city?: string | undefined
  readonly app?: NativeEvent['app'] | undefined
  /** Of a request that a server's log tells of. */
  readonly method?: string | undefined
  readonly status?: number | undefined
  readonly bytes?: number | undefined
  readonly durationMs?: number | undefined
  readonly revenue?: { readonly amount: number; readonly currency?: string | undefined } | undefined
  readonly environment?: 'production' | 'sandbox' | undefined
  readonly properties?: Readonly<Record<string, unknown>> | undefined
}

export interface ForeignContext extends BrowserHints {
  readonly source: string
  readonly environment: 'production' | 'sandbox'
  readonly receivedAtMs: number
  /** Of the connection. */
  readonly address: string | undefined
  readonly userAgent: string | undefined
  readonly visitors: Visitors
  /** Without it, no place is looked up. */
  readonly placeOf?: PlaceOf | undefined
}

const LIMITS = {
  id: 200,
  userId: 200,
  anonymousId: 200,
  sessionId: 200,
  url: 8192,
  title: 1000,
  referrer: 8192,
  userAgent: 2000,
  language: 50,
  screen: 50,
  timezone: 100,
  region: 200,
  city: 200,
  method: 20,
} as const
const MAX_NAME = 200

/** Undefined when there is nothing that could be an event: no name, or a time before the web. */
export function collectForeignEvent(foreign: ForeignEvent, context: ForeignContext): CollectedEvent | undefined {
  const { receivedAtMs, source, environment } = context
  const name = storable(String(foreign.name ?? '')).slice(0, MAX_NAME)
  if (name === '') return undefined
  const timeMs = plausibleTime(foreign.timeMs)
  const sentAtMs = plausibleTime(foreign.sentAtMs)
  const at = correctedTime({ timeMs, sentAtMs }, receivedAtMs)
  if (tooEarly(at) !== undefined) return undefined

  const event: Mutable<CollectedEvent> = { id: '', name, at }
  for (const field of TEXT_FIELDS) {
    const value = text(foreign[field], LIMITS[field])
    if (value !== undefined) event[field] = value
  }
  const messageId = text(foreign.id, LIMITS.id)
  if (messageId === undefined) event.id = newEventId(receivedAtMs)
  else Object.assign(event, { id: clientEventId({ source, environment }, messageId), idFrom: 'client', messageId })
  if (timeMs !== undefined) event.clientAt = timeMs
  if (sentAtMs !== undefined) event.sentAt = sentAtMs
  if (foreign.country !== undefined && /^[A-Za-z]{2}$/.test(foreign.country))
    event.country = foreign.country.toUpperCase()
  const campaign = shortTexts(foreign.campaign)
  if (campaign) event.campaign = campaign
  const app = shortTexts(foreign.app)
  if (app) event.app = app
  if (isCount(foreign.status, 999)) event.status = foreign.status
  if (isCount(foreign.bytes, Number.MAX_SAFE_INTEGER)) event.bytes = foreign.bytes
  if (isAmount(foreign.durationMs) && foreign.durationMs >= 0) event.durationMs = foreign.durationMs
  const revenue = moneyOf(foreign.revenue)
  if (revenue) event.revenue = revenue
  const properties = propertiesOf(foreign)
  if (properties) event.properties = properties
  if (event.userAgent === undefined && foreign.address === undefined && context.userAgent)
    event.userAgent = context.userAgent
  if (foreign.clientHints) event.clientHints = foreign.clientHints
  addBrowserHints(event, context)

  const { userId, anonymousId, userAgent } = event
  // Empty: the connection is a server's, and nobody is known by it.
  const address = (foreign.address ?? context.address) || undefined
  addPlace(event, address, context.placeOf)
  Object.assign(event, context.visitors.visitorOf({ userId, anonymousId, source, address, userAgent, atMs: at }))
  return event
}

const TEXT_FIELDS = [
  'userId',
  'anonymousId',
  'sessionId',
  'url',
  'title',
  'referrer',
  'userAgent',
  'language',
  'screen',
  'timezone',
  'region',
  'city',
  'method',
] as const

const UNSTORABLE = /[\0\ud800-\udfff]/u

function storable(value: string): string {
  return UNSTORABLE.test(value) ? value.toWellFormed().replaceAll('\0', '\ufffd') : value
}

function text(value: unknown, maxLength: number): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const cut = storable(String(value)).slice(0, maxLength)
  return cut === '' ? undefined : cut
}

function shortTexts<T extends object>(values: T | undefined): T | undefined {
  if (values === undefined) return undefined
  let kept: Record<string, string> | undefined
  for (const key in values) {
    const short = text(values[key], 200)
    if (short === undefined) continue
    kept ??= {}
    kept[key] = short
  }
  return kept as T | undefined
}

const isCount = (value: unknown, max: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max
const isAmount = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= 1e12

function moneyOf(revenue: ForeignEvent['revenue']): CollectedEvent['revenue'] {
  if (!revenue || !isAmount(revenue.amount)) return undefined
  const currency = revenue.currency?.toUpperCase() ?? ''
  return { amount: revenue.amount, ...(/^[A-Z]{3}$/.test(currency) && { currency }) }
}

const LATEST_MS = Date.UTC(2100, 0)
const plausibleTime = (ms: number | undefined) =>
  ms !== undefined && ms > 0 && ms < LATEST_MS ? Math.round(ms) : undefined

/** Properties that cannot be kept as they are are kept as text, so that nothing of them is lost. */
function propertiesOf({ properties, previousId }: ForeignEvent): CollectedEvent['properties'] {
  const all = { ...properties, ...(previousId !== undefined && { previous_id: previousId }) }
  if (Object.keys(all).length === 0) return undefined
  const checked = checkProperties(all)
  if ('properties' in checked) return checked.properties
  return { unreadable: storable(JSON.stringify(all)).slice(0, 32_768) }
}
