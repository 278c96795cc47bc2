import type { ForeignEvent } from '../events/foreign-event.ts'
import { isRecord, type JsonRecord, leftOf, numberOf, recordOf, textOf, timeMsOf } from './loose-values.ts'

/**
 * An event of PostHog's. What its clients know of themselves comes as properties that begin with a dollar sign. Operations
 * on what is known of a person (`$set`, `$set_once`, `$unset`) stay in the properties as they are, whatever event they
 * come with.
 */

/** `reason` says why it is no event. */
export function posthogEvent(input: unknown, sentAtMs: number | undefined): ForeignEvent | { readonly reason: string } {
  if (!isRecord(input)) return { reason: 'expected an event to be a JSON object' }
  const given = textOf(input.event)
  if (given === undefined) return { reason: 'event submitted with an empty event name' }
  const from = { ...personOf(input), ...recordOf(input.properties) }
  const distinctId = textOf(input.distinct_id) ?? textOf(input.$distinct_id) ?? textOf(from.distinct_id)
  if (distinctId === undefined) return { reason: 'event submitted without a distinct_id' }
  const [width, height] = [numberOf(from.$screen_width), numberOf(from.$screen_height)]
  const amount = numberOf(from.revenue) ?? numberOf(from.$revenue)
  const who = identityOf(given, distinctId, from)
  return {
    name: NAMES.get(given) ?? given,
    id: textOf(input.uuid) ?? textOf(from.$insert_id),
    ...clocksOf(input, from, sentAtMs),
    ...who,
    previousId: previousId(given, from, who),
    sessionId: textOf(from.$session_id),
    url: textOf(from.$current_url),
    title: textOf(from.title) ?? (given === '$screen' ? textOf(from.$screen_name) : undefined),
    referrer: referrerOf(from.$referrer),
    campaign: {
      source: textOf(from.utm_source),
      medium: textOf(from.utm_medium),
      name: textOf(from.utm_campaign),
      term: textOf(from.utm_term),
      content: textOf(from.utm_content),
    },
    address: textOf(from.$ip),
    userAgent: textOf(from.$raw_user_agent) ?? textOf(from.$user_agent),
    language: textOf(from.$browser_language) ?? textOf(from.$locale),
    timezone: textOf(from.$timezone),
    screen: width && height ? `${width}x${height}` : undefined,
    app: appOf(from),
    revenue: amount === undefined ? undefined : { amount, currency: textOf(from.currency) },
    properties: leftOf(from, EVENT_FIELDS),
  }
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['$pageview', 'page_view'],
  ['$screen', 'screen_view'],
  ['$identify', 'identify'],
  ['$set', 'identify'],
  ['$create_alias', 'alias'],
  ['$merge_dangerously', 'alias'],
  ['$groupidentify', 'group'],
])

/** What became a field. Operations on a person and what we do not know stay. */
const EVENT_FIELDS = new Set(
  `token api_key distinct_id $device_id $user_id $anon_distinct_id $session_id $current_url title $referrer $ip
   $raw_user_agent $user_agent $browser_language $timezone $screen_width $screen_height $insert_id $time $sent_at
   $is_identified`.split(/\s+/),
)

/** A client may put them beside the properties. */
function personOf({ $set, $set_once }: JsonRecord): JsonRecord {
  return { ...(isRecord($set) && { $set }), ...(isRecord($set_once) && { $set_once }) }
}

function clocksOf(input: JsonRecord, from: JsonRecord, sentAtMs: number | undefined): Partial<ForeignEvent> {
  const offsetMs = numberOf(input.offset)
  const timeMs = timeMsOf(input.timestamp) ?? timeMsOf(from.$time)
  // Older browser libraries tell how long before the sending it was, and not when.
  if (timeMs === undefined && offsetMs !== undefined && sentAtMs !== undefined)
    return { timeMs: sentAtMs - offsetMs, sentAtMs }
  return { timeMs, sentAtMs }
}

type Identity = Pick<ForeignEvent, 'userId' | 'anonymousId'>

/** One name for everybody: until somebody is identified it is the device's, or made up for the one event. */
function identityOf(event: string, distinctId: string, from: JsonRecord): Identity {
  const deviceId = textOf(from.$device_id)
  if (distinctId === COOKIELESS || (event === '$groupidentify' && distinctId.startsWith('$')))
    return { userId: undefined, anonymousId: deviceId }
  const userId = textOf(from.$user_id)
  const isAnonymous =
    userId === undefined &&
    (distinctId === deviceId || from.$is_identified === false || from.$process_person_profile === false)
  if (isAnonymous) return { userId: undefined, anonymousId: deviceId ?? distinctId }
  return { userId: userId ?? distinctId, anonymousId: deviceId ?? textOf(from.$anon_distinct_id) }
}

const COOKIELESS = '$posthog_cookieless'

/** At an alias, `alias` is the name that is given up. */
function previousId(event: string, from: JsonRecord, { userId, anonymousId }: Identity): string | undefined {
  if (event === '$create_alias' || event === '$merge_dangerously') return textOf(from.alias)
  if (event !== '$identify' || userId === undefined) return undefined
  const previous = textOf(from.$anon_distinct_id) ?? anonymousId
  return previous === userId ? undefined : previous
}

function referrerOf(value: unknown): string | undefined {
  const referrer = textOf(value)
  return referrer === '$direct' ? undefined : referrer
}

function appOf(from: JsonRecord): ForeignEvent['app'] {
  const [name, version] = [textOf(from.$app_name), textOf(from.$app_version)]
  return name === undefined && version === undefined
    ? undefined
    : { name, version, platform: textOf(from.$os_name) ?? textOf(from.$os) }
}
