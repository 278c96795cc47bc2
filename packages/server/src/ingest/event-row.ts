import { EVENT_COLUMNS, type EventColumn } from '../clickhouse/events-table.ts'
import { clickhouseTime } from '../clickhouse/time-text.ts'
import type { CollectedEvent, FrameHeader } from '../collect/collected-event.ts'
import { campaignOf, type PageAddress, pageAddress, referrerHost } from './enrich/page-address.ts'
import { type UserAgentFacts, userAgentFacts } from './enrich/user-agent.ts'

/** Where an event stands in the log: with it every row leads back to its raw event. */
export interface LogPlace {
  readonly logId: string
  /** Of the frame. */
  readonly position: number
  /** Of the event in the frame. */
  readonly index: number
}

const NO_UUID = '00000000-0000-0000-0000-000000000000'
const UNKNOWN_TIME = '1970-01-01 00:00:00.000'

/** What the columns' values are taken from. */
interface Context {
  readonly header: FrameHeader
  readonly event: CollectedEvent
  readonly place: LogPlace
  readonly page: PageAddress
  readonly agent: UserAgentFacts
  readonly campaign: NonNullable<CollectedEvent['campaign']>
  readonly botReason: string
}

/** The event as a line of ClickHouse's JSONCompactEachRow, its values in the order of the table's columns. */
export function eventRow(header: FrameHeader, event: CollectedEvent, place: LogPlace): string {
  const url = event.url ?? ''
  const agent = userAgentFacts(event.userAgent ?? '')
  const context: Context = {
    header,
    event,
    place,
    page: pageAddress(url),
    agent,
    campaign: event.campaign ?? campaignOf(url),
    botReason: event.botHint ?? agent.botReason,
  }
  const values = new Array<unknown>(GETTERS.length)
  for (let i = 0; i < GETTERS.length; i++) values[i] = (GETTERS[i] as Getter)(context)
  return JSON.stringify(values)
}

type Getter = (context: Context) => unknown

const VALUES: Record<EventColumn, Getter> = {
  source: ({ header }) => header.source,
  environment: ({ header }) => header.environment,
  name: ({ event }) => event.name,
  occurred_at: ({ event }) => timeText(event.at),
  received_at: ({ header }) => timeText(header.receivedAt),
  client_at: ({ event }) => timeText(event.clientAt ?? 0),
  sent_at: ({ event }) => timeText(event.sentAt ?? 0),
  event_id: ({ event }) => event.id,
  event_id_from: ({ event }) => event.idFrom ?? 'server',
  message_id: ({ event }) => event.messageId ?? '',
  visitor_id: ({ event }) => event.visitor ?? '0',
  visitor_kind: ({ event }) => event.visitorKind ?? '',
  user_id: ({ event }) => event.userId ?? '',
  anonymous_id: ({ event }) => event.anonymousId ?? '',
  session_id: ({ event }) => event.sessionId ?? '',
  url: ({ event }) => event.url ?? '',
  host: ({ page }) => page.host,
  path: ({ page }) => page.path,
  title: ({ event }) => event.title ?? '',
  referrer: ({ event }) => event.referrer ?? '',
  referrer_host: ({ event }) => referrerHost(event.referrer ?? ''),
  campaign_source: ({ campaign }) => campaign.source ?? '',
  campaign_medium: ({ campaign }) => campaign.medium ?? '',
  campaign_name: ({ campaign }) => campaign.name ?? '',
  campaign_term: ({ campaign }) => campaign.term ?? '',
  campaign_content: ({ campaign }) => campaign.content ?? '',
  user_agent: ({ event }) => event.userAgent ?? '',
  browser: ({ agent }) => agent.browser,
  browser_version: ({ agent }) => agent.browserVersion,
  os: ({ agent }) => agent.os,
  os_version: ({ agent }) => agent.osVersion,
  device_type: ({ agent }) => agent.deviceType,
  device_model: ({ agent }) => agent.deviceModel,
  is_bot: ({ botReason }) => botReason !== '',
  bot_reason: ({ botReason }) => botReason,
  language: ({ event }) => event.language ?? '',
  screen: ({ event }) => event.screen ?? '',
  timezone: ({ event }) => event.timezone ?? '',
  country: ({ event }) => event.country ?? '',
  region: ({ event }) => event.region ?? '',
  city: ({ event }) => event.city ?? '',
  app_name: ({ event }) => event.app?.name ?? '',
  app_version: ({ event }) => event.app?.version ?? '',
  app_platform: ({ event }) => event.app?.platform ?? '',
  method: ({ event }) => event.method ?? '',
  status: ({ event }) => event.status ?? 0,
  bytes: ({ event }) => event.bytes ?? 0,
  duration_ms: ({ event }) => event.durationMs ?? 0,
  revenue: ({ event }) => event.revenue?.amount ?? 0,
  currency: ({ event }) => event.revenue?.currency ?? '',
  properties: ({ event }) => event.properties ?? {},
  import_id: ({ header }) => header.importId ?? NO_UUID,
  log_id: ({ place }) => place.logId,
  log_position: ({ place }) => place.position,
  log_index: ({ place }) => place.index,
}

const GETTERS = EVENT_COLUMNS.map(({ name }) => VALUES[name])

const timeText = (milliseconds: number) => (milliseconds === 0 ? UNKNOWN_TIME : clickhouseTime(milliseconds))
