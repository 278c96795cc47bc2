import { isIP } from 'node:net'
import type { ForeignEvent } from '../events/foreign-event.ts'
import { isRecord, type JsonRecord, leftOf, numberOf, recordOf, textOf, timeMsOf } from './loose-values.ts'

/**
 * An event of Mixpanel's, its profile updates of people and of groups. In its data there is one name for everybody,
 * `distinct_id`: a user's id, or the device's with `$device:` before it.
 */

/** `reason` says why it is no event. */
export function mixpanelEvent(input: unknown): ForeignEvent | { readonly reason: string } {
  if (!isRecord(input)) return { reason: 'expected an event to be a JSON object' }
  const given = textOf(input.event)
  if (given === undefined) return { reason: 'expected an event to have a name in "event"' }
  const from = recordOf(input.properties)
  const who = identityOf(from)
  const [width, height] = [numberOf(from.$screen_width), numberOf(from.$screen_height)]
  const amount = numberOf(from.revenue) ?? numberOf(from.$revenue)
  return {
    name: NAMES.get(given) ?? given,
    id: insertId(given, from),
    timeMs: timeMsOf(from.time),
    ...who,
    ...becoming(given, from, who),
    sessionId: textOf(from.$session_id),
    url: textOf(from.$current_url),
    title: textOf(from.current_page_title),
    referrer: textOf(from.$referrer),
    campaign: {
      source: textOf(from.utm_source),
      medium: textOf(from.utm_medium),
      name: textOf(from.utm_campaign),
      term: textOf(from.utm_term),
      content: textOf(from.utm_content),
    },
    address: addressOf(from.ip) ?? addressOf(from.$ip),
    userAgent: textOf(from.$user_agent),
    screen: width && height ? `${width}x${height}` : undefined,
    timezone: textOf(from.$timezone),
    country: textOf(from.mp_country_code),
    region: textOf(from.$region),
    city: textOf(from.$city),
    app: appOf(from),
    durationMs: secondsInMs(from.$duration),
    revenue: amount === undefined ? undefined : { amount, currency: textOf(from.currency) },
    properties: leftOf(from, EVENT_FIELDS),
  }
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['$mp_web_page_view', 'page_view'],
  ['$identify', 'identify'],
  ['$create_alias', 'alias'],
  ['$merge', 'alias'],
])

const EVENT_FIELDS = new Set(
  `token api_key time distinct_id $device_id $user_id $session_id $current_url current_page_title $referrer
   $screen_width $screen_height ip $ip $user_agent $timezone mp_country_code $region $city $anon_distinct_id
   $identified_id`.split(/\s+/),
)

/** To Mixpanel, the same id with another time, person or name is another event. */
function insertId(name: string, from: JsonRecord): string | undefined {
  const id = textOf(from.$insert_id)
  return id && [id, textOf(from.time), textOf(from.distinct_id), name].join(' ')
}

type Identity = Pick<ForeignEvent, 'userId' | 'anonymousId'>

function identityOf(from: JsonRecord): Identity {
  const distinctId = textOf(from.distinct_id) ?? textOf(from.$distinct_id)
  const deviceId = textOf(from.$device_id)
  const isDevice = distinctId === undefined || distinctId.startsWith(DEVICE) || distinctId === deviceId
  return {
    userId: textOf(from.$user_id) ?? (isDevice ? undefined : distinctId),
    anonymousId: deviceId ?? (isDevice ? withoutPrefix(distinctId) : undefined),
  }
}

const DEVICE = '$device:'
const withoutPrefix = (id: string | undefined) => (id?.startsWith(DEVICE) ? id.slice(DEVICE.length) : id)

/** Whose place the user takes: at a login, the device's; at an alias, that of the id that was known so far. */
function becoming(name: string, from: JsonRecord, { anonymousId }: Identity): Partial<ForeignEvent> {
  if (name === '$identify') {
    const userId = textOf(from.$identified_id)
    const previousId = withoutPrefix(textOf(from.$anon_distinct_id) ?? textOf(from.$anon_id)) ?? anonymousId
    return { ...(userId !== undefined && { userId }), previousId }
  }
  if (name === '$create_alias') {
    const alias = textOf(from.alias)
    return { ...(alias !== undefined && { userId: alias }), previousId: withoutPrefix(textOf(from.distinct_id)) }
  }
  if (name !== '$merge' || !Array.isArray(from.$distinct_ids)) return {}
  const [previous, id] = from.$distinct_ids.map((one) => withoutPrefix(textOf(one)))
  return { userId: id, previousId: previous }
}

function appOf(from: JsonRecord): ForeignEvent['app'] {
  const version = textOf(from.$app_version_string) ?? textOf(from.$app_version)
  const name = textOf(from.$app_name)
  if (version === undefined && name === undefined) return undefined
  return { name, version, platform: textOf(from.$os) }
}

/** In place of an address, a zero means that there is none to tell. */
function addressOf(value: unknown): string | undefined {
  const text = textOf(value)
  return text !== undefined && isIP(text) !== 0 ? text : undefined
}

function secondsInMs(value: unknown): number | undefined {
  const seconds = numberOf(value)
  return seconds === undefined ? undefined : seconds * 1000
}

/** A change to what is known of a person (`identify`) or of a group (`group`); its operations stay as they are. */
export function mixpanelProfile(input: unknown): ForeignEvent | { readonly reason: string } {
  if (!isRecord(input)) return { reason: 'expected a profile update to be a JSON object' }
  const groupKey = textOf(input.$group_key)
  const distinctId = textOf(input.$distinct_id)
  if (groupKey === undefined && distinctId === undefined) return { reason: 'expected a $distinct_id or a $group_key' }
  const properties = leftOf(input, PROFILE_FIELDS)
  const when = { timeMs: timeMsOf(input.$time), address: addressOf(input.$ip) }
  if (groupKey !== undefined) return { name: 'group', ...when, properties }
  return {
    name: 'identify',
    ...when,
    ...identityOf({ ...input, distinct_id: distinctId }),
    properties,
    revenue: chargeOf(input),
  }
}

const PROFILE_FIELDS = new Set(['$token', '$distinct_id', '$device_id', '$user_id', '$time', '$ip'])

/** `people.track_charge`, which is how Mixpanel's clients report what a person paid. */
function chargeOf(input: JsonRecord): ForeignEvent['revenue'] {
  const amount = numberOf(recordOf(recordOf(input.$append).$transactions).$amount)
  return amount === undefined ? undefined : { amount }
}
