import { type CubeDefinition, STEP_SECONDS } from '@almanac/core/cubes/cube.ts'
import { insertRawSql, type RawBuckets, type RollupGroup, selectRawSql } from './raw-rows-sql.ts'

/** The rows of hours, made of the raw rows. The version is the parameter `version`. */

export function insertHoursSql(
  table: string,
  definition: CubeDefinition,
  group: RollupGroup,
  hours: readonly number[],
): string {
  return insertRawSql(table, definition, group, hourBuckets(definition, hours))
}

/** The rows that `insertHoursSql` writes. */
export function selectHoursSql(definition: CubeDefinition, group: RollupGroup, hours: readonly number[]): string {
  return selectRawSql(definition, group, hourBuckets(definition, hours))
}

function hourBuckets(definition: CubeDefinition, hours: readonly number[]): RawBuckets {
  const { timeColumn } = definition.base
  return {
    level: 'hour',
    named: [
      `${stepStart(timeColumn, STEP_SECONDS.hour)} AS hour$`,
      `${stepStart(timeColumn, STEP_SECONDS.quarter_hour)} AS quarter$`,
    ],
    bucket: 'hour$',
    stepsOf: ({ step }) => (step === 'quarter_hour' ? ['quarter$'] : []),
    time: stepTime,
    where: hoursCondition(definition, hours),
  }
}

// By elapsed time since 1970, whatever zone the column is shown in.
function stepStart(time: string, seconds: number): string {
  return `toDateTime(intDiv(toUnixTimestamp(${time}), ${seconds}) * ${seconds}, 'UTC')`
}

/** Rollups by the hour have the hour itself. */
function stepTime(sets: readonly (readonly string[])[]): string {
  const byQuarter = sets.filter((set) => set.includes('quarter$'))
  if (byQuarter.length === 0) return 'hour$'
  return byQuarter.length === sets.length ? 'quarter$' : 'if(grouping(quarter$) = 1, hour$, quarter$)'
}

/** The raw rows of these hours (starts in seconds) that belong to the cube. */
export function hoursCondition({ base }: CubeDefinition, hours: readonly number[]): string {
  if (hours.length === 0) return 'false'
  const spans = spansOf(hours).map((span) => `(${spanCondition(base.timeColumn, span)})`)
  const exact = `intDiv(toUnixTimestamp(${base.timeColumn}), ${HOUR}) * ${HOUR} IN (${hours.join(', ')})`
  return `(${spans.join(' OR ')}) AND ${exact} AND (${base.where})`
}

/**
 * For the index, which does not see through the arithmetic of the exact condition: the events' holds the start of the hour, which
 * in a column of another zone may lie up to an hour before.
 */
export function spanCondition(time: string, { from, to }: { readonly from: number; readonly to: number }): string {
  const at = (seconds: number) => `toDateTime(${seconds}, 'UTC')`
  const conditions = [`${time} >= ${at(from)}`, `${time} < ${at(to)}`, `toStartOfHour(${time}) < ${at(to)}`]
  if (from >= HOUR) conditions.push(`toStartOfHour(${time}) > ${at(from - HOUR)}`)
  return conditions.join(' AND ')
}

const HOUR: number = STEP_SECONDS.hour
const MAX_SPANS = 24

/** Stretches of time that have all of these hours, with as little in between as so few of them can. */
function spansOf(hours: readonly number[]): { from: number; to: number }[] {
  const sorted = hours.toSorted((a, b) => a - b)
  const gaps = sorted.flatMap((hour, i) => {
    const before = sorted[i - 1]
    return before === undefined || hour - before === HOUR ? [] : [{ i, seconds: hour - before }]
  })
  const cuts = gaps
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, MAX_SPANS - 1)
    .map(({ i }) => i)
    .sort((a, b) => a - b)
  return [0, ...cuts].map((start, n) => {
    const end = (cuts[n] ?? sorted.length) - 1
    return { from: sorted[start] as number, to: (sorted[end] as number) + HOUR }
  })
}
