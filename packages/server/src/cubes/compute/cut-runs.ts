import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import { hoursCondition } from './hours-sql.ts'

/** How much is done by one statement, to bound its memory. */

const RAW_ROWS_PER_RUN = 2_000_000
const ROLLUP_ROWS_PER_RUN = 8_000_000
/** A statement may write to a hundred partitions, and a month of hours is one. */
const MONTHS_PER_RUN = 50

interface Run<T> {
  readonly hours: readonly T[]
  /** Raw rows. */
  readonly rows: number
}

/** As many of the hours, in their order, as one statement should read; a single hour is never cut. After failures it is less. */
export async function cutHours<T extends { readonly start: number }>(
  clickhouse: ClickHouseClient,
  definition: CubeDefinition,
  hours: readonly T[],
  failures = 0,
): Promise<Run<T>> {
  const { from, timeColumn } = definition.base
  const where = hoursCondition(
    definition,
    hours.map(({ start }) => start),
  )
  const counts = await rowsByStart(
    clickhouse,
    `SELECT intDiv(toUnixTimestamp(${timeColumn}), 3600) * 3600 AS start$, count() AS count$ FROM ${from} WHERE ${where} GROUP BY start$`,
  )
  const most = rawRowsPerRun(definition) / 2 ** failures
  const months = new Set<string>()
  const run = takeWhile(hours, ({ start }) => {
    months.add(new Date(start * 1000).toISOString().slice(0, 7))
    return months.size > MONTHS_PER_RUN ? Number.POSITIVE_INFINITY : (counts.get(start) ?? 0) / most
  })
  return { hours: run, rows: run.reduce((sum, { start }) => sum + (counts.get(start) ?? 0), 0) }
}

/** A row is counted once for each rollup. */
export function rawRowsPerRun({ rollups }: CubeDefinition): number {
  return Math.min(RAW_ROWS_PER_RUN, ROLLUP_ROWS_PER_RUN / Math.max(rollups.length, 1))
}

/** Up to a whole share; at least one. */
export function takeWhile<T>(list: readonly T[], shareOf: (one: T) => number): T[] {
  let share = 0
  const end = list.findIndex((one, i) => {
    share += shareOf(one)
    return share > 1 && i > 0
  })
  return end === -1 ? [...list] : list.slice(0, end)
}

/** Of a statement that selects `start$` and `count$`. */
export async function rowsByStart(clickhouse: ClickHouseClient, query: string): Promise<ReadonlyMap<number, number>> {
  const clickhouse_settings = { max_query_size: String(4 * 1024 * 1024) }
  const result = await clickhouse.query({ query, format: 'JSONEachRow', clickhouse_settings })
  const rows = await result.json<{ start$: string | number; count$: string }>()
  return new Map(rows.map(({ start$, count$ }) => [Number(start$), Number(count$)]))
}
