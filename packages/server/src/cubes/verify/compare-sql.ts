import type { CubeDefinition, Rollup } from '@almanac/core/cubes/cube.ts'
import type { Level } from '@almanac/core/cubes/cube-state.ts'
import { hasState } from '@almanac/core/cubes/measure.ts'
import type { LongBucket } from '../compute/calendar-buckets.ts'
import { selectDayStatesSql } from '../compute/day-states-sql.ts'
import { selectHoursSql } from '../compute/hours-sql.ts'
import {
  type CountedBucket,
  countedCondition,
  type LongBucketsRequest,
  selectLongBucketsSql,
} from '../compute/long-buckets-sql.ts'
import type { RollupGroup } from '../compute/raw-rows-sql.ts'
import { type KeptDimension, type KeptPart, keptDimensions, keptParts } from '../table-sql.ts'

/**
 * What a cube's table has, against what would be made now: by bucket and `rows`, how many rows differ. Quantiles are estimates
 * that depend on the order of the rows, so of them only is compared whether there is one. The parameter `version` is any number.
 */
interface Compared {
  readonly table: string
  readonly definition: CubeDefinition
}

/** Hours, against the raw rows. `counted` are those of the hours that have rows in the table. */
export function compareHoursSql(
  { table, definition }: Compared,
  group: RollupGroup,
  hours: readonly number[],
  counted: readonly CountedBucket[],
): string {
  const dimensions = keptDimensions(definition).filter(({ name }) =>
    group.rollups.some((rollup) => rollup.dimensions.includes(name)),
  )
  return compareSql({
    table,
    definition,
    dimensions,
    parts: group.parts,
    expected: selectHoursSql(definition, group, hours),
    stored: `rollup IN (${group.rollups.map(({ index }) => index).join(', ')}) AND ${countedCondition('hour', counted)}`,
  })
}

/** What days have of raw rows alone, against those. */
export function compareDayStatesSql(
  { table, definition }: Compared,
  group: RollupGroup,
  days: readonly LongBucket[],
  counted: readonly CountedBucket[],
): string {
  return compareSql({
    table,
    definition,
    dimensions: keptDimensions(definition).filter(({ name }) =>
      group.rollups.some((rollup) => rollup.dimensions.includes(name)),
    ),
    parts: group.parts,
    expected: selectDayStatesSql(definition, group, days),
    stored: `rollup IN (${group.rollups.map(({ index }) => index).join(', ')}) AND ${countedCondition('day', counted)}`,
  })
}

/** Days against the hours that they are made of, or months against their days. */
export function compareLongBucketsSql(
  { table, definition }: Compared,
  request: LongBucketsRequest,
  counted: readonly CountedBucket[],
): string {
  return compareSql({
    table,
    definition,
    dimensions: keptDimensions(definition),
    parts: keptParts(definition),
    expected: selectLongBucketsSql(table, definition, request),
    // Days have them of raw rows.
    withoutStates: request.level === 'day' ? indexesByDay(definition) : [],
    stored: countedCondition(request.level, counted),
  })
}

/** Rows of versions that neither count nor are known to be garbage: a query would count them. */
export function strayRowsSql(
  table: string,
  level: Level,
  { from, to }: { readonly from: number; readonly to: number },
  known: readonly CountedBucket[],
): string {
  const pairs = known.map(({ start, version }) => `(${start}, ${version})`)
  return `SELECT toUnixTimestamp(bucket) AS start, version, count() AS rows FROM ${table}
WHERE level = '${level}' AND bucket >= toDateTime(${from}, 'UTC') AND bucket < toDateTime(${to}, 'UTC') AND version <= {version:UInt64}
  ${pairs.length > 0 ? `AND (toUnixTimestamp(bucket), version) NOT IN (${pairs.join(', ')})` : ''}
GROUP BY start, version ORDER BY start, version`
}

