import { EVENT_COLUMNS, type EventColumn } from '../../clickhouse/events-table.ts'
import { clickhouseTime } from '../../clickhouse/time-text.ts'
import type { CollectedEvent, FrameHeader } from '../../collect/events/collected-event.ts'
import { type ArrivalFacts, arrivalFacts } from '../enrich/arrival.ts'
import { type BotVerdict, botVerdict } from '../enrich/bot-verdict.ts'
import { type PageAddress, pageAddress } from '../enrich/page-address.ts'
import { languageTag, screenSize } from '../enrich/reported-values.ts'
import { type UserAgentFacts, userAgentFacts } from '../enrich/user-agent.ts'

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
  readonly arrival: ArrivalFacts
  readonly bot: BotVerdict
}

/**
 * Makes the rows of one batch, as lines of ClickHouse's JSONCompactEachRow with only the columns that some event of the batch
 * has a value for: most events fill a third of them. A column gets its place when it is first needed, so rows from before are
 * shorter, and ClickHouse takes what they lack for the default. A row is text from the start, and what it was made of is
 * gone at once: kept for a whole batch, it would be copied again and again by the garbage collector.
 */
export class EventRows {
  /** By place: indexes into the table's columns. */
  readonly #columns: number[]
  readonly #placeOf = new Int16Array(EVENT_COLUMNS.length).fill(-1)
  readonly #isUsed = new Uint8Array(EVENT_COLUMNS.length)

