import type { CubeBase, CubeDefinition, Dimension } from '@almanac/core/cubes/cube.ts'
import { formulaSql, namesIn, parseFormula } from '@almanac/core/cubes/formula/formula.ts'
import type { ImportedState } from '@almanac/core/cubes/measure.ts'
import { dimensionSql, isWide, lookupJoin, typeOf } from '@almanac/core/cubes/sql/dimension-sql.ts'
import { personJoin } from '@almanac/core/cubes/sql/person-sql.ts'
import { quotedText } from '@almanac/core/sql/quoted-text.ts'
import { measureColumn } from '../feeds/feed-columns.ts'
import { BI_GRAINS, type BiGrain, bucketSql } from './bucket-date.ts'
import { cast, finishedSql, rowSql } from './view-measures.ts'

/** A view for tools that read ClickHouse by themselves. Right at every moment: it reads the raw rows. */
export interface BiView {
  readonly name: string
  /** Says what the columns mean; shown by tools. */
  readonly comment: string
  readonly select: string
}

/**
 * The views of a cube: for each grain `<cube>_<grain>` with a row for each bucket and combination of dimensions, and
 * `<cube>_<grain>_total` with a row for each bucket; and `<cube>_rows`, the raw rows, in which a tool can count different
 * persons by anything. Wide dimensions are only there. The cube's default filters hold in all of them.
 */
export function biViews(cube: CubeDefinition): BiView[] {
  const dimensions = keptDimensions(cube)
  const narrow = dimensions.filter(({ dimension }) => !isWide(dimension))
  const grouped = BI_GRAINS.flatMap((grain) => [
    groupedView(cube, `${cube.name}_${grain}`, grain, narrow),
    groupedView(cube, `${cube.name}_${grain}_total`, grain, []),
  ])
  return [...grouped, rowsView(cube, dimensions)]
}

type KeptDimension = Exclude<Dimension, { kind: 'calendar' }>
interface NamedDimension {
  readonly name: string
  readonly dimension: KeptDimension
}

function keptDimensions(cube: CubeDefinition): NamedDimension[] {
  return Object.entries(cube.dimensions).flatMap(([name, dimension]) =>
    dimension.kind === 'calendar' ? [] : [{ name, dimension }],
  )
}

function groupedView(
  cube: CubeDefinition,
  name: string,
  grain: BiGrain,
  dimensions: readonly NamedDimension[],
): BiView {
  const { base, calendar } = cube
  const finished = finishedMeasures(cube, grain, dimensions)
  const measures = Object.keys(cube.measures).flatMap((measureName) => {
    const sql = columnSql(cube, measureName, finished)
    return sql === undefined ? [] : [{ measureName, sql }]
  })
  // Names of their own inside: in ClickHouse a name given to a column takes the place of the table's column everywhere.
  const inner = [
    `${bucketSql(grain, base.timeColumn, calendar)} AS bi_time`,
    ...dimensions.map(({ name: key, dimension }) => `${dimensionSql(key, dimension)} AS bi_d_${word(key)}`),
    ...Object.entries(finished).map(([key, sql]) => `${sql} AS bi_m_${word(key)}`),
  ]
  const outer = [
    'bi_time AS `time`',
    ...dimensions.map(({ name: key, dimension }) => `${shown(`bi_d_${key}`, dimension)} AS \`${key}\``),
    ...measures.map(({ measureName, sql }) => `${sql} AS \`${outerName(cube, measureName, grain)}\``),
  ]
  const keys = inner.slice(0, 1 + dimensions.length).map((_, i) => i + 1)
  const added = measures.filter(({ measureName }) => cube.measures[measureName]?.class === 'additive')
  const by = dimensions.length > 0 ? `${grain} and combination of dimensions` : grain
  return {
    name: word(name),
    comment: `${cube.label}: a row for each ${by}, ${calendar.timezone}. ${addingUp(added.map((one) => one.measureName))}`,
    select: `SELECT ${outer.join(', ')}
FROM (
SELECT ${inner.join(', ')}
FROM ${viewFrom(cube, dimensions)}
WHERE ${whereOf(cube)}
GROUP BY ${keys.join(', ')}
)`,
  }
}

