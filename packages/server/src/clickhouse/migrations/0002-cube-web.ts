import { mergeTree, onCluster } from '../table-engines.ts'
import type { MigrationContext } from './list.ts'

/** The rows of an hour carry a version; which version counts is said in PostgreSQL (`cubes/recompute.ts`). */
export function cubeWeb({ database, cluster }: MigrationContext): string[] {
  return [
    `CREATE TABLE IF NOT EXISTS ${database}.cube_web ${onCluster(cluster)} (
  hour DateTime('UTC') CODEC(Delta, ZSTD),
  time DateTime('UTC') CODEC(Delta, ZSTD),
  version UInt64 CODEC(Delta, ZSTD),
  path String CODEC(ZSTD),
  status UInt16,
  country LowCardinality(String),
  referrer LowCardinality(String),
  browser LowCardinality(String),
  is_bot Bool,
  source LowCardinality(String),
  environment LowCardinality(String),
  hits SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD),
  visitors AggregateFunction(uniqExact, UInt64) CODEC(ZSTD),
  bytes SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD),
  errors SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD)
)
ENGINE = ${mergeTree('AggregatingMergeTree', cluster)}
PARTITION BY toYYYYMM(hour)
ORDER BY (environment, source, hour, is_bot, status, country, browser, referrer, path, time, version)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1`,
  ]
}
