import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngines, type TestDatabase, type TestEngines } from '../../../test/support/engines.ts'
import type { CollectedEvent } from '../../collect/events/collected-event.ts'
import { EventRows } from '../../ingest/rows/event-row.ts'
import { runMigrations } from '../../migrations/migrate.ts'
import { createClickHouse } from '../client.ts'
import { insertRows } from '../insert.ts'
import { CLICKHOUSE_MIGRATIONS } from './list.ts'

let engines: TestEngines
let database: TestDatabase
beforeAll(async () => {
  engines = await startTestEngines()
  database = await engines.createTestDatabase({ migrate: false })
})
afterAll(async () => {
  await database.close()
  await engines.close()
})

const migrateTo = (number: number) =>
  runMigrations({
    pool: database.pool,
    clickhouse: database.clickhouseConnection,
    clickhouseMigrations: CLICKHOUSE_MIGRATIONS.filter((migration) => migration.number <= number),
  })

const EVENT: CollectedEvent = {
  id: '00000000-0000-4000-8000-000000000002',
  name: 'page_view',
  at: Date.UTC(2026, 0, 1),
  url: 'https://example.com/?utm_source=fb&utm_medium=paid&utm_id=7&mtm_group=g&mtm_placement=p&fbclid=IwAR',
  referrer: 'https://www.bing.com/search?q=red+shoes',
  language: 'de-de',
  screen: '1920x1080',
}

test('a table of before gets the new columns, keeps its rows, and people see the columns in their SQL', async () => {
  await migrateTo(3)
  await database.clickhouse.command({
    query: `INSERT INTO events (source, name, occurred_at) VALUES ('old', 'page_view', '2025-12-31 00:00:00')`,
  })
  await migrateTo(4)

  const place = { logId: '00000000-0000-4000-8000-000000000001', position: 7, index: 2 }
  const header = { v: 1, source: 'new', environment: 'production', receivedAt: EVENT.at } as const
  const rows = new EventRows()
  const row = rows.row(header, EVENT, place)
  await insertRows(database.clickhouse, { table: 'events', columns: rows.columns, rows: [row], token: 'a' })

  const reader = createClickHouse(database.readerConnection)
  const result = await reader.query({
    query: `SELECT source, channel, referrer_kind, referrer_name, search_term, campaign_id, campaign_group,
      campaign_placement, click_id, click_id_kind, bot_rules != '' AS judged FROM events ORDER BY occurred_at`,
    format: 'JSONCompactEachRow',
  })
  const found = await result.json()
  await reader.close()
  expect(found).toEqual([
    ['old', '', '', '', '', '', '', '', '', '', 0],
    ['new', 'Paid Social', 'campaign', 'Facebook', 'red shoes', '7', 'g', 'p', 'IwAR', 'fbclid', 1],
  ])
})
