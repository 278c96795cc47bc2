import type { CubeDefinition, Dimension, Rollup } from '@almanac/core/cubes/cube.ts'
import { LEVELS } from '@almanac/core/cubes/cube-state.ts'
import { hasState } from '@almanac/core/cubes/measure.ts'
import { columnType, isWide } from '@almanac/core/cubes/sql/dimension-sql.ts'
import { type MeasurePart, partsOf } from '@almanac/core/cubes/sql/measure-sql.ts'
import { mergeTree, onCluster } from '../clickhouse/table-engines.ts'

/** The table of a cube; what its columns mean is said in `cube-state.ts`. */

export interface KeptDimension {
  readonly name: string
  readonly column: string
  readonly dimension: Exclude<Dimension, { kind: 'calendar' }>
}

export function keptDimensions({ dimensions }: CubeDefinition): KeptDimension[] {
  return Object.entries(dimensions).flatMap(([name, dimension]) =>
    dimension.kind === 'calendar' ? [] : [{ name, column: `d_${name}`, dimension }],
  )
}

export interface KeptPart extends MeasurePart {
  readonly measure: string
  readonly column: string
}

/** The parts of all measures that are kept, or of those that a rollup keeps. */
export function keptParts(
  { measures, base }: CubeDefinition,
  { measures: only }: Pick<Rollup, 'measures'> = {},
): KeptPart[] {
  return Object.entries(measures).flatMap(([name, measure]) => {
    if (only && !only.includes(name)) return []
    return partsOf(measure, base).map((part) => ({ ...part, measure: name, column: `m_${name}${part.suffix}` }))
  })
}

/** What is made of raw rows at a level: by the hour all that a rollup keeps, or by the day what it does not keep by the hour. */
export function rawParts(definition: CubeDefinition, rollup: Rollup, level: 'hour' | 'day'): KeptPart[] {
  const kept = keptParts(definition, rollup)
  if (rollup.states !== 'day') return level === 'hour' ? kept : []
  return kept.filter(({ measure }) => hasState(definition.measures[measure]) === (level === 'day'))
}

const DURABLE = 'fsync_after_insert = 1, fsync_part_directory = 1'

export function createTableSql(table: string, definition: CubeDefinition, cluster: string): string {
  const dimensions = keptDimensions(definition)
  const levels = LEVELS.map((level, i) => `'${level}' = ${i}`).join(', ')
  const columns = [
    'rollup UInt8 CODEC(ZSTD)',
    `level Enum8(${levels}) CODEC(ZSTD)`,
    `bucket DateTime('UTC') CODEC(Delta, ZSTD)`,
    `time DateTime('UTC') CODEC(Delta, ZSTD)`,
    'version UInt64 CODEC(Delta, ZSTD)',
    ...dimensions.map(({ column, dimension }) => `${column} ${columnType(dimension)} CODEC(ZSTD)`),
    ...keptParts(definition).map(({ column, type }) => `${column} ${type} CODEC(${codecOf(type)})`),
  ]
  return `CREATE TABLE IF NOT EXISTS ${table} ${onCluster(cluster)} (
  ${columns.join(',\n  ')}
)
ENGINE = ${mergeTree('AggregatingMergeTree', cluster)}
PARTITION BY (level, if(level = 'month', toYear(bucket), toYYYYMM(bucket)))
ORDER BY (${sortingKey(definition).join(', ')})
SETTINGS index_granularity = ${ROWS_PER_GRANULE}, ${DURABLE}`
}

/** Few: a row holds states of kilobytes, and a query wants those of some values out of many. */
const ROWS_PER_GRANULE = 256

function codecOf(type: string): string {
  return type === 'SimpleAggregateFunction(sum, Int64)' ? 'T64, ZSTD' : 'ZSTD'
}

/**
 * Dimensions that every query filters on come first, those with many values behind the others, and time last: the rows of one
 * value lie together. Time is what the partitions are for.
 */
function sortingKey(definition: CubeDefinition): string[] {
  const dimensions = keptDimensions(definition)
  const isInAll = ({ name }: KeptDimension) => definition.rollups.every((rollup) => rollup.dimensions.includes(name))
  const first = dimensions.filter(isInAll)
  const others = dimensions.filter((dimension) => !isInAll(dimension))
  const columns = (list: readonly KeptDimension[]) => list.map(({ column }) => column)
  return [
    'rollup',
    'level',
    ...columns(first.filter((dimension) => !isLong(dimension))),
    ...columns(others.filter((dimension) => !isLong(dimension))),
    ...columns([...first, ...others].filter(isLong)),
    'bucket',
    'time',
    'version',
  ]
}

const isLong = ({ dimension }: KeptDimension) => isWide(dimension)

export function dropTableSql(table: string, cluster: string): string {
  return `DROP TABLE IF EXISTS ${table} ${onCluster(cluster)} SYNC`
}
