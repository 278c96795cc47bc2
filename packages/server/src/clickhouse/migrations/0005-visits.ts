import { mergeTree, onCluster } from '../table-engines.ts'
import { sqlDatabase } from './0003-sql-views.ts'
import type { MigrationContext } from './list.ts'

const DURABLE = 'fsync_after_insert = 1, fsync_part_directory = 1'

/**
 * Visits have no partitions: a late event can move the start of a visit into the month before, and only what goes into one
 * part is replaced in one step.
 */
export function visits({ database, cluster }: MigrationContext): string[] {
  const views = sqlDatabase(database)
  const on = onCluster(cluster)
  return [
    // For the moment at which a visitor becomes somebody else: the hours of its events are looked for.
    `ALTER TABLE ${database}.events ${on} ADD INDEX IF NOT EXISTS visitor_bloom visitor_id TYPE bloom_filter(0.001) GRANULARITY 1`,
    `ALTER TABLE ${database}.events ${on} MATERIALIZE INDEX visitor_bloom`,

    `CREATE TABLE IF NOT EXISTS ${database}.identities ${on} (
  visitor_id UInt64,
  person_id UInt64,
  version UInt64
)
ENGINE = ${mergeTree('ReplacingMergeTree', cluster, 'version')}
ORDER BY visitor_id
SETTINGS ${DURABLE}`,

    `CREATE TABLE IF NOT EXISTS ${database}.visits ${on} (
  source LowCardinality(String) CODEC(ZSTD),
  environment LowCardinality(String) CODEC(ZSTD),
  person_id UInt64 CODEC(ZSTD),
  visit_id UInt64 CODEC(ZSTD),
  seen_from DateTime64(3, 'UTC') CODEC(Delta, ZSTD),
  started_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD),
  ended_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD),
  duration_seconds UInt32 CODEC(T64, ZSTD),
  events UInt32 CODEC(T64, ZSTD),
  page_views UInt32 CODEC(T64, ZSTD),
  interactions UInt32 CODEC(T64, ZSTD),
  is_bounce Bool CODEC(ZSTD),
  is_bot Bool CODEC(ZSTD),
  entry_page String CODEC(ZSTD),
  exit_page String CODEC(ZSTD),
  referrer_host LowCardinality(String) CODEC(ZSTD),
  campaign_source LowCardinality(String) CODEC(ZSTD),
  campaign_medium LowCardinality(String) CODEC(ZSTD),
  campaign_name LowCardinality(String) CODEC(ZSTD),
  country LowCardinality(String) CODEC(ZSTD),
  browser LowCardinality(String) CODEC(ZSTD),
  device_type LowCardinality(String) CODEC(ZSTD),
  first_event_id UUID CODEC(ZSTD),
  version UInt64 CODEC(Delta, ZSTD),
  is_deleted UInt8 CODEC(ZSTD),
  INDEX ended_range ended_at TYPE minmax GRANULARITY 1,
  INDEX version_range version TYPE minmax GRANULARITY 1
)
ENGINE = ${mergeTree('ReplacingMergeTree', cluster, 'version', 'is_deleted')}
ORDER BY (source, environment, toStartOfHour(started_at), person_id, started_at, visit_id)
SETTINGS ${DURABLE}`,

    `CREATE TABLE IF NOT EXISTS ${database}.cube_visits ${on} (
  hour DateTime('UTC') CODEC(Delta, ZSTD),
  time DateTime('UTC') CODEC(Delta, ZSTD),
  version UInt64 CODEC(Delta, ZSTD),
  entry_page String CODEC(ZSTD),
  exit_page String CODEC(ZSTD),
  referrer LowCardinality(String),
  campaign_source LowCardinality(String),
  campaign_medium LowCardinality(String),
  campaign_name LowCardinality(String),
  country LowCardinality(String),
  browser LowCardinality(String),
  device LowCardinality(String),
  is_bot Bool,
  source LowCardinality(String),
  environment LowCardinality(String),
  visits SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD),
  visitors AggregateFunction(uniqExact, UInt64) CODEC(ZSTD),
  bounces SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD),
  page_views SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD),
  duration SimpleAggregateFunction(sum, UInt64) CODEC(T64, ZSTD)
)
ENGINE = ${mergeTree('AggregatingMergeTree', cluster)}
PARTITION BY toYYYYMM(hour)
ORDER BY (environment, source, hour, is_bot, country, browser, device, referrer, campaign_source, campaign_medium, campaign_name, entry_page, exit_page, time, version)
SETTINGS non_replicated_deduplication_window = 1000, ${DURABLE}`,

    `CREATE VIEW IF NOT EXISTS ${views}.visits ${on} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT source, environment, person_id, visit_id, started_at, ended_at, duration_seconds, events, page_views, is_bounce, is_bot,
  entry_page, exit_page, referrer_host, campaign_source, campaign_medium, campaign_name, country, browser, device_type
FROM ${database}.visits FINAL WHERE events > 0`,
    `CREATE VIEW IF NOT EXISTS ${views}.identities ${on} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT visitor_id, person_id FROM ${database}.identities FINAL WHERE visitor_id != person_id`,
  ]
}
