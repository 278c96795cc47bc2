import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import { readTables, type StoredTable, type TableState } from './cube-store.ts'

/** How a cube's table stands, for a person who wants to know. */
export interface CubeStatus {
  readonly name: string
  readonly label: string
  readonly table: string
  readonly state: TableState
  /** What the engine said of a definition that it refused. */
  readonly reason: string | undefined
  readonly isPaused: boolean
  readonly buckets: Readonly<Record<'hours' | 'days' | 'months', BucketCounts>>
  readonly lastComputedAt: string | undefined
  /** Hours that were computed within the last minute. */
  readonly hoursPerMinute: number
  /** Of raw rows, by the last run. */
  readonly rowsPerSecond: number | undefined
  /** At the pace of the last minute; absent when nothing was computed in it, or nothing is to do. */
  readonly secondsLeft: number | undefined
  readonly rows: number
  readonly bytes: number
  /** Of the tables that it is computed from. */
  readonly rawBytes: number
}

interface BucketCounts {
  readonly total: number
  readonly touched: number
}

export async function readCubeStatus(pool: Pool, clickhouse: ClickHouseClient): Promise<CubeStatus[]> {
  const [tables, counts, sizes] = await Promise.all([readTables(pool), readCounts(pool), readSizes(clickhouse)])
  return tables
    .filter(({ state }) => state !== 'retired' && state !== 'dropping')
    .map((table) => statusOf(table, counts.get(table.id), sizes))
}

interface Counts {
  readonly total: readonly number[]
  readonly touched: readonly number[]
  readonly recent: number
  readonly lastComputedAt: Date | undefined
  readonly rowsPerSecond: number | undefined
}

interface CountsRow {
  readonly id: number
  readonly total: string[]
  readonly touched: string[]
  readonly recent: string
  readonly last: Date | null
  readonly rows_per_second: string | null
}

async function readCounts(pool: Pool): Promise<ReadonlyMap<number, Counts>> {
  const per = (condition: string) =>
    `ARRAY[${[0, 1, 2].map((level) => `count(*) FILTER (WHERE level = ${level} AND ${condition})`).join(', ')}]`
  const { rows } = await pool.query<CountsRow>(
    `SELECT id, ${per('true')} AS total, ${per(`touched <> computed AND touched_at < 'infinity'`)} AS touched,
       count(*) FILTER (WHERE level = 0 AND computed_at > now() - interval '1 minute') AS recent,
       max(computed_at) AS last, max(run_rows) / nullif(max(run_ms), 0) * 1000 AS rows_per_second
     FROM cube_tables JOIN cube_buckets ON cube_id = id GROUP BY id`,
  )
  return new Map(
    rows.map(({ id, total, touched, recent, last, rows_per_second: rowsPerSecond }) => [
      id,
      {
        total: total.map(Number),
        touched: touched.map(Number),
        recent: Number(recent),
        lastComputedAt: last ?? undefined,
        rowsPerSecond: rowsPerSecond === null ? undefined : Math.round(Number(rowsPerSecond)),
      },
    ]),
  )
}

interface Size {
  readonly rows: number
  readonly bytes: number
}

async function readSizes(clickhouse: ClickHouseClient): Promise<ReadonlyMap<string, Size>> {
  const result = await clickhouse.query({
    query: `SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes FROM system.parts
      WHERE active AND database = currentDatabase() GROUP BY table`,
    format: 'JSONEachRow',
  })
  const rows = await result.json<{ table: string; rows: string; bytes: string }>()
  return new Map(rows.map(({ table, rows, bytes }) => [table, { rows: Number(rows), bytes: Number(bytes) }]))
}

const NOTHING: Counts = {
  total: [],
  touched: [],
  recent: 0,
  lastComputedAt: undefined,
  rowsPerSecond: undefined,
}

function statusOf(
  { name, definition, table, state, reason, isPaused }: StoredTable,
  { total, touched, recent, lastComputedAt, rowsPerSecond }: Counts = NOTHING,
  sizes: ReadonlyMap<string, Size>,
): CubeStatus {
  const counts = (level: number) => ({ total: total[level] ?? 0, touched: touched[level] ?? 0 })
  const hours = counts(0)
  return {
    name,
    label: definition.label,
    table,
    state,
    reason,
    isPaused,
    buckets: { hours, days: counts(1), months: counts(2) },
    lastComputedAt: lastComputedAt?.toISOString(),
    hoursPerMinute: recent,
    rowsPerSecond,
    secondsLeft: recent > 0 && hours.touched > 0 && !isPaused ? Math.ceil((hours.touched / recent) * 60) : undefined,
    rows: sizes.get(table)?.rows ?? 0,
    bytes: sizes.get(table)?.bytes ?? 0,
    rawBytes: definition.base.tables.reduce((sum, raw) => sum + (sizes.get(raw)?.bytes ?? 0), 0),
  }
}
