import { mergeTree, onCluster } from '../table-engines.ts'
import { sqlDatabase } from './0003-sql-views.ts'
import type { MigrationContext } from './list.ts'

/**
 * Figures that other systems have computed: one row for each metric, time and set of dimensions, of which the one with the
 * greatest version counts. There are no partitions, so that all rows of a request appear in one step.
 */
export function metrics({ database, cluster }: MigrationContext): string[] {
  const on = onCluster(cluster)
  return [
    `CREATE TABLE IF NOT EXISTS ${database}.metric_values ${on} (
  metric LowCardinality(String) CODEC(ZSTD),
  grain LowCardinality(String) CODEC(ZSTD),
  measured_at DateTime('UTC') CODEC(Delta, ZSTD),
  environment LowCardinality(String) CODEC(ZSTD),
  source LowCardinality(String) CODEC(ZSTD),
  series String CODEC(ZSTD),
  dimensions Map(LowCardinality(String), String) CODEC(ZSTD),
  value Float64 CODEC(ZSTD),
  version UInt64 CODEC(Delta, ZSTD),
  is_deleted UInt8 CODEC(ZSTD)
)
ENGINE = ${mergeTree('ReplacingMergeTree', cluster, 'version', 'is_deleted')}
ORDER BY (metric, grain, measured_at, environment, source, series)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,

    `CREATE VIEW IF NOT EXISTS ${sqlDatabase(database)}.metric_values ${on} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT metric, grain, measured_at, environment, source, dimensions, value FROM ${database}.metric_values FINAL`,
  ]
}
