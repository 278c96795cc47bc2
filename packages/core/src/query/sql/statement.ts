import type { CubeDefinition } from '../../cubes/cube.ts'
import type { CubeSnapshot, CubeTable } from '../../cubes/cube-state.ts'
import type { Run } from '../resolve/cover.ts'
import { leavesOf, type ResolvedFilter } from '../resolve/resolve-filter.ts'
import type { NamedDimension, QueryCalendar } from '../resolve/resolve-query.ts'
import { type FilterSql, filterSql } from './filter-sql.ts'
import { bindList } from './list-parameter.ts'

/** Where a cube's rows are at one moment; absent while it has no table, and then all is read from raw rows. */
export interface CubeStorage {
  readonly table: CubeTable
  readonly snapshot: CubeSnapshot
}

export type Scalar = string | number | boolean

/** Only these combinations of the dimensions, each an entry of every list; with `rest`, all others as one. */
export interface Keys {
  readonly values: readonly (readonly Scalar[])[]
  readonly rest: boolean
}

export interface RejectedRollup {
  readonly rollup: readonly string[]
  readonly reason: string
}

interface About {
  readonly cube: CubeDefinition
  readonly dimensions: readonly NamedDimension[]
  readonly filters: readonly ResolvedFilter[]
  readonly calendar: QueryCalendar
  readonly storage: CubeStorage | undefined
  readonly keys: Keys | undefined
  readonly nowMs: number
}

/** A statement while it is written: what it is about, and what its parts need, read and turned down. */
export class Statement {
  readonly cube: CubeDefinition
  readonly dimensions: readonly NamedDimension[]
  readonly calendar: QueryCalendar
  readonly storage: CubeStorage | undefined
  readonly keys: Keys | undefined
  readonly parameters: Record<string, unknown> = {}
  readonly tables = new Set<string>()
  readonly rejected: RejectedRollup[] = []
  rollup: readonly string[] | undefined
  /** Milliseconds since 1970: what has not begun by then is not there yet. */
  readonly nowMs: number
  readonly filters: readonly FilterSql[]
  /** The dimensions that filters need, beside those that rows are grouped by. */
  readonly filtered: readonly NamedDimension[]
  readonly #about: About
  #counter = { count: 0 }

  constructor(about: About) {
    this.#about = about
    this.nowMs = about.nowMs
    this.cube = about.cube
    this.dimensions = about.dimensions
    this.calendar = about.calendar
    this.storage = about.storage
    this.keys = about.keys
    this.filters = about.filters.map((filter, i) => filterSql(filter, `f${i}`, this.parameters))
    const leaves = about.filters.flatMap(leavesOf)
    this.filtered = [...new Map(leaves.map(({ name, dimension }) => [name, { name, dimension }])).values()]
    if ([...this.dimensions, ...this.filtered].some(({ dimension }) => dimension.kind === 'calendar')) {
      this.parameters.zone = about.calendar.timezone
    }
  }

  /** A parameter with a name that no other one has. */
  bind(name: string, type: string, value: unknown): string {
    const key = `${name}_${this.#counter.count++}`
    this.parameters[key] = value
    return `{${key}:${type}}`
  }

  /** A list of any length as such a parameter. */
  bindList(name: string, type: string, values: readonly Scalar[]): string {
    return bindList(this.parameters, `${name}_${this.#counter.count++}`, type, values)
  }

  /** The same statement over all rows together. What it binds and reads is this one's. */
  withoutDimensions(): Statement {
    const whole = new Statement({ ...this.#about, dimensions: [], keys: undefined })
    Object.assign(whole, { parameters: this.parameters, tables: this.tables, rejected: this.rejected })
    whole.#counter = this.#counter
    return whole
  }

  /** That a column of times lies in one of the runs. `more` is what else can be said of a time in a run, for an index. */
  inRuns(column: string, runs: readonly Run[], more: (run: Run) => readonly string[] = () => []): string {
    const [first] = runs
    const last = runs.at(-1)
    if (!first || !last) return 'false'
    const instant = (ms: number) => this.bind('t', 'DateTime64(3)', (ms / 1000).toFixed(3))
    const between = (run: Run) =>
      `(${[`${column} >= ${instant(run.from)}`, `${column} < ${instant(run.to)}`, ...more(run)].join(' AND ')})`
    // Each as it is, while they are few: the engine leaves out what lies between by its index.
    if (runs.length <= MOST_SINGLE_RUNS) return `(${runs.map(between).join(' OR ')})`
    const edges = this.bindList(
      'edges',
      'Int64',
      runs.flatMap(({ from, to }) => [from, to]),
    )
    const starts = this.bindList(
      'starts',
      'Int64',
      runs.map(({ from }) => from),
    )
    return `${between({ from: first.from, to: last.to })} AND roundDown(${millisecondsOf(column)}, ${edges}) IN ${starts}`
  }
}

const MOST_SINGLE_RUNS = 16

/** Since 1970, as Int64, of a column of type DateTime or DateTime64. */
export const millisecondsOf = (time: string) => `toUnixTimestamp64Milli(toDateTime64(${time}, 3, 'UTC'))`
