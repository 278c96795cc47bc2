import { hash } from 'node:crypto'
import type { ForeignEvent } from '../../events/foreign-event.ts'
import { jsonOf } from '../../read/json-text.ts'
import type { ForProject } from '../credential.ts'
import { isRecord, type JsonRecord, leftOf, numberOf, rawOf, recordOf, textOf, timeMsOf } from '../loose-values.ts'
import type { ProtocolRequest } from '../protocol.ts'
import { connectionAddress } from '../sender.ts'

type Item = Pick<ForProject, 'event' | 'rejected'>

/**
 * A request of Countly tells of several things at once: a session that begins or goes on, events, what is known of the
 * user, a crash. Each becomes an event of its own, with what the request says of the device.
 */
export function countlyEvents(parameters: JsonRecord, request: ProtocolRequest): Item[] {
  const common = commonOf(parameters, request)
  const told = [...sessionEvents(parameters), ...personEvents(parameters), ...reports(parameters)]
  const events = unpacked(parameters.events)
  const listed = Array.isArray(events) ? events.map((event) => listedEvent(event, common)) : unreadable(events)
  return [...told.map((event): Item => ({ event: { ...common, ...event } })), ...listed].map((item, index) =>
    item.event ? { event: { ...item.event, id: item.event.id ?? repetitionId(parameters, item.event, index) } } : item,
  )
}

const unpacked = (value: unknown) => (typeof value === 'string' ? jsonOf(value) : value)

function unreadable(events: unknown): Item[] {
  return events === undefined || events === null || events === ''
    ? []
    : [{ rejected: { reason: 'expected events as a list', raw: rawOf(events) } }]
}

/** Ids of devices that the developer gave are of people: Countly's clients say so with `t=0`. */
function commonOf(parameters: JsonRecord, request: ProtocolRequest): Omit<ForeignEvent, 'name'> {
  const metrics = recordOf(unpacked(parameters.metrics))
  // Countly's web client writes that when it has none.
  const device = parameters.device_id === 'undefined' ? undefined : textOf(parameters.device_id)
  return {
    timeMs: timeMsOf(parameters.timestamp),
    ...(textOf(parameters.t) === '0' ? { userId: device } : { anonymousId: device }),
    address: textOf(parameters.ip_address) ?? connectionAddress(request),
    userAgent: textOf(metrics._ua),
    language: textOf(metrics._locale),
    screen: textOf(metrics._resolution),
    country: textOf(parameters.country_code),
    city: textOf(parameters.city),
    app: {
      version: textOf(metrics._app_version) ?? textOf(parameters.av),
      platform: textOf(metrics._os),
    },
  }
}

function sessionEvents(parameters: JsonRecord): ForeignEvent[] {
  const durationMs = secondsOf(parameters.session_duration)
  const isSet = (name: string) => ['1', 'true'].includes(String(parameters[name] ?? ''))
  const events: ForeignEvent[] = []
  if (isSet('begin_session')) {
    const metrics = leftOf(recordOf(unpacked(parameters.metrics)), METRICS_READ)
    events.push({ name: 'begin_session', properties: { ...metrics, ...contextOf(parameters) } })
  }
  if (isSet('end_session')) events.push({ name: 'end_session', durationMs })
  else if (durationMs !== undefined) events.push({ name: 'session_duration', durationMs })
  return events
}

const METRICS_READ: ReadonlySet<string> = new Set(['_ua', '_locale', '_resolution', '_app_version', '_os'])
const CONTEXT = ['location', 'hour', 'dow', 'tz', 'sdk_name', 'sdk_version']

const contextOf = (parameters: JsonRecord) =>
  Object.fromEntries(CONTEXT.flatMap((name) => (textOf(parameters[name]) ? [[name, parameters[name]]] : [])))

