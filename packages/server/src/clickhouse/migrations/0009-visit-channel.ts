import { onCluster } from '../table-engines.ts'
import { sqlDatabase } from './0003-sql-views.ts'
import type { MigrationContext } from './list.ts'

/** By which way a visit came. PostgreSQL's migration 0015 asks for the visits that are there already to be made anew. */
export function visitChannel({ database, cluster }: MigrationContext): string[] {
  const on = onCluster(cluster)
  return [
    `ALTER TABLE ${database}.visits ${on}
  ADD COLUMN IF NOT EXISTS channel LowCardinality(String) CODEC(ZSTD) AFTER campaign_name`,
    `CREATE OR REPLACE VIEW ${sqlDatabase(database)}.visits ${on} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT source, environment, person_id, visit_id, started_at, ended_at, duration_seconds, events, page_views, is_bounce, is_bot,
  entry_page, exit_page, referrer_host, campaign_source, campaign_medium, campaign_name, channel, country, browser, device_type
FROM ${database}.visits FINAL WHERE events > 0`,
  ]
}
