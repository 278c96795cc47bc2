import type { Measure } from './measure.ts'
import type { PersonColumn } from './sql/person-sql.ts'

/**
 * A cube: measures by dimensions by time over one table. It is plain data, so that it can be kept beside the table that was
 * built by it, compared, and shown to a person. `define-cube.ts` is the way to write one; `check-cube.ts` says all that is
 * wrong with one.
 */
export interface CubeDefinition {
  /** Part of table names and addresses: lower case letters, digits and `_`. */
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly base: CubeBase
  readonly calendar: CubeCalendar
  readonly dimensions: Readonly<Record<string, Dimension>>
  readonly measures: Readonly<Record<string, Measure>>
  /** Applied unless the query filters on the dimension itself. */
  readonly defaultFilters: Readonly<Record<string, readonly (string | number | boolean)[]>>
  /** What is kept ready. A query that none of them can answer is answered from the raw rows. */
  readonly rollups: readonly Rollup[]
}

/** The raw rows. */
export interface CubeBase {
  /** A table, or a query in brackets with an alias that reads tables. */
  readonly from: string
  /** The tables whose changes touch the cube. */
  readonly tables: readonly string[]
  /** Only the last state of each row counts: the table replaces rows. */
  readonly isReplacing?: true
  /** The rows that belong to the cube. */
  readonly where: string
  /** A column or an expression of type DateTime or DateTime64. */
  readonly timeColumn: string
  /** Who stands behind a row, for measures that count persons. */
  readonly person?: PersonColumn
}

/** Of the days and of what is longer, which are kept ready; a query may ask for another one. */
export interface CubeCalendar {
  /** IANA name. */
  readonly timezone: string
  /** 1 is Monday (ISO 8601), 7 is Sunday. */
  readonly firstDayOfWeek: number
  /** The month in which a fiscal year starts, 1 to 12. */
  readonly fiscalYearStart: number
}

/** Measures by a few of the dimensions. */
export interface Rollup {
  readonly dimensions: readonly string[]
  /** Absent: all that can be kept. */
  readonly measures?: readonly string[]
  /** The finest time that is kept. Zones at :30 and :45 need quarters of an hour. */
  readonly step: 'quarter_hour' | 'hour'
  /**
   * Uniques and quantiles are kept by the day, and not by the step: their states are large, and by many dimensions and by the
   * hour about as large as the raw rows.
   */
  readonly states?: 'day'
}

export const STEP_SECONDS = { quarter_hour: 900, hour: 3600 } as const satisfies Record<Rollup['step'], number>

export type DimensionType = 'string' | 'number' | 'boolean'

interface DimensionBase {
  readonly label: string
  readonly description?: string
}

/** A column or any expression over the raw rows, never NULL. */
export interface ExpressionDimension extends DimensionBase {
  readonly kind: 'expression'
  readonly sql: string
  readonly type: DimensionType
  /** Tens of thousands of values and more. */
  readonly isWide?: true
}

/** A property of events by its path, such as `plan` or `cart.size`. */
export interface PropertyDimension extends DimensionBase {
  readonly kind: 'property'
  readonly path: string
  readonly type: DimensionType
  readonly isWide?: true
}

/** A value of another table, found by a key; empty where there is none. */
export interface LookupDimension extends DimensionBase {
  readonly kind: 'lookup'
  readonly table: string
  /** Columns of that table. */
  readonly key: string
  readonly value: string
  /** The expression over the raw rows that the key is compared with, as text. */
  readonly of: string
  readonly type: DimensionType
  readonly isWide?: true
}

/** Ranges of a number: below the first bound, between each two, from the last one on. */
export interface BucketsDimension extends DimensionBase {
  readonly kind: 'buckets'
  readonly of: string
  /** Ascending; each belongs to the range above it. */
  readonly bounds: readonly number[]
  readonly unit?: string
}

/** A part of the calendar in the query's zone; weekdays by the query's first day of the week. */
export interface CalendarDimension extends DimensionBase {
  readonly kind: 'calendar'
  readonly part: CalendarPart
}
/** Hours 0 to 23, days of the week 1 (Monday) to 7, days 1 to 31, ISO weeks 1 to 53, months 1 to 12. */
export const CALENDAR_PARTS = ['hour_of_day', 'day_of_week', 'day_of_month', 'week_of_year', 'month_of_year'] as const
export type CalendarPart = (typeof CALENDAR_PARTS)[number]

export type Dimension = ExpressionDimension | PropertyDimension | LookupDimension | BucketsDimension | CalendarDimension
