import { AppError, type Issue } from '../../errors.ts'
import { isTimeZone } from '../../time/moment.ts'
import { hasPartHours } from '../../time/part-hours.ts'
import type { CubeBase, CubeDefinition, DimensionType, Rollup } from '../cube.ts'
import { keptDimensionIssue } from '../kept-dimension.ts'
import type { PersonColumn } from '../sql/person-sql.ts'
import { checkCube } from './check-cube.ts'
import type { DimensionInput } from './dimension-input.ts'
import { issuesOfInput } from './input-form.ts'
import { shownByDefault } from './measure-defaults.ts'
import type { ImportedInput, LastInput, MeasureInput, WindowInput } from './measure-input.ts'
import { described } from './schema-issues.ts'

/**
 * What a person writes to define a cube. The result is plain data, complete and checked; this module brings everything that is
 * needed to write one.
 */

export { buckets, calendar, column, lookup, property } from './dimension-input.ts'
export {
  average,
  count,
  first,
  formula,
  imported,
  last,
  max,
  mean,
  median,
  min,
  persons,
  quantile,
  ratio,
  shareOf,
  sum,
  toDate,
  trailing,
  uniq,
} from './measure-input.ts'

type Dimensions = Readonly<Record<string, DimensionInput>>
type Measures = Readonly<Record<string, MeasureInput>>

interface BaseOptions {
  /** A column or an expression of type DateTime or DateTime64. */
  readonly time: string
  /** The rows that belong to the cube; by default all. */
  readonly where?: string
  /** Who stands behind a row, for `persons()`. */
  readonly person?: PersonColumn
}
interface TableBase extends BaseOptions {
  readonly table: string
  /** Only the last state of each row counts: the table replaces rows. */
  readonly isReplacing?: boolean
}
interface SqlBase extends BaseOptions {
  /** A query that reads these tables. */
  readonly sql: string
  readonly tables: readonly string[]
}

interface RollupInput<DimensionName extends string, MeasureName extends string> {
  /** Beside those in `always`. */
  readonly dimensions: readonly DimensionName[]
  /** By default all that can be kept. */
  readonly measures?: readonly MeasureName[]
  /** By default an hour, or a quarter of one where the zone's clocks need it. */
  readonly step?: Rollup['step']
  /** The finest time of uniques and quantiles: by default the step where only the dimensions of `always` are kept, else the day. */
  readonly states?: 'step' | 'day'
}

interface CubeInput<D extends Dimensions, M extends Measures, RD extends string, RM extends string> {
  readonly name: string
  /** By default the name. */
  readonly label?: string
  readonly description?: string
  readonly base: TableBase | SqlBase
  /** IANA name; by default UTC. */
  readonly timezone?: string
  /** 1 is Monday, which is the default, 7 is Sunday. */
  readonly firstDayOfWeek?: number
  /** The month in which quarters and years start; by default January, which is 1. */
  readonly fiscalYearStart?: number
  readonly dimensions: D
  readonly measures: M & CheckedMeasures<D, M>
  /** Applied unless the query filters on the dimension itself. */
  readonly defaultFilters?: DefaultFilters<NoInfer<D>>
  /** Dimensions of every rollup, beside those of the default filters: what nearly every query filters by. */
  readonly always?: readonly KeptName<NoInfer<D>>[]
  /** By default one without further dimensions, and one by each dimension. */
  readonly rollups?: readonly RollupInput<RD & Known<RD, KeptName<D>>, RM & Known<RM, StoredName<M>>>[]
}

/** Dimensions that can be kept: all but parts of the calendar. */
type KeptName<D extends Dimensions> = {
  [Name in keyof D]: D[Name] extends { readonly kind: 'calendar' } ? never : Name
}[keyof D] &
  string

type DefaultFilters<D extends Dimensions> = {
  readonly [Name in keyof D]?: readonly ValueOf<D[Name]>[]
}
type ValueOf<D> = D extends { readonly type: infer Type extends DimensionType }
  ? { string: string; number: number; boolean: boolean }[Type]
  : D extends { readonly kind: 'calendar' }
    ? number
    : string

/** Where a measure names others or dimensions, only names that are there. */
type CheckedMeasures<D extends Dimensions, M extends Measures> = {
  readonly [Name in keyof M]: M[Name] extends LastInput<infer _>
    ? LastInput<KeptName<D>>
    : M[Name] extends ImportedInput<infer _>
      ? ImportedInput<KeptName<D>>
      : M[Name] extends WindowInput<infer _>
        ? WindowInput<BaseName<M>>
        : unknown
}
/** Measures that can be put together over any stretch of time. */
type BaseName<M extends Measures> = {
  [Name in keyof M]: M[Name] extends { readonly class: 'additive' | 'extremal' | 'decomposable' | 'mergeable' }
    ? Name
    : never
}[keyof M] &
  string

/** Measures that rollups have columns for. */
type StoredName<M extends Measures> =
  | BaseName<M>
  | ({ [Name in keyof M]: M[Name] extends { readonly class: 'last_value' } ? Name : never }[keyof M] & string)

