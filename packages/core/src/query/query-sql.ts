import { baseSql, finalSql, partSql } from '../cubes/measure-sql.ts'
import type { ResolvedFilter, ResolvedQuery } from './resolve-query.ts'

/**
 * A query as SQL for ClickHouse. It reads settled hours from the cube's table and touched ones from the raw events, both
 * as parts that are then merged, so that an answer never mixes a settled part with a second count of the same events.
 *
 * Names come from the cube's definition, values are bound parameters; no text of a request is part of the SQL.
 */

/** What the metadata says of the cube at one moment. With it, a query sees one state of every hour. */
export interface CubeSnapshot {
  /** Starts of the hours, in seconds, whose rows in the cube do not yet include all raw events. */
  readonly touchedHours: readonly number[]
  /** Versions that do not count: being written, or replaced and not yet deleted. */
  readonly garbage: readonly { readonly hour: number; readonly version: number }[]
  /** Rows of later versions came after the snapshot. */
  readonly version: number
}

export interface QuerySql {
  readonly text: string
  readonly parameters: Record<string, unknown>
  readonly tables: string[]
}

const HOUR = 3600
/** The cube's rows are kept by quarters of an hour, because some zones lie at :30 and :45. */
export const CUBE_STEP_SECONDS = 900

export function querySql(query: ResolvedQuery, snapshot: CubeSnapshot, cubeTable: string): QuerySql {
  const parameters = queryParameters(query)
  const conditions = query.filters.map((filter, i) => filterSql(filter, i, parameters))
  const plan = planSources(query, snapshot)
  const parts = [
    ...(plan.readsCube ? [cubePart(query, plan.rawHours, snapshot, cubeTable, conditions, parameters)] : []),
    ...(plan.readsRaw ? [rawPart(query, plan.rawHours, conditions, parameters)] : []),
  ]
  const columns = [
    ...(query.buckets ? ['toUnixTimestamp(bucket) AS time'] : []),
    ...query.dimensions.map(({ name }) => `d_${name} AS ${name}`),
    ...query.measures.map(({ name, measure }) => `${finalSql(measure, `m_${name}`)} AS ${name}`),
  ]
  const keys = [...(query.buckets ? ['bucket'] : []), ...query.dimensions.map(({ name }) => `d_${name}`)]
  return {
    text: `SELECT ${columns.join(', ')}
FROM (
${parts.join('\n  UNION ALL\n')}
)${keys.length > 0 ? `\nGROUP BY ${keys.join(', ')}` : ''}
ORDER BY ${query.order.map(({ by, direction }) => `${by} ${direction.toUpperCase()}`).join(', ')}
LIMIT {limit:UInt32}`,
    parameters,
    tables: [...(plan.readsCube ? [cubeTable] : []), ...(plan.readsRaw ? [query.cube.base.table] : [])],
  }
}

interface SourcePlan {
  /** Hours, or parts of them at the range's ends, that are read from the raw events; undefined means all of them. */
  readonly rawHours: readonly number[] | undefined
  readonly readsCube: boolean
  readonly readsRaw: boolean
}

function planSources(query: ResolvedQuery, snapshot: CubeSnapshot): SourcePlan {
  const from = query.from.epochMilliseconds / 1000
  const to = query.to.epochMilliseconds / 1000
  const starts = query.buckets?.map((bucket) => bucket.epochMilliseconds / 1000) ?? []
  // Some zones had offsets of odd minutes or seconds (Monrovia until 1972): no cube has such a bucket.
  if (starts.some((start) => start % CUBE_STEP_SECONDS !== 0))
    return { rawHours: undefined, readsCube: false, readsRaw: true }

  const edges = [from, to].filter((edge) => edge % CUBE_STEP_SECONDS !== 0).map(hourOf)
  const touched = snapshot.touchedHours.filter((hour) => hour + HOUR > from && hour < to)
  const rawHours = [...new Set([...touched, ...edges])].sort((a, b) => a - b)
  return { rawHours, readsCube: true, readsRaw: rawHours.length > 0 }
}

const hourOf = (seconds: number) => Math.floor(seconds / HOUR) * HOUR

function queryParameters(query: ResolvedQuery): Record<string, unknown> {
  return {
    from: decimalSeconds(query.from.epochMilliseconds),
    to: decimalSeconds(query.to.epochMilliseconds),
    limit: query.limit,
    ...(query.buckets && { buckets: storable(query.buckets.map(startSeconds)) }),
  }
}