function rowsView(cube: CubeDefinition, dimensions: readonly NamedDimension[]): BiView {
  const { base, calendar } = cube
  const measures = Object.entries(cube.measures).flatMap(([name, measure]) =>
    rowSql(measure, base).map(({ suffix, sql }) => ({ name: `${name}${suffix}`, sql })),
  )
  const columns = [
    { name: 'time', sql: `toTimeZone(toDateTime64(${base.timeColumn}, 3), ${quotedText(calendar.timezone)})` },
    ...dimensions.map(({ name, dimension }) => ({ name, sql: shown(dimensionSql(name, dimension), dimension) })),
    ...measures,
  ]
  return {
    name: `${word(cube.name)}_rows`,
    comment: `${cube.label}: the raw rows. Add up figures; count the different values of columns that end in _key.`,
    select: `SELECT ${columns.map(({ name }) => `bi_${name} AS \`${word(name)}\``).join(', ')}
FROM (
SELECT ${columns.map(({ name, sql }) => `${sql} AS bi_${name}`).join(', ')}
FROM ${viewFrom(cube, dimensions)}
WHERE ${whereOf(cube)}
)`,
  }
}

function shown(sql: string, dimension: KeptDimension): string {
  const type = typeOf(dimension)
  return type === 'string' ? sql : cast(sql, type === 'number' ? 'Float64' : 'Bool')
}

function addingUp(names: readonly string[]): string {
  return names.length > 0 ? `Over rows only these add up: ${names.join(', ')}.` : 'Nothing in it adds up over rows.'
}

const outerName = (cube: CubeDefinition, name: string, grain: BiGrain) => {
  const measure = cube.measures[name]
  return word(measure ? measureColumn(name, measure, grain) : name)
}

/** Of each measure that has a right value in every row of the view, which windows and imported figures seldom have. */
function finishedMeasures(cube: CubeDefinition, grain: BiGrain, dimensions: readonly NamedDimension[]) {
  const by = dimensions.map(({ name }) => name)
  return Object.fromEntries(
    Object.entries(cube.measures).flatMap(([name, measure]) => {
      // Followers of several accounts: their sum, and not those of the account that was counted last.
      if (measure.class === 'last_value' && !measure.per.every((key) => by.includes(key))) return []
      const { class: kind } = measure
      const isImported = kind === 'exact' && measure.state.kind === 'imported'
      const sql = isImported ? importedSql(measure.state, cube.base, grain, by) : finishedSql(measure, cube.base)
      return sql === undefined ? [] : [[name, sql]]
    }),
  )
}

function importedSql(
  { of, grain, by }: ImportedState,
  { timeColumn }: CubeBase,
  wanted: BiGrain,
  dimensions: readonly string[],
): string | undefined {
  const isTheirs = grain === wanted && by.length === dimensions.length && by.every((name) => dimensions.includes(name))
  return isTheirs ? `argMax(toFloat64(${of}), ${timeColumn})` : undefined
}

/** Over the columns inside. */
function columnSql(cube: CubeDefinition, name: string, finished: Readonly<Record<string, string>>): string | undefined {
  const measure = cube.measures[name]
  if (measure?.class !== 'derived') return finished[name] === undefined ? undefined : `bi_m_${word(name)}`
  const formula = parseFormula(measure.formula)
  const inputs = new Map([...namesIn(formula)].map((input) => [input, columnSql(cube, input, finished)]))
  if ([...inputs.values()].includes(undefined)) return undefined
  return `(${formulaSql(formula, (input) => inputs.get(input) as string)})`
}

function viewFrom({ base, dimensions, defaultFilters }: CubeDefinition, shown: readonly NamedDimension[]): string {
  const used = new Set([...shown.map(({ name }) => name), ...Object.keys(defaultFilters)])
  const lookups = [...used].flatMap((name) => {
    const dimension = dimensions[name]
    return dimension?.kind === 'lookup' ? [lookupJoin(name, dimension)] : []
  })
  const persons = base.person ? personJoin(base.person) : ''
  return [`${base.from}${base.isReplacing ? ' FINAL' : ''}`, persons, ...lookups]
    .filter((part) => part !== '')
    .join('\n')
}

function whereOf({ base, dimensions, defaultFilters }: CubeDefinition): string {
  const filters = Object.entries(defaultFilters).flatMap(([name, values]) => {
    const dimension = dimensions[name]
    if (!dimension || dimension.kind === 'calendar') return []
    return [`${dimensionSql(name, dimension)} IN (${values.map(valueSql).join(', ')})`]
  })
  return [`(${base.where})`, ...filters].join(' AND ')
}

const valueSql = (value: string | number | boolean) => (typeof value === 'string' ? quotedText(value) : String(value))

/** Definitions are checked; what stands in a name of SQL is looked at once more. */
function word(name: string): string {
  if (!/^\w+$/.test(name)) throw new Error(`${JSON.stringify(name)} is no name for a view or a column`)
  return name
}
