import type { Grain } from '../time/grain.ts'

/**
 * Measures by how they add up. The class of a measure decides how it is kept and which reads are right for it; a class has
 * no operation that would be wrong, so no caller can ask for one. Everything that depends on the class is a `switch` over
 * the union.
 */
export type Measure =
  | AdditiveMeasure
  | ExtremalMeasure
  | DecomposableMeasure
  | MergeableMeasure
  | LastValueMeasure
  | ExactMeasure
  | DerivedMeasure
  | WindowMeasure

export type MeasureFormat = 'integer' | 'decimal' | 'bytes' | 'percent' | 'currency' | 'seconds' | 'milliseconds'

interface MeasureBase {
  readonly label: string
  readonly description?: string
  readonly format: MeasureFormat
  /** ISO 4217, for `currency`. */
  readonly currency?: string
  /** `lower` turns the colour of a delta around: fewer errors are good. */
  readonly better: 'higher' | 'lower'
  /** What stands where there are no rows. */
  readonly gaps: 'zero' | 'null' | 'previous'
}

/** Adds up over time and over dimensions: counts and sums. */
export interface AdditiveMeasure extends MeasureBase {
  readonly class: 'additive'
  readonly part: Addend
}

/** A count of rows, or a sum of an expression; of the rows for which `only` is true. */
export interface Addend {
  /** Absent: rows are counted. */
  readonly of?: string
  readonly only?: string
  /** Integers are exact up to 2^63; decimals are added as Decimal with four digits, or as floating point numbers. */
  readonly number: 'integer' | 'decimal' | 'float'
}

/** The least or the greatest: of several, the least or greatest of them. */
export interface ExtremalMeasure extends MeasureBase {
  readonly class: 'extremal'
  readonly aggregate: 'min' | 'max'
  readonly of: string
  readonly only?: string
}

/** Made of two that add up, which are kept instead of it: averages and ratios. Nothing where the denominator is 0. */
export interface DecomposableMeasure extends MeasureBase {
  readonly class: 'decomposable'
  readonly numerator: Addend
  readonly denominator: Addend
}

/** Kept as a state and merged, never summed: uniques and quantiles. */
export interface MergeableMeasure extends MeasureBase {
  readonly class: 'mergeable'
  readonly state: UniqState | QuantileState
  readonly only?: string
}

/** How many different ones. Persons are numbered, so that their states are exact and small. */
export type UniqState =
  | { readonly kind: 'persons' }
  | { readonly kind: 'uniq'; readonly of: string; readonly isExact: boolean }
/** By a t-digest: the error is largest in the middle, about 1 %. `level` is between 0 and 1. */
export interface QuantileState {
  readonly kind: 'quantile'
  readonly of: string
  readonly level: number
}

/**
 * The last (or first) value over time, summed over dimensions: followers, balances, stock. Each thing that has such a value
 * is told from the others by the dimensions in `per`.
 */
export interface LastValueMeasure extends MeasureBase {
  readonly class: 'last_value'
  readonly pick: 'first' | 'last'
  readonly of: string
  readonly per: readonly string[]
}

/** Neither adds up nor merges. */
export interface ExactMeasure extends MeasureBase {
  readonly class: 'exact'
  readonly state: MedianState | ImportedState
}
/** Of all raw rows, each time. */
export interface MedianState {
  readonly kind: 'median'
  readonly of: string
  readonly only?: string
}
/** A figure that another system computed for one grain and for these dimensions, and that says nothing about any other. */
export interface ImportedState {
  readonly kind: 'imported'
  readonly of: string
  readonly grain: Grain
  readonly by: readonly string[]
}

/** Computed from other measures of the cube after they are finished: `revenue / visitors`. See `formula.ts`. */
export interface DerivedMeasure extends MeasureBase {
  readonly class: 'derived'
  readonly formula: string
}

/** Another measure of the cube over another stretch of time than the bucket's own. */
export interface WindowMeasure extends MeasureBase {
  readonly class: 'window'
  readonly measure: string
  readonly window: Window
}
export type Window =
  /** The days up to the end of the bucket: monthly active users of every day. */
  | { readonly kind: 'trailing'; readonly days: number }
  /** From the start of the longer bucket to the end of this one: month to date. */
  | { readonly kind: 'to_date'; readonly grain: Grain }
  /** The mean of its values by a finer grain: average daily users of a month. Buckets that have not begun do not count. */
  | { readonly kind: 'mean'; readonly grain: Grain }
  /** Divided by its value over all values of the dimensions, with the same filters: the share of the total. */
  | { readonly kind: 'share' }

/** Whether it is kept as a state, which is large beside a number. */
export const hasState = (measure: Measure | undefined) => measure?.class === 'mergeable'

/** Whether persons are counted, who need numbers. */
export function countsPersons(measure: Measure | undefined): boolean {
  return measure?.class === 'mergeable' && measure.state.kind === 'persons'
}