/** Names in a list that was computed are any text to the compiler, and are checked when it runs. */
type Known<Name extends string, All extends string> = string extends Name ? string : All

/** Throws one `invalid_config` with all issues. */
export function defineCube<
  const D extends Dimensions,
  const M extends Measures,
  const RD extends string = string,
  const RM extends string = string,
>(cube: CubeInput<D, M, RD, RM>): CubeDefinition {
  const issues = issuesOfInput(cube)
  if (issues.length > 0) throw mistakes(cube, issues)
  const input = cube as unknown as PlainInput
  const checked = checkCube(completed(input))
  const unknown = (input.always ?? []).flatMap((name, i) => keptDimensionIssue(input.dimensions, name, ['always', i]))
  if ('definition' in checked && unknown.length === 0) return checked.definition
  const found = 'issues' in checked ? checked.issues.flatMap((issue) => asWritten(issue, input)) : []
  throw mistakes(cube, [...found, ...unknown])
}

function mistakes(cube: { readonly name: string } | undefined, issues: readonly Issue[]): AppError {
  const list = issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  const count = issues.length === 1 ? 'a mistake' : `${issues.length} mistakes`
  return new AppError('invalid_config', `the cube ${described(cube?.name)} has ${count}: ${list}`, { issues })
}

/** At its place in what was written; a table stands in two places of the definition. */
function asWritten({ path, message }: Issue, { base }: PlainInput): Issue[] {
  const [first, second, ...rest] = path
  if (first === 'calendar' && second !== undefined) return [{ path: [second, ...rest], message }]
  if (first !== 'base') return [{ path, message }]
  if (second === 'timeColumn') return [{ path: [first, 'time'], message }]
  if (second === 'from') return [{ path: [first, 'sql' in base ? 'sql' : 'table'], message }]
  return second === 'tables' && !('sql' in base) ? [] : [{ path, message }]
}

/** Without what only the compiler looks at. */
interface PlainInput extends Omit<CubeInput<Dimensions, Measures, string, string>, 'measures'> {
  readonly measures: Measures
}

function completed(cube: PlainInput): unknown {
  const { name, label, description, base, timezone = 'UTC', firstDayOfWeek = 1, fiscalYearStart = 1, ...rest } = cube
  const { dimensions, measures, defaultFilters = {}, always, rollups, ...unknown } = rest
  const step = isTimeZone(timezone) && hasPartHours(timezone) ? 'quarter_hour' : 'hour'
  return plain({
    ...unknown,
    name,
    label: label ?? labelOf(name),
    description,
    base: completedBase(base),
    calendar: { timezone, firstDayOfWeek, fiscalYearStart },
    dimensions: mapped(dimensions, (dimension, key) => ({ label: labelOf(key), ...plain(dimension) })),
    measures: mapped(measures, (measure, key) => ({
      label: labelOf(key),
      ...shownByDefault(measure, measures),
      ...plain(measure),
    })),
    defaultFilters,
    rollups: completedRollups(cube, step),
  })
}

function completedBase(base: TableBase | SqlBase): Partial<CubeBase> {
  const { time, where = 'true', ...rest } = base
  if ('sql' in rest) {
    const { sql, tables, ...more } = rest
    return plain({ from: `(${sql}) AS base`, tables, where, timeColumn: time, ...more })
  }
  const { table, isReplacing, ...more } = rest
  return plain({ from: table, tables: [table], where, timeColumn: time, ...(isReplacing && { isReplacing }), ...more })
}

/** Each once, although two may become the same by the dimensions that are always there. */
function completedRollups(
  { dimensions, defaultFilters = {}, always = [], rollups }: PlainInput,
  step: Rollup['step'],
): Rollup[] {
  const kept = Object.keys(dimensions).filter((name) => dimensions[name]?.kind !== 'calendar')
  const everywhere = [...new Set([...Object.keys(defaultFilters), ...always])].filter((name) => kept.includes(name))
  const usual: RollupInput<string, string>[] = [
    { dimensions: [], step: 'quarter_hour' },
    ...kept.filter((name) => !everywhere.includes(name)).map((name) => ({ dimensions: [name] })),
  ]
  const all = (rollups ?? usual).map(({ states, ...rollup }): Rollup => {
    const all = [...new Set([...everywhere, ...rollup.dimensions])]
    const isByDay = (states ?? (all.length > everywhere.length ? 'day' : 'step')) === 'day'
    return { ...plain(rollup), dimensions: all, step: rollup.step ?? step, ...(isByDay && { states: 'day' }) }
  })
  return [...new Map(all.map((rollup) => [JSON.stringify(rollup), rollup])).values()]
}

/** `campaign_source` is "Campaign source". */
function labelOf(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function mapped<T, U>(record: Readonly<Record<string, T>>, of: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value, key)]))
}

/** Without what is undefined, so that it is the same after a round trip through JSON. */
function plain<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T
}
