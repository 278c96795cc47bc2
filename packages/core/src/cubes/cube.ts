/**
 * A cube: measures by dimensions by time over one table. The additivity class of a measure decides how it is stored
 * and which reads are right for it; a class has no operation that would be wrong, so no caller can ask for one.
 */
export interface CubeDefinition {
  readonly name: string
  readonly label: string
  /** The raw table that the cube is computed from, and the rows of it that belong to the cube. */
  readonly base: CubeBase
  readonly dimensions: Readonly<Record<string, Dimension>>
  readonly measures: Readonly<Record<string, Measure>>
  /** Applied unless the query filters on the dimension itself. */
  readonly defaultFilters: Readonly<Record<string, readonly (string | number | boolean)[]>>
}

export interface CubeBase {
  readonly table: string
  /** Only the last state of each row counts: the table replaces rows. */
  readonly isReplacing?: true
  /** What is looked up for each row, for the measures that say that they need it. */
  readonly join?: string
  readonly where: string
  readonly timeColumn: string
}

export interface Dimension {
  readonly label: string
  /** An expression over the raw table's columns. */
  readonly sql: string
  readonly type: 'string' | 'number' | 'boolean'
}

export type MeasureFormat = 'integer' | 'bytes' | 'percent'

interface MeasureBase {
  readonly label: string
  readonly format: MeasureFormat
  /** `lower` turns the colour of a delta around: fewer errors are good. */
  readonly better: 'higher' | 'lower'
  readonly usesJoin?: true
}

/** Adds up over time and over dimensions: counts and sums. */
export interface AdditiveMeasure extends MeasureBase {
  readonly class: 'additive'
  /** An aggregate over raw rows, such as `count()` or `sum(bytes)`. */
  readonly sql: string
}

/** Kept as a state and merged, never summed: uniques. */
export interface MergeableMeasure extends MeasureBase {
  readonly class: 'mergeable'
  /** The aggregate function; `-State` and `-Merge` are appended to it. */
  readonly aggregate: 'uniqExact'
  /** What it counts, over the raw table's columns, and the rows that have it. */
  readonly of: string
  readonly only: string
  /** The type of `of`, which is part of the state's type. */
  readonly ofType: 'UInt64'
}

export type Measure = AdditiveMeasure | MergeableMeasure
