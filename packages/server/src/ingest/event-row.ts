import { EVENT_COLUMNS, type EventColumn } from '../clickhouse/events-table.ts'
import { clickhouseTime } from '../clickhouse/time-text.ts'
import type { CollectedEvent, FrameHeader } from '../collect/collected-event.ts'
import { campaignOf, pageAddress, referrerHost } from './enrich/page-address.ts'
import { userAgentFacts } from './enrich/user-agent.ts'

/** Where an event stands in the log: with it every row leads back to its raw event. */
export interface LogPlace {
  readonly logId: string
  /** Of the frame. */
  readonly position: number
  /** Of the event in the frame. */
  readonly index: number
}

const NO_UUID = '00000000-0000-0000-0000-000000000000'
const EVENT_COLUMN_NAMES = EVENT_COLUMNS.map(({ name }) => name)

/** The event as a line of ClickHouse's JSONCompactEachRow, its values in the order of the table's columns. */
export function eventRow(header: FrameHeader, event: CollectedEvent, place: LogPlace): string {
  const values = eventValues(header, event, place)
  return JSON.stringify(EVENT_COLUMN_NAMES.map((name) => values[name]))
}

function eventValues(header: FrameHeader, event: CollectedEvent, place: LogPlace): Record<EventColumn, unknown> {
  const url = event.url ?? ''
  const referrer = event.referrer ?? ''
  const page = pageAddress(url)
  const agent = userAgentFacts(event.userAgent ?? '')
  const campaign = event.campaign ?? campaignOf(url)
  const botReason = event.botHint ?? agent.botReason
  return {
    source: header.source,
    environment: header.environment,
    name: event.name,
    occurred_at: timeText(event.at),
    received_at: timeText(header.receivedAt),
    client_at: timeText(event.clientAt ?? 0),
    sent_at: timeText(event.sentAt ?? 0),
    event_id: event.id,
    event_id_from: event.idFrom ?? 'server',
    message_id: event.messageId ?? '',
    visitor_id: event.visitor ?? '0',
    visitor_kind: event.visitorKind ?? '',
    user_id: event.userId ?? '',
    anonymous_id: event.anonymousId ?? '',
    session_id: event.sessionId ?? '',
    url,
    host: page.host,
    path: page.path,
    title: event.title ?? '',
    referrer,
    referrer_host: referrerHost(referrer),
    campaign_source: campaign.source ?? '',
    campaign_medium: campaign.medium ?? '',
    campaign_name: campaign.name ?? '',
    campaign_term: campaign.term ?? '',
    campaign_content: campaign.content ?? '',
    user_agent: event.userAgent ?? '',
    browser: agent.browser,
    browser_version: agent.browserVersion,
    os: agent.os,
    os_version: agent.osVersion,
    device_type: agent.deviceType,
    device_model: agent.deviceModel,
    is_bot: botReason !== '',
    bot_reason: botReason,
    language: event.language ?? '',
    screen: event.screen ?? '',
    timezone: event.timezone ?? '',
    country: event.country ?? '',
    region: event.region ?? '',
    city: event.city ?? '',
    app_name: event.app?.name ?? '',
    app_version: event.app?.version ?? '',
    app_platform: event.app?.platform ?? '',
    method: event.method ?? '',
    status: event.status ?? 0,
    bytes: event.bytes ?? 0,
    duration_ms: event.durationMs ?? 0,
    revenue: event.revenue?.amount ?? 0,
    currency: event.revenue?.currency ?? '',
    properties: event.properties ?? {},
    import_id: header.importId ?? NO_UUID,
    log_id: place.logId,
    log_position: place.position,
    log_index: place.index,
  }
}

const UNKNOWN_TIME = '1970-01-01 00:00:00.000'
const timeText = (milliseconds: number) => (milliseconds === 0 ? UNKNOWN_TIME : clickhouseTime(milliseconds))
