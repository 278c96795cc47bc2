import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { LongBucket } from './calendar-buckets.ts'
import { spanCondition } from './hours-sql.ts'
import { insertRawSql, type RawBuckets, type RollupGroup, selectRawSql } from './raw-rows-sql.ts'

/**
 * Uniques and quantiles of days that are not kept by the hour, made of the raw rows. They stand in rows of their own beside the
 * rows that are made of hours; whoever reads merges them anyway. The version is the parameter `version`.
 */
export function insertDayStatesSql(
  table: string,
  definition: CubeDefinition,
  group: RollupGroup,
  days: readonly LongBucket[],
): string {
  return insertRawSql(table, definition, group, dayBuckets(definition, days))
}

/** The rows that `insertDayStatesSql` writes. */
export function selectDayStatesSql(
  definition: CubeDefinition,
  group: RollupGroup,
  days: readonly LongBucket[],
): string {
  return selectRawSql(definition, group, dayBuckets(definition, days))
}

function dayBuckets(definition: CubeDefinition, days: readonly LongBucket[]): RawBuckets {
  const { timeColumn } = definition.base
  // The ends, too, so that what lies between two of the days belongs to neither.
  const bounds = [...new Set(days.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const list = bounds.length > 0 ? bounds : [0]
  return {
    level: 'day',
    named: [`toDateTime(roundDown(toUnixTimestamp(${timeColumn}), [${list.join(', ')}]), 'UTC') AS day$`],
    bucket: 'day$',
    stepsOf: () => [],
    time: () => 'day$',
    where: daysCondition(definition, days),
  }
}

/** How many raw rows each day has, as `start$` and `count$`. */
export function countDaysSql(definition: CubeDefinition, days: readonly LongBucket[]): string {
  const { named, where } = dayBuckets(definition, days)
  return `WITH ${named.join(', ')}
SELECT toUnixTimestamp(day$) AS start$, count() AS count$ FROM ${definition.base.from} WHERE ${where} GROUP BY start$`
}

/** The raw rows of these days that belong to the cube. */
function daysCondition({ base }: CubeDefinition, days: readonly LongBucket[]): string {
  if (days.length === 0) return 'false'
  const runs: { from: number; to: number }[] = []
  for (const { from, to } of days.toSorted((a, b) => a.from - b.from)) {
    const last = runs.at(-1)
    if (last?.to === from) last.to = to
    else runs.push({ from, to })
  }
  const spans = runs.map((run) => `(${spanCondition(base.timeColumn, run)})`)
  return `(${spans.join(' OR ')}) AND (${base.where})`
}