  /** The batch before has an idea of what will be needed. */
  constructor(before?: EventRows) {
    this.#columns = before ? before.#columns.filter((column) => before.#isUsed[column]) : []
    for (const [place, column] of this.#columns.entries()) this.#placeOf[column] = place
  }

  /** Of the rows so far, in their order. */
  get columns(): readonly EventColumn[] {
    return this.#columns.map((column) => (EVENT_COLUMNS[column] as (typeof EVENT_COLUMNS)[number]).name)
  }

  row(header: FrameHeader, event: CollectedEvent, place: LogPlace): string {
    const context = contextOf(header, event, place)
    let length = 0
    for (let column = 0; column < GETTERS.length; column++) {
      const value = (GETTERS[column] as Getter)(context)
      VALUES_OF_ROW[column] = value
      if (value !== undefined) length = Math.max(length, this.#use(column) + 1)
    }
    const row = new Array<unknown>(length)
    for (let n = 0; n < length; n++) {
      const column = this.#columns[n] as number
      row[n] = VALUES_OF_ROW[column] ?? DEFAULTS[column]
    }
    return JSON.stringify(row)
  }

  #use(column: number): number {
    this.#isUsed[column] = 1
    const known = this.#placeOf[column] as number
    if (known >= 0) return known
    this.#placeOf[column] = this.#columns.length
    return this.#columns.push(column) - 1
  }
}

const VALUES_OF_ROW = new Array<unknown>(EVENT_COLUMNS.length)

function contextOf(header: FrameHeader, event: CollectedEvent, place: LogPlace): Context {
  const page = pageAddress(event.url ?? '')
  const agent = event.agentFacts ?? userAgentFacts(event.userAgent ?? '', event.clientHints)
  const arrival = arrivalFacts(event, page.host, header.site)
  const bot = botVerdict({ header, event, agentReason: agent.botReason, referrerHost: arrival.referrerHost })
  return { header, event, place, page, agent, arrival, bot }
}

type Getter = (context: Context) => unknown

const VALUES: Record<EventColumn, Getter> = {
  source: ({ header }) => header.source,
  environment: ({ header }) => header.environment,
  name: ({ event }) => event.name,
  occurred_at: ({ event }) => clickhouseTime(event.at),
  received_at: ({ header }) => clickhouseTime(header.receivedAt),
  client_at: ({ event }) => optionalTime(event.clientAt),
  sent_at: ({ event }) => optionalTime(event.sentAt),
  event_id: ({ event }) => event.id,
  event_id_from: ({ event }) => event.idFrom ?? 'server',
  message_id: ({ event }) => event.messageId,
  visitor_id: ({ event }) => event.visitor,
  visitor_kind: ({ event }) => event.visitorKind,
  user_id: ({ event }) => event.userId,
  anonymous_id: ({ event }) => event.anonymousId,
  session_id: ({ event }) => event.sessionId,
  url: ({ event }) => event.url,
  host: ({ page }) => page.host || undefined,
  path: ({ page }) => page.path || undefined,
  title: ({ event }) => event.title,
  referrer: ({ event }) => event.referrer,
  referrer_host: ({ arrival }) => arrival.referrerHost || undefined,
  campaign_source: ({ arrival }) => arrival.campaign.source,
  campaign_medium: ({ arrival }) => arrival.campaign.medium,
  campaign_name: ({ arrival }) => arrival.campaign.name,
  campaign_term: ({ arrival }) => arrival.campaign.term,
  campaign_content: ({ arrival }) => arrival.campaign.content,
  user_agent: ({ event }) => event.userAgent,
  browser: ({ agent }) => agent.browser || undefined,
  browser_version: ({ agent }) => agent.browserVersion || undefined,
  os: ({ agent }) => agent.os || undefined,
  os_version: ({ agent }) => agent.osVersion || undefined,
  device_type: ({ agent }) => agent.deviceType || undefined,
  device_model: ({ agent }) => agent.deviceModel || undefined,
  is_bot: ({ bot }) => bot.reason !== '' || undefined,
  bot_reason: ({ bot }) => bot.reason || undefined,
  language: ({ event }) => event.language && languageTag(event.language),
  screen: ({ event }) => event.screen && screenSize(event.screen),
  timezone: ({ event }) => event.timezone,
  country: ({ event }) => event.country,
  region: ({ event }) => event.region,
  city: ({ event }) => event.city,
  app_name: ({ event }) => event.app?.name,
  app_version: ({ event }) => event.app?.version,
  app_platform: ({ event }) => event.app?.platform,
  method: ({ event }) => event.method,
  status: ({ event }) => event.status,
  bytes: ({ event }) => event.bytes,
  duration_ms: ({ event }) => event.durationMs,
  revenue: ({ event }) => event.revenue?.amount,
  currency: ({ event }) => event.revenue?.currency,
  properties: ({ event }) => event.properties,
  import_id: ({ header }) => header.importId,
  log_id: ({ place }) => place.logId,
  log_position: ({ place }) => place.position,
  log_index: ({ place }) => place.index,
  campaign_id: ({ arrival }) => arrival.campaign.id,
  campaign_group: ({ arrival }) => arrival.campaign.group,
  campaign_placement: ({ arrival }) => arrival.campaign.placement,
  click_id: ({ arrival }) => arrival.click?.id,
  click_id_kind: ({ arrival }) => arrival.click?.kind,
  referrer_kind: ({ arrival }) => arrival.kind || undefined,
  referrer_name: ({ arrival }) => arrival.name || undefined,
  search_term: ({ arrival }) => arrival.searchTerm || undefined,
  channel: ({ arrival }) => arrival.channel || undefined,
  bot_rules: ({ bot }) => bot.rules || undefined,
}

const GETTERS = EVENT_COLUMNS.map(({ name }) => VALUES[name])

const optionalTime = (milliseconds: number | undefined) => milliseconds && clickhouseTime(milliseconds)

/** What the type of each column holds when nothing is said. */
const DEFAULTS = EVENT_COLUMNS.map(({ type }) => {
  if (type === 'UUID') return NO_UUID
  if (type.startsWith('DateTime')) return UNKNOWN_TIME
  if (type === 'Bool') return false
  if (type.startsWith('JSON')) return {}
  return type.includes('String') ? '' : 0
})
