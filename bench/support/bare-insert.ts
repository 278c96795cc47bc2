import { createClickHouse } from '../../packages/server/src/clickhouse/client.ts'
import { columnsSql, EVENT_COLUMNS } from '../../packages/server/src/clickhouse/events-table.ts'
import { openDataDirectory } from '../../packages/server/src/engines/files/data-directory.ts'
import { startEngines } from '../../packages/server/src/engines/start-engines.ts'

/**
 * Rows a second of ClickHouse's own insert by the same client, to compare with: the events of a data directory whose server
 * has ended, as text of the same format, in batches of 50,000 into an empty table of the same shape.
 */
export async function bareInsert(dataDir: string): Promise<number> {
  const directory = await openDataDirectory(dataDir)
  const engines = await startEngines({ directory })
  const clickhouse = createClickHouse(engines.clickhouse)
  try {
    const result = await clickhouse.query({
      query: `SELECT * FROM events ORDER BY log_position, log_index LIMIT ${MAX_ROWS}`,
      format: 'JSONCompactEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
    })
    const rows = filledRows((await result.text()).trimEnd().split('\n'))
    await clickhouse.command({
      query: `CREATE TABLE bare (${columnsSql(EVENT_COLUMNS)},
        INDEX event_id_bloom event_id TYPE bloom_filter(0.001) GRANULARITY 1,
        INDEX log_position_range log_position TYPE minmax GRANULARITY 1)
        ENGINE = MergeTree PARTITION BY toYYYYMM(occurred_at)
        ORDER BY (source, toStartOfHour(occurred_at), name, visitor_id, occurred_at)
        SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1`,
    })
    const started = performance.now()
    for (let from = 0; from < rows.length; from += 50_000) {
      await clickhouse.insert({
        table: 'bare',
        values: rows.slice(from, from + 50_000),
        format: 'JSONEachRow',
        clickhouse_settings: { async_insert: 0 },
      })
    }
    return rows.length / ((performance.now() - started) / 1000)
  } finally {
    await clickhouse.close()
    await engines.stop()
    await directory.release()
  }
}

const MAX_ROWS = 300_000
const COLUMNS = EVENT_COLUMNS.map(({ name }) => name)
const EMPTY = new Set([
  '""',
  '0',
  '"0"',
  'false',
  '{}',
  '"1970-01-01 00:00:00.000"',
  '"00000000-0000-0000-0000-000000000000"',
])

/** As objects, without the columns that no row has a value for, as ingest leaves them out too. */
function filledRows(lines: readonly string[]): Record<string, unknown>[] {
  const table = lines.map((line) => JSON.parse(line) as unknown[])
  const filled = COLUMNS.flatMap((name, i) =>
    table.some((row) => !EMPTY.has(JSON.stringify(row[i]))) ? [{ name, i }] : [],
  )
  return table.map((row) => Object.fromEntries(filled.map(({ name, i }) => [name, row[i]])))
}
