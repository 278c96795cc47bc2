import type { ClickHouseClient } from '@clickhouse/client'

/** What a statement may use at most, as the engine has it for the read-only user; null where it has no limit. */
export interface SqlLimits {
  readonly seconds: number | null
  readonly rows: number | null
  readonly rowsToRead: number | null
  readonly memoryBytes: number | null
}

const SETTINGS = {
  seconds: 'max_execution_time',
  rows: 'max_result_rows',
  rowsToRead: 'max_rows_to_read',
  memoryBytes: 'max_memory_usage',
} as const satisfies Record<keyof SqlLimits, string>

/** Asked of the engine and not of our own configuration, which says nothing about a server of somebody else. */
export async function readSqlLimits(reader: ClickHouseClient): Promise<SqlLimits> {
  const result = await reader.query({
    query: 'SELECT name, value FROM system.settings WHERE name IN {names:Array(String)}',
    query_params: { names: Object.values(SETTINGS) },
    format: 'JSONCompactEachRow',
  })
  const values = new Map(await result.json<[string, string]>())
  const limit = (name: string) => Number(values.get(name) ?? 0) || null
  return {
    seconds: limit(SETTINGS.seconds),
    rows: limit(SETTINGS.rows),
    rowsToRead: limit(SETTINGS.rowsToRead),
    memoryBytes: limit(SETTINGS.memoryBytes),
  }
}
