import { countsPersons } from '@almanac/core/cubes/measure.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import type { StoredTable } from '../cube-store.ts'
import { rollupGroups } from './raw-rows-sql.ts'

const UPPER_HALF = '9223372036854775808'

/**
 * Hours or days of a version in which somebody is counted who has no number yet: rows came between the numbering and the computation.
 * They may not count: the same person is in other hours under a number, or soon will be.
 */
export async function bucketsWithoutNumbers(
  clickhouse: ClickHouseClient,
  { table, definition }: StoredTable,
  level: 'hour' | 'day',
  starts: readonly number[],
  version: number,
): Promise<ReadonlySet<number>> {
  const open = new Set<number>()
  for (const { rollups, parts } of rollupGroups(definition, level)) {
    const columns = parts
      .filter(({ measure }) => countsPersons(definition.measures[measure]))
      .map(({ column }) => column)
    const smallest = rollups.toSorted((a, b) => a.dimensions.length - b.dimensions.length)[0]
    if (columns.length === 0 || !smallest) continue
    const conditions = columns.map((column) => `bitmapMax(${column}) >= ${UPPER_HALF}`)
    const result = await clickhouse.query({
      query: `SELECT DISTINCT toUnixTimestamp(bucket) AS start FROM ${table}
WHERE rollup = ${smallest.index} AND level = '${level}' AND version = {version:UInt64}
  AND toUnixTimestamp(bucket) IN (${starts.join(', ')}) AND (${conditions.join(' OR ')})`,
      query_params: { version },
      format: 'JSONEachRow',
    })
    for (const { start } of await result.json<{ start: number }>()) open.add(start)
  }
  return open
}
