import { hash } from 'node:crypto'
import { type Channel, LEVELS } from '@almanac/core/links/channel.ts'
import { campaignOf } from '../../attribution/channel.ts'
import type { ForeignEvent } from '../events/foreign-event.ts'
import { jsonOf } from '../read/json-text.ts'
import { numberOf, recordOf, timeMsOf } from './loose-values.ts'
import type { Protocol, ProtocolRequest, Understood } from './protocol.ts'
import { refusal } from './sender-answer.ts'
import { senderCredential } from './sender-credential.ts'

/**
 * Server callbacks of adjust: each install, session or event calls an address in which placeholders were filled in. What
 * adjust does not know it leaves out, so every parameter may be missing, and people add parameters of their own. It tries
 * up to six times in a day, with the same address: so an id is made of all parameters.
 */
export const adjust: Protocol = {
  name: 'adjust',
  label: 'adjust callbacks',
  routes: [
    { methods: ['GET', 'POST'], path: '/adjust', understand },
    { methods: ['GET', 'POST'], path: '/adjust/:key', understand },
  ],
}

function understand(request: ProtocolRequest): Understood {
  const fields = fieldsOf(request)
  const keyInQuery = fields.get('key')
  fields.delete('key')
  const events = fields.size === 0 ? [] : [eventOf(fields)]
  return {
    deliveries: [{ credential: senderCredential(request) ?? keyInQuery, events }],
    answer: (outcome) => refusal(outcome) ?? { status: 200, headers: { 'content-type': 'text/plain' }, body: 'OK' },
  }
}

/** Networks post the same as a form. A placeholder that was never filled in says nothing. */
function fieldsOf({ query, body }: ProtocolRequest): Map<string, string> {
  const fields = new Map<string, string>()
  for (const [name, value] of [...query, ...new URLSearchParams(body.toString())]) {
    const isEmpty = value === '' || /^\{[\w|]+\}$/.test(value)
    if (name !== '' && !isEmpty) fields.set(name, value)
  }
  return fields
}

function eventOf(fields: ReadonlyMap<string, string>): ForeignEvent {
  const taken = new Set<string>()
  /** The first of these that is there. It goes into a field of ours, and so not into the properties. */
  const take = (...names: string[]) => {
    const name = names.find((one) => fields.has(one))
    if (name !== undefined) taken.add(name)
    return name === undefined ? undefined : fields.get(name)
  }
  const peek = (name: string) => fields.get(name)

  const kind = peek('activity_kind')
  const environment = peek('environment')?.toLowerCase()
  const attribution = attributionOf(fields)
  const event = {
    name: nameOf(fields, kind),
    id: idOf(fields),
    timeMs: timeOf(fields, kind),
    anonymousId: take('adid', 'gps_adid', 'idfa', 'idfv', 'android_id'),
    userAgent: take('user_agent'),
    // The connection is adjust's own.
    address: take('ip_address') ?? '',
    language: take('language'),
    timezone: peek('timezone'),
    country: take('country'),
    region: take('region'),
    city: take('city'),
    referrer: take('referrer'),
    campaign: campaignOf(attribution),
    app: { name: peek('app_name'), version: take('app_version'), platform: take('os_name') },
    durationMs: sessionMsOf(fields, kind),
    revenue: revenueOf(fields),
    environment: environment === 'sandbox' || environment === 'production' ? environment : undefined,
  } as const
  const rest = [...fields].filter(([name]) => !taken.has(name))
  return { ...event, properties: { ...customAttributes(fields), ...Object.fromEntries(rest), ...attribution } }
}

function idOf(fields: ReadonlyMap<string, string>): string {
  const pairs = [...fields].map(([name, value]) => `${name}=${value.replaceAll('&', '%26')}`)
  return hash('sha256', pairs.sort().join('&'))
}

function nameOf(fields: ReadonlyMap<string, string>, kind: string | undefined): string {
  const eventName = fields.get('event_name') ?? fields.get('event_token') ?? fields.get('event')
  if (kind !== undefined && kind !== 'event') return kind
  return eventName ?? kind ?? 'adjust_callback'
}

/** A click is later followed by callbacks that tell its time too, so only its own callback happened then. */
function timeOf(fields: ReadonlyMap<string, string>, kind: string | undefined): number | undefined {
  const names = kind === 'click' ? ['click_time', 'created_at'] : ['created_at', 'installed_at', 'click_time']
  for (const name of names) {
    const timeMs = timeMsOf(fields.get(name))
    if (timeMs !== undefined) return timeMs
  }
  return undefined
}

/** A tracker's name is `Network::Campaign::Adgroup::Creative`; the single placeholders, where they are given, go first. */
function attributionOf(fields: ReadonlyMap<string, string>): Partial<Channel> {
  const tracker = fields.get('tracker_name') ?? fields.get('link_name') ?? ''
  const [network, campaign, adgroup, ...creative] = tracker.split('::')
  const parts = [network, campaign, adgroup, creative.join('::')]
  const named = LEVELS.map((level, index) => [level, fields.get(`${level}_name`) ?? parts[index] ?? ''] as const)
  return Object.fromEntries(named.filter(([, value]) => value !== ''))
}

/** What the app said of its user arrives as parameters of their own, or all of it as JSON in one. */
function customAttributes(fields: ReadonlyMap<string, string>): Record<string, unknown> {
  const texts = ATTRIBUTES.map((name) => fields.get(name)).filter((text) => text !== undefined)
  return Object.fromEntries(texts.flatMap((text) => Object.entries(recordOf(jsonOf(text)))))
}

const ATTRIBUTES = [
  'partner_params',
  'partner_parameters',
  'publisher_parameters',
  'callback_params',
  'callback_parameters',
]

/** In seconds. A session is told of when it begins, so it is usually the length of the one before. */
function sessionMsOf(fields: ReadonlyMap<string, string>, kind: string | undefined): number | undefined {
  if (kind !== 'session') return undefined
  const seconds = numberOf(fields.get('time_spent') ?? fields.get('last_time_spent'))
  return seconds === undefined ? undefined : seconds * 1000
}

/** In units of the currency; where a callback has both, `revenue` may be in cents, so the other goes first. */
function revenueOf(fields: ReadonlyMap<string, string>): ForeignEvent['revenue'] {
  const amount = numberOf(fields.get('revenue_float') ?? fields.get('revenue'))
  return amount === undefined ? undefined : { amount, currency: fields.get('currency') }
}
