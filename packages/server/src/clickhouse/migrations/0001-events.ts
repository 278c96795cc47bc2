import { columnsSql, EVENT_COLUMNS } from '../events-table.ts'
import { mergeTree, onCluster } from '../table-engines.ts'
import type { MigrationContext } from './list.ts'

// Columns that come later are appended to the list, and added to the table by a migration of their own.
const FIRST_COLUMNS = 55
// The deduplication window must hold the tokens of every batch that could still be inserted again after a crash.
const DURABLE = `non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1`

export function events({ database, cluster }: MigrationContext): string[] {
  return [
    `CREATE TABLE IF NOT EXISTS ${database}.events ${onCluster(cluster)} (
${columnsSql(EVENT_COLUMNS.slice(0, FIRST_COLUMNS))},
  INDEX event_id_bloom event_id TYPE bloom_filter(0.001) GRANULARITY 1,
  INDEX log_position_range log_position TYPE minmax GRANULARITY 1
)
ENGINE = ${mergeTree('MergeTree', cluster)}
PARTITION BY toYYYYMM(occurred_at)
ORDER BY (source, toStartOfHour(occurred_at), name, visitor_id, occurred_at)
SETTINGS ${DURABLE}`,

    `CREATE TABLE IF NOT EXISTS ${database}.quarantine ${onCluster(cluster)} (
  id UUID,
  received_at DateTime64(3, 'UTC'),
  source LowCardinality(String),
  environment LowCardinality(String),
  reason String,
  raw String CODEC(ZSTD),
  size_bytes UInt64,
  file String,
  line UInt64,
  import_id UUID,
  log_id UUID,
  log_position UInt64,
  log_index UInt32
)
ENGINE = ${mergeTree('ReplacingMergeTree', cluster)}
ORDER BY (source, id)
SETTINGS ${DURABLE}`,
  ]
}
