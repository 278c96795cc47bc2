import type { ForeignEvent } from '../events/foreign-event.ts'
import { preferredLanguage } from '../hints/browser-hints.ts'
import { jsonOf } from '../read/json-text.ts'
import { MAX_ITEMS } from './item-limit.ts'
import { isRecord, type JsonRecord, numberOf, recordOf, textOf } from './loose-values.ts'
import { rawWithoutPrivate } from './private-fields.ts'
import type { Delivery, Outcome, Protocol, ProtocolAnswer, ProtocolRequest, Understood } from './protocol.ts'
import { linkEvent } from './tracker-links.ts'

/**
 * Our own browser script, `packages/tracker`. It is small because it sends what it has and leaves the meaning to us:
 *
 *     {"s": sent at, "e": [{"n": name, "t": time, "i": random number, "u": page, "r": referrer, "h": title, "w": screen,
 *      "d": duration in ms, "o": what the call said, …the script tag's data attributes}]}
 *
 * Of the attributes, `key` or `site` says whose event it is, `user` and `environment` are fields of ours, and `props` and all
 * that begin with `prop` are properties.
 */
export const tracker: Protocol = {
  name: 'tracker',
  label: 'Almanac tracker',
  routes: [{ methods: ['POST'], path: '/e', isMine, understand }],
}

/** PostHog's old address is the same. */
function isMine({ body }: ProtocolRequest): boolean {
  return /^\s*\{\s*"s"\s*:\s*\d+\s*,\s*"e"\s*:/.test(body.toString('latin1', 0, 100))
}

function understand({ body, headers }: ProtocolRequest): Understood {
  const parsed = jsonOf(body)
  if (!isRecord(parsed) || !Array.isArray(parsed.e)) {
    return { deliveries: [], answer: () => refusal(400, 'Expected {"s": …, "e": [events]} as JSON') }
  }
  if (parsed.e.length > MAX_ITEMS) {
    return { deliveries: [], answer: () => refusal(413, `A request takes at most ${MAX_ITEMS} events`) }
  }
  const sentAtMs = numberOf(parsed.s)
  const language = preferredLanguage(headers)
  const deliveries = new Map<string | undefined, DraftDelivery>()
  for (const item of parsed.e) {
    const credential = credentialOf(recordOf(item))
    const delivery = deliveries.get(credential) ?? { credential, events: [], rejected: [] }
    deliveries.set(credential, delivery)
    if (!isRecord(item) || textOf(item.n) === undefined) {
      delivery.rejected.push({ reason: 'expected an object with the name of an event as n', raw: rawWithoutKey(item) })
      continue
    }
    const event = eventOf(item)
    if (event) delivery.events.push({ ...event, sentAtMs, language })
  }
  return { deliveries: [...deliveries.values()], answer }
}

type DraftDelivery = Delivery & {
  readonly events: ForeignEvent[]
  readonly rejected: { readonly reason: string; readonly raw: string }[]
}

const rawWithoutKey = (item: unknown) => rawWithoutPrivate(isRecord(item) ? { ...item, key: undefined } : item)

const credentialOf = ({ key, site }: JsonRecord) => textOf(key) ?? textOf(site)

/** Undefined for a click on a link that leads neither away nor to a file. */
function eventOf(item: JsonRecord): ForeignEvent | undefined {
  const { t, i, u, r, h, w, d, n } = item
  const timeMs = numberOf(t)
  const random = numberOf(i)
  const common: ForeignEvent = {
    name: textOf(n) ?? '',
    id: timeMs !== undefined && random !== undefined ? `${timeMs}-${random}` : undefined,
    timeMs,
    url: textOf(u),
    referrer: textOf(r),
    title: textOf(h),
    screen: textOf(w),
    userId: textOf(item.user),
    environment: item.environment === 'sandbox' ? 'sandbox' : undefined,
  }
  const options = recordOf(item.o)
  const ofPage = pageProperties(item)
  if (n === 'link') return linkEvent(common, options, ofPage)
  if (n === 'engagement') {
    const scroll = Math.min(100, Math.round(100 * (numberOf(options.scroll) ?? 0)))
    return { ...common, durationMs: Math.round(numberOf(d) ?? 0), properties: { ...ofPage, scroll } }
  }
  // A call may give the properties by themselves, or beside the revenue.
  const { props, revenue, ...others } = options
  const properties = { ...ofPage, ...others, ...recordOf(props) }
  return { ...common, revenue: revenueOf(revenue), properties: nonEmpty(properties) }
}

/** `data-prop-page-type="article"` arrives as `propPageType` and is the property `page_type`. */
function pageProperties(item: JsonRecord): Record<string, unknown> {
  const attributes = Object.entries(item).flatMap(([name, value]) => {
    const words = /^prop([A-Z].*)$/.exec(name)?.[1]
    if (words === undefined) return []
    const property = words.replaceAll(/[A-Z]/g, (letter, at: number) => `${at > 0 ? '_' : ''}${letter.toLowerCase()}`)
    return [[property, value] as const]
  })
  return { ...Object.fromEntries(attributes), ...recordOf(item.props) }
}

function revenueOf(value: unknown): ForeignEvent['revenue'] {
  const { amount, currency } = recordOf(value)
  const number = numberOf(amount)
  return number === undefined ? undefined : { amount: number, currency: textOf(currency) }
}

function nonEmpty(properties: Record<string, unknown>): Record<string, unknown> | undefined {
  return Object.keys(properties).length > 0 ? properties : undefined
}

function answer({ refused }: Outcome): ProtocolAnswer {
  if (refused === 'no_credential') return refusal(401, 'The script tag needs data-key with an ingest key')
  if (refused === 'unknown_credential') return refusal(401, 'There is no such ingest key or site')
  return { status: 202 }
}

/** For whoever looks into the browser's console. */
function refusal(status: number, message: string): ProtocolAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: message }
}