const startSeconds = (bucket: Temporal.ZonedDateTime) => Math.floor(bucket.epochMilliseconds / 1000)
// ClickHouse's DateTime ends in 2106. No event lies outside of it, so a bucket out there is empty and need not be told.
function storable(starts: readonly number[]): number[] {
  const inside = starts.filter((seconds) => seconds >= 0 && seconds < 2 ** 32)
  return inside.length > 0 ? inside : [0]
}

const decimalSeconds = (milliseconds: number) => (milliseconds / 1000).toFixed(3)

function cubePart(
  query: ResolvedQuery,
  rawHours: readonly number[] | undefined,
  snapshot: CubeSnapshot,
  table: string,
  conditions: readonly Condition[],
  parameters: Record<string, unknown>,
): string {
  parameters.version = snapshot.version
  const where = ['time >= {from:DateTime64(3)}', 'time < {to:DateTime64(3)}', 'version <= {version:UInt64}']
  if (rawHours && rawHours.length > 0) {
    parameters.rawHours = rawHours
    where.push('NOT has({rawHours:Array(UInt32)}, toUnixTimestamp(hour))')
  }
  if (snapshot.garbage.length > 0) {
    parameters.garbageHours = snapshot.garbage.map(({ hour }) => hour)
    parameters.garbageVersions = snapshot.garbage.map(({ version }) => version)
    where.push(
      'NOT has(arrayZip({garbageHours:Array(UInt32)}, {garbageVersions:Array(UInt64)}), (toUnixTimestamp(hour), version))',
    )
  }
  const columns = [
    ...bucketColumn(query, 'time'),
    ...query.dimensions.map(({ name }) => `${name} AS d_${name}`),
    ...query.measures.map(({ name }) => `${name} AS m_${name}`),
  ]
  const filters = query.filters.map(({ name }, i) => conditions[i]?.(name))
  return `  SELECT ${columns.join(', ')}
  FROM ${table}
  WHERE ${[...where, ...filters].join(' AND ')}`
}

function rawPart(
  query: ResolvedQuery,
  rawHours: readonly number[] | undefined,
  conditions: readonly Condition[],
  parameters: Record<string, unknown>,
): string {
  const { timeColumn, where: belongs } = query.cube.base
  const where = [`${timeColumn} >= {from:DateTime64(3)}`, `${timeColumn} < {to:DateTime64(3)}`, `(${belongs})`]
  if (rawHours) {
    parameters.rawHours = rawHours
    // As instants on the left side's own type, so that the primary key, which holds the hour, is used.
    where.push(`toStartOfHour(${timeColumn}) IN (SELECT toDateTime(arrayJoin({rawHours:Array(UInt32)}), 'UTC'))`)
  }
  const keys = [...(query.buckets ? ['bucket'] : []), ...query.dimensions.map(({ name }) => `d_${name}`)]
  const columns = [
    ...bucketColumn(query, timeColumn),
    ...query.dimensions.map(({ name, dimension }) => `${dimension.sql} AS d_${name}`),
    ...query.measures.map(({ name, measure }) => `${partSql(measure)} AS m_${name}`),
  ]
  const filters = query.filters.map(({ dimension }, i) => conditions[i]?.(dimension.sql))
  const measures = query.measures.map(({ measure }) => measure)
  const from = baseSql(query.cube.base, measures)
  return `  SELECT ${columns.join(', ')}
  FROM ${from}
  WHERE ${[...where, ...filters].join(' AND ')}${keys.length > 0 ? `\n  GROUP BY ${keys.join(', ')}` : ''}`
}

// The bucket of a time is the last start that is not after it: a look-up in Temporal's list, not a second calendar.
function bucketColumn(query: ResolvedQuery, timeColumn: string): string[] {
  if (!query.buckets) return []
  return [`toDateTime(roundDown(toUnixTimestamp(${timeColumn}), {buckets:Array(UInt32)}), 'UTC') AS bucket`]
}

const ARRAY_TYPE = { string: 'Array(String)', number: 'Array(Int64)', boolean: 'Array(Bool)' } as const

/** Of the dimension: a column in the cube, an expression over the raw table. */
type Condition = (dimension: string) => string

function filterSql(filter: ResolvedFilter, i: number, parameters: Record<string, unknown>): Condition {
  const name = `f${i}`
  parameters[name] = filter.values
  const values = `{${name}:${ARRAY_TYPE[filter.dimension.type]}}`
  switch (filter.op) {
    case 'in':
      return (dimension) => `has(${values}, ${dimension})`
    case 'not_in':
      return (dimension) => `NOT has(${values}, ${dimension})`
    case 'contains':
      return (dimension) => `arrayExists(value -> position(${dimension}, value) > 0, ${values})`
    case 'starts_with':
      return (dimension) => `arrayExists(value -> startsWith(${dimension}, value), ${values})`
  }
}