function personEvents(parameters: JsonRecord): ForeignEvent[] {
  const previousId = textOf(parameters.old_device_id)
  const details = unpacked(parameters.user_details)
  const campaign = textOf(parameters.campaign_id)
  return [
    ...(previousId === undefined ? [] : [{ name: 'alias', previousId }]),
    ...(isRecord(details) ? [{ name: 'identify', properties: userDetails(details) }] : []),
    ...(campaign === undefined ? [] : [attribution(campaign, parameters)]),
  ]
}

function attribution(campaign: string, parameters: JsonRecord): ForeignEvent {
  const user = textOf(parameters.campaign_user)
  return { name: 'attribution', campaign: { name: campaign }, properties: user ? { campaign_user: user } : undefined }
}

function userDetails({ custom, ...details }: JsonRecord): Record<string, unknown> {
  return { ...leftOf(details, new Set()), ...recordOf(custom) }
}

/** Told as JSON, each under its own name. `hc` is not among them: the client's own health is nothing that anybody did. */
const REPORTS = ['crash', 'apm', 'consent', 'attribution_data', 'aid']

function reports(parameters: JsonRecord): ForeignEvent[] {
  return REPORTS.flatMap((name) => {
    const sent = parameters[name]
    if (sent === undefined || sent === '') return []
    const report = unpacked(sent)
    return [{ name, properties: isRecord(report) ? report : { [name]: sent } }]
  })
}

function listedEvent(sent: unknown, common: Omit<ForeignEvent, 'name'>): Item {
  const event = recordOf(sent)
  const key = textOf(event.key)
  if (key === undefined) return { rejected: { reason: 'expected an event with a key', raw: rawOf(sent) } }
  const segmentation = recordOf(event.segmentation)
  return {
    event: {
      ...common,
      ...(key === '[CLY]_view' && textOf(segmentation.visit) === '1' ? viewOf(segmentation) : { name: key }),
      id: eventId(event),
      timeMs: timeMsOf(event.timestamp) ?? common.timeMs,
      durationMs: secondsOf(event.dur),
      properties: { ...measuresOf(event), ...segmentation },
    },
  }
}

/** A page of a website, with its address, or a screen of an app. The view's end comes as `[CLY]_view`, without `visit`. */
function viewOf({ name, view, domain, referrer }: JsonRecord): ForeignEvent {
  const path = textOf(view)
  const host = textOf(domain)
  if (path === undefined && host === undefined) return { name: 'screen_view', title: textOf(name) }
  const url = host !== undefined && (path ?? '/').startsWith('/') ? `https://${host}${path ?? ''}` : path
  return { name: 'page_view', title: textOf(name), url, referrer: textOf(referrer) }
}

/** The end of a view, with its duration, has the id of its beginning. */
function eventId({ id, timestamp, dur }: JsonRecord): string | undefined {
  return textOf(id) && [id, timestamp, dur].map(textOf).join(' ').trimEnd()
}

const EVENT_READ: ReadonlySet<string> = new Set(['key', 'id', 'timestamp', 'dur', 'segmentation', 'count'])

/** A client may count for a while before it sends: then one event stands for several, which it says. */
function measuresOf(event: JsonRecord): Record<string, unknown> {
  const count = numberOf(event.count)
  return { ...leftOf(event, EVENT_READ), ...(count !== undefined && count !== 1 && { count }) }
}

function secondsOf(value: unknown): number | undefined {
  const seconds = numberOf(value)
  return seconds === undefined ? undefined : seconds * 1000
}

/**
 * Countly's clients take care that no two requests of a device have the same millisecond, and send a request again as it
 * was: so the millisecond is as good as an id. Seconds are not.
 */
function repetitionId(
  { device_id: device, timestamp }: JsonRecord,
  event: ForeignEvent,
  index: number,
): string | undefined {
  const ms = textOf(timestamp)
  if (ms === undefined || !/^\d{13}$/.test(ms)) return undefined
  return hash('sha256', JSON.stringify([device, ms, index, event]))
}
