import type { CalendarPart } from '@almanac/core/cubes/cube.ts'
import type { Grain } from '@almanac/core/time/grain.ts'
import type { Calendar } from './buckets.ts'
import type { Scalar } from './filters.ts'

/** A cube as the reference sees it: functions over plain objects in place of SQL over rows. */
export interface ReferenceCube<R> {
  readonly calendar: Calendar
  /** Milliseconds; no two rows of one thing at the same time, or its last value would be anybody's guess. */
  readonly timeMs: (row: R) => number
  /** Which rows belong to the cube. */
  readonly isPart: (row: R) => boolean
  readonly dimensions: Readonly<Record<string, ReferenceDimension<R>>>
  readonly measures: Readonly<Record<string, ReferenceMeasure<R>>>
  readonly defaultFilters: Readonly<Record<string, readonly Scalar[]>>
}

export type ReferenceDimension<R> =
  /** Values are sorted as they stand in `order`, if there is one. */
  { readonly of: (row: R) => Scalar; readonly order?: readonly string[] } | { readonly calendar: CalendarPart }

type NumberOf<R> = (row: R) => number
type Condition<R> = (row: R) => boolean

export type ReferenceMeasure<R> = {
  readonly gaps: 'zero' | 'null' | 'previous'
} & (
  | { readonly kind: 'sum'; readonly of: NumberOf<R>; readonly only?: Condition<R> }
  | { readonly kind: 'least'; readonly of: NumberOf<R>; readonly only?: Condition<R> }
  | { readonly kind: 'greatest'; readonly of: NumberOf<R>; readonly only?: Condition<R> }
  | { readonly kind: 'ratio'; readonly numerator: NumberOf<R>; readonly denominator: NumberOf<R> }
  | { readonly kind: 'different'; readonly of: (row: R) => string | undefined; readonly isAbout?: true }
  | { readonly kind: 'quantile'; readonly of: NumberOf<R>; readonly level: number; readonly only?: Condition<R> }
  | { readonly kind: 'first'; readonly of: NumberOf<R>; readonly thing: (row: R) => string }
  | { readonly kind: 'last'; readonly of: NumberOf<R>; readonly thing: (row: R) => string }
  | { readonly kind: 'median'; readonly of: NumberOf<R>; readonly only?: Condition<R> }
  | { readonly kind: 'imported'; readonly of: NumberOf<R> }
  | { readonly kind: 'formula'; readonly of: (value: (measure: string) => number | null) => number | null }
  | { readonly kind: 'trailing'; readonly measure: string; readonly days: number }
  | { readonly kind: 'to_date'; readonly measure: string; readonly grain: Grain }
  | { readonly kind: 'mean'; readonly measure: string; readonly grain: Grain }
  | { readonly kind: 'share'; readonly measure: string }
)

/** Where the engine only promises to be near: what is right lies between these. */
export interface About {
  readonly low: number
  readonly high: number
}
export type ReferenceValue = number | null | About

export const isAbout = (value: ReferenceValue | Scalar | undefined): value is About =>
  typeof value === 'object' && value !== null
