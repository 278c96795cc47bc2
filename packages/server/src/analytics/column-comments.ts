import type { EventColumn } from '../clickhouse/events-table.ts'

/** What stands in the tables that people's SQL may read. The tables of logs and the views of cubes say it by their names. */

export function tableComment(table: string): string {
  return Object.hasOwn(TABLES, table) ? (TABLES[table]?.comment ?? '') : ''
}

export function columnComment(table: string, column: string): string {
  const columns = Object.hasOwn(TABLES, table) ? (TABLES[table]?.columns ?? {}) : {}
  return Object.hasOwn(columns, column) ? (columns[column] ?? '') : ''
}

const EVENTS: Record<EventColumn, string> = {
  source: 'The website, app or server that it came from',
  environment: 'production or sandbox',
  name: 'page_view, request, or a name of your own',
  occurred_at: 'When it happened, by our best knowledge',
  received_at: 'When it reached this server',
  client_at: "When it happened by the client's clock",
  sent_at: "When it was sent by the client's clock",
  event_id: 'The same event has the same id, however often it is sent',
  event_id_from: 'What the id was made of',
  message_id: "The client's own id of the event",
  visitor_id: 'The number of the visitor; 0 for nobody. The view identities has the person of each',
  visitor_kind: 'What the number was made of',
  user_id: 'Who was logged in',
  anonymous_id: 'The id of the browser or device',
  session_id: "The client's own id of the session",
  url: 'The address of the page',
  host: 'Of the address',
  path: 'Of the address, without query and fragment',
  title: 'Of the page',
  referrer: 'The address of the page that led here',
  referrer_host: 'The other site that a link was on; empty for links inside of the site',
  campaign_source: 'utm_source and its like',
  campaign_medium: 'utm_medium and its like',
  campaign_name: 'utm_campaign and its like',
  campaign_term: 'utm_term and its like',
  campaign_content: 'utm_content and its like',
  user_agent: 'As the client sent it',
  browser: 'Such as Firefox',
  browser_version: 'Such as 140.0',
  os: 'Such as Android',
  os_version: 'Such as 15',
  device_type: 'Such as desktop, mobile or tablet',
  device_model: 'Such as Pixel 9',
  is_bot: 'Bots are flagged and never dropped',
  bot_reason: 'Everything that spoke against a person',
  language: 'Such as de-DE',
  screen: 'Such as 1920x1080',
  timezone: "The client's, such as Europe/Berlin",
  country: 'ISO 3166-1, such as DE',
  region: 'Of the country',
  city: 'Of the visitor',
  app_name: 'Of an app',
  app_version: 'Of an app',
  app_platform: 'Such as ios, android or heroku',
  method: 'Of a request, such as GET',
  status: 'Of a request, such as 404',
  bytes: 'Sent with the answer to a request',
  duration_ms: 'How long a request took, in milliseconds',
  revenue: 'Negative for a refund',
  currency: 'Of the revenue, ISO 4217',
  properties: 'Everything else, as JSON: properties.plan.:String',
  import_id: 'The import that it came with',
  log_id: 'The log that holds it as it came',
  log_position: 'Its place in the log',
  log_index: 'Its place in the frame of the log',
  campaign_id: 'utm_id and its like',
  campaign_group: "The campaign's group, such as an ad group",
  campaign_placement: 'Where the ad was',
  click_id: 'What an ad network calls the click, such as the value of gclid',
  click_id_kind: 'The name of the parameter, such as gclid',
  referrer_kind: 'campaign, search, social, email, ai, website, internal or direct',
  referrer_name: 'The site by its name, such as Google',
  search_term: 'What was searched for, as far as the search engine says it',
  channel: 'Such as Organic Search or Paid Social',
  bot_rules: 'By which rules it was judged whether it is a bot',
}

const VISITS = {
  source: EVENTS.source,
  environment: EVENTS.environment,
  person_id: 'The number of the person',
  visit_id: 'The number of the visit',
  started_at: 'The time of the first event',
  ended_at: 'The time of the last event',
  duration_seconds: 'From the first to the last event; 0 for a visit of one event',
  events: 'How many events it has',
  page_views: 'How many of them are page_view or screen_view',
  is_bounce: 'One page view, and nothing that the visitor did',
  is_bot: EVENTS.is_bot,
  entry_page: 'The first page that was viewed',
  exit_page: 'The last page that was viewed',
  referrer_host: EVENTS.referrer_host,
  campaign_source: EVENTS.campaign_source,
  campaign_medium: EVENTS.campaign_medium,
  campaign_name: EVENTS.campaign_name,
  channel: 'The way by which the visitor came, such as `Organic Search` or `Direct`',
  country: EVENTS.country,
  browser: EVENTS.browser,
  device_type: EVENTS.device_type,
}

const TABLES: Readonly<
  Record<string, { readonly comment: string; readonly columns: Readonly<Record<string, string>> }>
> = {
  events: { comment: 'Every event, a row each', columns: EVENTS },
  visits: { comment: 'The visits that the events make', columns: VISITS },
  identities: {
    comment: 'The person behind each number of a visitor that is not its own',
    columns: { visitor_id: 'As in events', person_id: 'As in visits' },
  },
  quarantine: {
    comment: 'What came and could not be taken for an event',
    columns: {
      id: 'Of the line',
      received_at: EVENTS.received_at,
      source: EVENTS.source,
      environment: EVENTS.environment,
      reason: 'Why it could not be taken',
      raw: 'As it came, its beginning at least',
      size_bytes: 'Of all of it',
      file: 'The file that it was in',
      line: 'Its line in the file',
      import_id: EVENTS.import_id,
      log_id: EVENTS.log_id,
      log_position: EVENTS.log_position,
      log_index: EVENTS.log_index,
    },
  },
}
