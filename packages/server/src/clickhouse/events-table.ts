/**
 * The columns of `events`: what any collector can say of an event, in one wide table. A value that is not known is the
 * type's zero or empty text, never NULL: NULLs cost a second column each and make every comparison three-valued.
 * The row that ingest writes (`ingest/event-row.ts`) has the same names, which the compiler sees to.
 */
export interface Column {
  readonly name: string
  readonly type: string
  readonly codec?: string
}

export const EVENT_COLUMNS = [
  { name: 'source', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'environment', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'name', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'occurred_at', type: `DateTime64(3, 'UTC')`, codec: 'Delta, ZSTD' },
  { name: 'received_at', type: `DateTime64(3, 'UTC')`, codec: 'Delta, ZSTD' },
  { name: 'client_at', type: `DateTime64(3, 'UTC')`, codec: 'Delta, ZSTD' },
  { name: 'sent_at', type: `DateTime64(3, 'UTC')`, codec: 'Delta, ZSTD' },
  { name: 'event_id', type: 'UUID', codec: 'ZSTD' },
  { name: 'event_id_from', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'message_id', type: 'String', codec: 'ZSTD' },
  { name: 'visitor_id', type: 'UInt64', codec: 'ZSTD' },
  { name: 'visitor_kind', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'user_id', type: 'String', codec: 'ZSTD' },
  { name: 'anonymous_id', type: 'String', codec: 'ZSTD' },
  { name: 'session_id', type: 'String', codec: 'ZSTD' },
  { name: 'url', type: 'String', codec: 'ZSTD' },
  { name: 'host', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'path', type: 'String', codec: 'ZSTD' },
  { name: 'title', type: 'String', codec: 'ZSTD' },
  { name: 'referrer', type: 'String', codec: 'ZSTD' },
  { name: 'referrer_host', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'campaign_source', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'campaign_medium', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'campaign_name', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'campaign_term', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'campaign_content', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'user_agent', type: 'String', codec: 'ZSTD' },
  { name: 'browser', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'browser_version', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'os', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'os_version', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'device_type', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'device_model', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'is_bot', type: 'Bool', codec: 'ZSTD' },
  { name: 'bot_reason', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'language', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'screen', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'timezone', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'country', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'region', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'city', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'app_name', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'app_version', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'app_platform', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'method', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'status', type: 'UInt16', codec: 'ZSTD' },
  { name: 'bytes', type: 'UInt64', codec: 'T64, ZSTD' },
  { name: 'duration_ms', type: 'Float32', codec: 'ZSTD' },
  { name: 'revenue', type: 'Decimal(18, 4)', codec: 'ZSTD' },
  { name: 'currency', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'properties', type: 'JSON(max_dynamic_paths = 128)', codec: 'ZSTD' },
  { name: 'import_id', type: 'UUID', codec: 'ZSTD' },
  { name: 'log_id', type: 'UUID', codec: 'ZSTD' },
  { name: 'log_position', type: 'UInt64', codec: 'Delta, ZSTD' },
  { name: 'log_index', type: 'UInt32', codec: 'Delta, ZSTD' },
  { name: 'campaign_id', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'campaign_group', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'campaign_placement', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'click_id', type: 'String', codec: 'ZSTD' },
  { name: 'click_id_kind', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'referrer_kind', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'referrer_name', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'search_term', type: 'String', codec: 'ZSTD' },
  { name: 'channel', type: 'LowCardinality(String)', codec: 'ZSTD' },
  { name: 'bot_rules', type: 'LowCardinality(String)', codec: 'ZSTD' },
] as const satisfies readonly Column[]

export type EventColumn = (typeof EVENT_COLUMNS)[number]['name']

export function columnsSql(columns: readonly Column[]): string {
  return columns.map(({ name, type, codec }) => `  ${name} ${type}${codec ? ` CODEC(${codec})` : ''}`).join(',\n')
}
