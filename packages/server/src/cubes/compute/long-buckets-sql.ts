import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { Level } from '@almanac/core/cubes/cube-state.ts'
import { keptDimensions, keptParts } from '../table-sql.ts'
import type { LongBucket, LongLevel } from './calendar-buckets.ts'

/** The rows of days, made of the rows of hours, and those of months, made of those of days. The version is the parameter `version`. */

/** A finer bucket, and the version of its rows that counts. */
export interface CountedBucket {
  readonly start: number
  readonly version: number
}

export const FINER = { day: 'hour', month: 'day' } as const satisfies Record<LongLevel, Level>

export interface LongBucketsRequest {
  readonly level: LongLevel
  readonly buckets: readonly LongBucket[]
  /** All those that overlap the buckets. */
  readonly finer: readonly CountedBucket[]
}

export function insertLongBucketsSql(table: string, definition: CubeDefinition, request: LongBucketsRequest): string {
  const kept = [...keptDimensions(definition), ...keptParts(definition)].map(({ column }) => column)
  return `INSERT INTO ${table} (${['rollup', 'level', 'bucket', 'time', 'version', ...kept].join(', ')})
${selectLongBucketsSql(table, definition, request)}`
}

/** The rows that `insertLongBucketsSql` writes. */
export function selectLongBucketsSql(
  table: string,
  definition: CubeDefinition,
  { level, buckets, finer }: LongBucketsRequest,
): string {
  const dimensions = keptDimensions(definition).map(({ column }) => column)
  const parts = keptParts(definition).map(({ column, merged }) => merged(column))
  const starts = buckets.map(({ from }) => from)
  // The ends, too, so that what lies between two of the buckets belongs to neither.
  const bounds = [...new Set(buckets.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const values = [
    'rollup',
    `'${level}'`,
    `toDateTime(k_start, 'UTC')`,
    `toDateTime(k_start, 'UTC')`,
    '{version:UInt64}',
  ]
  return `WITH roundDown(toUnixTimestamp(time), [${bounds.join(', ')}]) AS k_start
SELECT ${[...values, ...dimensions, ...parts].join(', ')}
FROM ${table}
WHERE ${countedCondition(FINER[level], finer)} AND time >= toDateTime(${bounds[0]}, 'UTC') AND k_start IN (${starts.join(', ')})
GROUP BY ${['k_start', 'rollup', ...dimensions].join(', ')}`
}

/** The rows of these buckets that count. */
export function countedCondition(level: Level, buckets: readonly CountedBucket[]): string {
  if (buckets.length === 0) return 'false'
  const starts = buckets.map(({ start }) => start)
  const [first, last] = [starts.reduce((a, b) => Math.min(a, b)), starts.reduce((a, b) => Math.max(a, b))]
  const pairs = buckets.map(({ start, version }) => `(${start}, ${version})`)
  return `level = '${level}' AND bucket >= toDateTime(${first}, 'UTC') AND bucket <= toDateTime(${last}, 'UTC')
  AND (toUnixTimestamp(bucket), version) IN (${pairs.join(', ')})`
}
