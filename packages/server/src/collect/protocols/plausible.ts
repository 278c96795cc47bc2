import type { ForeignEvent } from '../events/foreign-event.ts'
import { jsonOf } from '../read/json-text.ts'
import { json } from './answers.ts'
import { isRecord, type JsonRecord, leftOf, numberOf, recordOf, textOf } from './loose-values.ts'
import type { Protocol, ProtocolRequest, Understood } from './protocol.ts'

/**
 * Plausible's events API, as its old and its new tracker and its server-side users speak it: JSON of any content type, with
 * names of one letter or whole words. The answer is 202 whatever came of it; a header tells when nothing was kept.
 */
export const plausible: Protocol = {
  name: 'plausible',
  label: 'Plausible',
  routes: [{ methods: ['POST'], path: '/api/event', understand }],
}

function understand({ body }: ProtocolRequest): Understood {
  const parsed = jsonOf(body)
  const sent = withLongNames(recordOf(parsed))
  const problems = problemsOf(sent)
  const domains = (textOf(sent.domain) ?? '').split(',').map((domain) => domain.trim())
  const known = domains.filter((domain) => domain !== '')
  const isComplete = Object.keys(problems).length === 0
  return {
    deliveries: known.map((credential) =>
      isComplete
        ? { credential, events: [eventOf(sent)] }
        : { credential, events: [], rejected: [{ reason: REASON, raw: body.toString() }] },
    ),
    answer: ({ accepted }) => {
      if (!isComplete) return json(400, { errors: problems })
      return { status: 202, headers: { ...TEXT, ...(accepted === 0 && DROPPED) }, body: 'ok' }
    },
  }
}

const REASON = 'expected name, url and domain'
const TEXT = { 'content-type': 'text/plain; charset=utf-8' }
const DROPPED = { 'x-plausible-dropped': '1' }

const LONG_NAMES: Readonly<Record<string, string>> = {
  n: 'name',
  u: 'url',
  d: 'domain',
  r: 'referrer',
  p: 'props',
  m: 'props',
  meta: 'props',
  $: 'revenue',
  i: 'interactive',
  h: 'hash_mode',
  w: 'screen_width',
  v: 'script_version',
  sd: 'scroll_depth',
  e: 'engagement_time',
}

function withLongNames(fields: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [longName(name), value]))
}

const longName = (name: string) => (Object.hasOwn(LONG_NAMES, name) ? (LONG_NAMES[name] as string) : name)

function problemsOf({ name, url, domain }: JsonRecord): Record<string, string[]> {
  const isMissing = (value: unknown) => textOf(value) === undefined
  return {
    ...(isMissing(name) && { event_name: ["can't be blank"] }),
    ...(isMissing(url) && { url: ['is required'] }),
    ...(isMissing(domain) && { domain: ["can't be blank"] }),
  }
}

const READ: ReadonlySet<string> = new Set(['name', 'url', 'domain', 'referrer', 'props', 'engagement_time'])
const READ_WITH_REVENUE: ReadonlySet<string> = new Set([...READ, 'revenue'])

function eventOf(sent: JsonRecord): ForeignEvent {
  const name = textOf(sent.name) ?? ''
  const revenue = revenueOf(unpacked(sent.revenue))
  return {
    name: name === 'pageview' ? 'page_view' : name,
    url: textOf(sent.url),
    referrer: textOf(sent.referrer),
    durationMs: numberOf(sent.engagement_time),
    revenue,
    properties: { ...leftOf(sent, revenue ? READ_WITH_REVENUE : READ), ...recordOf(unpacked(sent.props)) },
  }
}

/** The old tracker packs JSON into the JSON. */
function unpacked(value: unknown): unknown {
  return typeof value === 'string' ? jsonOf(value) : value
}

function revenueOf(revenue: unknown): ForeignEvent['revenue'] {
  const amount = isRecord(revenue) ? numberOf(revenue.amount) : undefined
  return amount === undefined ? undefined : { amount, currency: textOf(recordOf(revenue).currency) }
}