interface Sides extends Compared {
  readonly dimensions: readonly KeptDimension[]
  readonly parts: readonly KeptPart[]
  /** The rows that would be written. */
  readonly expected: string
  /** The condition on those that were. */
  readonly stored: string
  /** Rollups of which uniques and quantiles are not compared. */
  readonly withoutStates?: readonly number[]
}

function compareSql({ table, definition, dimensions, parts, expected, stored, withoutStates = [] }: Sides): string {
  const keys = ['rollup', 'bucket', 'time', ...dimensions.map(({ column }) => column)]
  const names = [
    'rollup',
    'level',
    'bucket',
    'time',
    'version',
    ...[...dimensions, ...parts].map(({ column }) => column),
  ]
  const merged = parts.map(({ column, merged }) => `${merged(column)} AS p_${column}`)
  // A value that is no number is unlike itself; its text is not.
  const isNumber = new Set(dimensions.filter(isFloat).map(({ column }) => column))
  const text = (side: string, key: string) => (isNumber.has(key) ? `toString(${side}.${key})` : `${side}.${key}`)
  const differences = parts.map((part) => {
    const difference = differs(definition, part, `made.${part.column}`, `kept.p_${part.column}`)
    const isLeftOut = withoutStates.length > 0 && hasState(definition.measures[part.measure])
    return isLeftOut ? `(made.rollup NOT IN (${withoutStates.join(', ')}) AND ${difference})` : difference
  })
  return `SELECT toUnixTimestamp(if(made.is_there = 1, made.bucket, kept.bucket)) AS start, count() AS rows
FROM (
  SELECT *, 1 AS is_there FROM (
${expected}
  ) AS named(${names.join(', ')})
) AS made
FULL OUTER JOIN (
  SELECT ${[...keys, ...merged].join(', ')}, 1 AS is_there FROM ${table}
  WHERE ${stored}
  GROUP BY ${keys.map((key) => `\`${key}\``).join(', ')}
) AS kept ON ${keys.map((key) => `${text('made', key)} = ${text('kept', key)}`).join(' AND ')}
WHERE ${['made.is_there != kept.is_there', ...differences].join('\n  OR ')}
GROUP BY start ORDER BY start`
}

const isFloat = ({ dimension }: KeptDimension) => dimension.kind !== 'buckets' && dimension.type === 'number'

/** Sums of floating point numbers depend on their order. */
const PRECISION = '1e-6'

function differs(definition: CubeDefinition, part: KeptPart, made: string, kept: string): string {
  const measure = definition.measures[part.measure]
  const finished = `finalizeAggregation(${made}) != finalizeAggregation(${kept})`
  switch (measure?.class) {
    case 'additive':
    case 'decomposable':
      if (!part.type.includes('Float64')) return `${made} != ${kept}`
      return `abs(${made} - ${kept}) > ${PRECISION} * greatest(1, abs(${made}), abs(${kept}))`
    case 'extremal':
      return `ifNull(${made} != ${kept}, isNull(${made}) != isNull(${kept}))`
    case 'mergeable':
      if (measure.state.kind === 'persons') return `bitmapXorCardinality(${made}, ${kept}) != 0`
      if (measure.state.kind === 'uniq') return finished
      return `isFinite(finalizeAggregation(${made})) != isFinite(finalizeAggregation(${kept}))`
    case 'last_value': {
      // Without the dimensions that tell its things apart, which of several values is the last is not said.
      const rollups = indexesWith(definition.rollups, measure.per)
      return rollups.length === 0 ? 'false' : `(made.rollup IN (${rollups.join(', ')}) AND ${finished})`
    }
    default:
      return 'false'
  }
}

function indexesByDay({ rollups }: CubeDefinition): number[] {
  return rollups.flatMap(({ states }, i) => (states === 'day' ? [i] : []))
}

function indexesWith(rollups: readonly Rollup[], dimensions: readonly string[]): number[] {
  return rollups.flatMap((rollup, i) => (dimensions.every((name) => rollup.dimensions.includes(name)) ? [i] : []))
}
