/**
 * The columns of `events`: what any collector can say of an event, in one wide table. A value that is not known is the
 * type's zero or empty text, never NULL: NULLs cost a second column each and make every comparison three-valued.
 * The row that ingest writes (`ingest/event-row.ts`) has the same names; a test compares the two.
 */
export interface Column {
  readonly name: string
  readonly type: string
  readonly codec?: string
}

export const EVENT_COLUMNS = [
  { name: 'source', type: 'LowCardinality(String)' },
  { name: 'environment', type: 'LowCardinality(String)' },
  { name: 'name', type: 'LowCardinality(String)' },
  { name: 'occurred_at', type: `DateTime64(3, 'UTC')`, codec: 'Delta, ZSTD' },
  { name: 'received_at', type: `DateTime64(3, 'UTC')`, codec: 'Delta, ZSTD' },
  { name: 'client_at', type: `DateTime64(3, 'UTC')`, codec: 'Delta, ZSTD' },
  { name: 'sent_at', type: `DateTime64(3, 'UTC')`, codec: 'Delta, ZSTD' },
  { name: 'event_id', type: 'UUID' },
  { name: 'event_id_from', type: 'LowCardinality(String)' },
  { name: 'message_id', type: 'String', codec: 'ZSTD' },
  { name: 'visitor_id', type: 'UInt64', codec: 'ZSTD' },
  { name: 'visitor_kind', type: 'LowCardinality(String)' },
  { name: 'user_id', type: 'String', codec: 'ZSTD' },
  { name: 'anonymous_id', type: 'String', codec: 'ZSTD' },
  { name: 'session_id', type: 'String', codec: 'ZSTD' },
  { name: 'url', type: 'String', codec: 'ZSTD' },
  { name: 'host', type: 'LowCardinality(String)' },
  { name: 'path', type: 'String', codec: 'ZSTD' },
  { name: 'title', type: 'String', codec: 'ZSTD' },
  { name: 'referrer', type: 'String', codec: 'ZSTD' },
  { name: 'referrer_host', type: 'LowCardinality(String)' },
  { name: 'campaign_source', type: 'LowCardinality(String)' },
  { name: 'campaign_medium', type: 'LowCardinality(String)' },
  { name: 'campaign_name', type: 'LowCardinality(String)' },
  { name: 'campaign_term', type: 'LowCardinality(String)' },
  { name: 'campaign_content', type: 'LowCardinality(String)' },
  { name: 'user_agent', type: 'String', codec: 'ZSTD' },
  { name: 'browser', type: 'LowCardinality(String)' },
  { name: 'browser_version', type: 'LowCardinality(String)' },
  { name: 'os', type: 'LowCardinality(String)' },
  { name: 'os_version', type: 'LowCardinality(String)' },
  { name: 'device_type', type: 'LowCardinality(String)' },
  { name: 'device_model', type: 'LowCardinality(String)' },
  { name: 'is_bot', type: 'Bool' },
  { name: 'bot_reason', type: 'LowCardinality(String)' },
  { name: 'language', type: 'LowCardinality(String)' },
  { name: 'screen', type: 'LowCardinality(String)' },
  { name: 'timezone', type: 'LowCardinality(String)' },
  { name: 'country', type: 'LowCardinality(String)' },
  { name: 'region', type: 'LowCardinality(String)' },
  { name: 'city', type: 'LowCardinality(String)' },
  { name: 'app_name', type: 'LowCardinality(String)' },
  { name: 'app_version', type: 'LowCardinality(String)' },
  { name: 'app_platform', type: 'LowCardinality(String)' },
  { name: 'method', type: 'LowCardinality(String)' },
  { name: 'status', type: 'UInt16', codec: 'ZSTD' },
  { name: 'bytes', type: 'UInt64', codec: 'T64, ZSTD' },
  { name: 'duration_ms', type: 'Float32', codec: 'ZSTD' },
  { name: 'revenue', type: 'Decimal(18, 4)', codec: 'ZSTD' },
  { name: 'currency', type: 'LowCardinality(String)' },
  { name: 'properties', type: 'JSON(max_dynamic_paths = 128)' },
  { name: 'import_id', type: 'UUID', codec: 'ZSTD' },
  { name: 'log_id', type: 'UUID', codec: 'ZSTD' },
  { name: 'log_position', type: 'UInt64', codec: 'Delta, ZSTD' },
  { name: 'log_index', type: 'UInt32', codec: 'Delta, ZSTD' },
] as const satisfies readonly Column[]

export type EventColumn = (typeof EVENT_COLUMNS)[number]['name']

export function columnsSql(columns: readonly Column[]): string {
  return columns.map(({ name, type, codec }) => `  ${name} ${type}${codec ? ` CODEC(${codec})` : ''}`).join(',\n')
}
