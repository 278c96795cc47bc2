import type { CubeDefinition, Rollup } from '@almanac/core/cubes/cube.ts'
import { dimensionSql } from '@almanac/core/cubes/sql/dimension-sql.ts'
import { rawFrom } from '@almanac/core/cubes/sql/raw-sql.ts'
import { keyName } from '@almanac/core/query/sql/own-names.ts'
import { type KeptPart, keptDimensions, rawParts } from '../table-sql.ts'

/** Rows of a cube made of the raw rows, for all rollups in one reading. The version is the parameter `version`. */

interface NumberedRollup extends Rollup {
  /** In the definition, and in the table. */
  readonly index: number
}

/** Rollups that keep the same measures: they are made in one reading of the raw rows. */
export interface RollupGroup {
  readonly rollups: readonly NumberedRollup[]
  readonly parts: readonly KeptPart[]
}

/** The rollups that have something made of raw rows at this level. */
export function rollupGroups(definition: CubeDefinition, level: 'hour' | 'day'): RollupGroup[] {
  const numbered = definition.rollups.map((rollup, index) => ({ ...rollup, index }))
  const columnsOf = (rollup: Rollup) => rawParts(definition, rollup, level).map(({ column }) => column)
  const groups = Map.groupBy(numbered, (rollup) => columnsOf(rollup).join())
  return [...groups.values()]
    .map((rollups) => ({ rollups, parts: rawParts(definition, rollups[0] as Rollup, level) }))
    .filter(({ parts }) => level === 'hour' || parts.length > 0)
}

/** What raw rows are grouped into. */
export interface RawBuckets {
  readonly level: 'hour' | 'day'
  /** Expressions with aliases, for the others to use. */
  readonly named: readonly string[]
  /** The alias of the bucket's start, and those that a rollup's rows are kept apart by in it. */
  readonly bucket: string
  readonly stepsOf: (rollup: Rollup) => readonly string[]
  /** The time of a row, given the keys of all rollups. */
  readonly time: (sets: readonly (readonly string[])[]) => string
  readonly where: string
}

export function insertRawSql(
  table: string,
  definition: CubeDefinition,
  group: RollupGroup,
  buckets: RawBuckets,
): string {
  const columns = [...dimensionsOf(definition, group), ...group.parts].map(({ column }) => column)
  return `INSERT INTO ${table} (${['rollup', 'level', 'bucket', 'time', 'version', ...columns].join(', ')})
${selectRawSql(definition, group, buckets)}`
}

function dimensionsOf(definition: CubeDefinition, { rollups }: RollupGroup) {
  return keptDimensions(definition).filter(({ name }) => rollups.some(({ dimensions }) => dimensions.includes(name)))
}

/** The rows that `insertRawSql` writes. */
export function selectRawSql(definition: CubeDefinition, group: RollupGroup, buckets: RawBuckets): string {
  const { level, bucket, stepsOf, time, where } = buckets
  const dimensions = dimensionsOf(definition, group)
  const measures = Object.entries(definition.measures).flatMap(([name, measure]) =>
    group.parts.some((part) => part.measure === name) ? [measure] : [],
  )
  const named = [
    ...buckets.named,
    ...dimensions.map(({ name, dimension }) => `${dimensionSql(name, dimension)} AS ${keyName(name)}`),
  ]
  const sets = group.rollups.map((rollup) => [
    bucket,
    ...stepsOf(rollup),
    ...dimensions.flatMap(({ name }) => (rollup.dimensions.includes(name) ? [keyName(name)] : [])),
  ])
  const values = [
    rollupIndex(group, sets),
    `'${level}'`,
    bucket,
    time(sets),
    '{version:UInt64}',
    ...dimensions.map(({ name }) => keyName(name)),
    ...group.parts.map(({ fromRaw }) => fromRaw),
  ]
  return `WITH ${named.join(', ')}
SELECT ${values.join(', ')}
FROM ${rawFrom(definition.base, { measures, dimensions }, where)}
WHERE ${where}
GROUP BY ${groupBy(sets)}`
}

function groupBy(sets: readonly (readonly string[])[]): string {
  const [first = []] = sets
  if (sets.length === 1) return first.join(', ')
  return `GROUPING SETS (${sets.map((set) => `(${set.join(', ')})`).join(', ')})`
}

/** Found by which of the keys are left out of the set. */
function rollupIndex({ rollups }: RollupGroup, sets: readonly (readonly string[])[]): string {
  if (rollups.length === 1) return `toUInt8(${rollups[0]?.index})`
  const keys = [...new Set(sets.flat())]
  const bits = sets.map((set) => keys.reduce((bits, key) => bits * 2 + (set.includes(key) ? 0 : 1), 0))
  const indexes = rollups.map(({ index }) => index)
  return `toUInt8(transform(grouping(${keys.join(', ')}), [${bits.join(', ')}], [${indexes.join(', ')}], 255))`
}
