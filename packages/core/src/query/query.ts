import { z } from 'zod'
import { GRAINS } from '../time/grain.ts'
import { QueryFilter } from './filter.ts'

/**
 * A question to a cube, as data: what the API takes, what the CLI builds from its flags and what a widget holds.
 * Names are checked against the cube's definition before any SQL is written (`resolve-query.ts`).
 */

/** `2015-05-17` (midnight in the query's zone) or an RFC 3339 instant. */
export const Moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(T\S+)?$/, 'expected a date such as 2015-05-17 or an instant such as 2015-05-17T10:00:00Z')

const Direction = z.enum(['asc', 'desc'])
const Order = z.strictObject({ by: z.string(), direction: Direction.default('desc') })

export const Comparison = z
  .strictObject({
    /** Which time to compare with: the range of equal length that ends where this one begins, or the same one earlier. */
    with: z.enum(['previous_period', 'previous_week', 'previous_month', 'previous_quarter', 'previous_year']),
    /**
     * `date` keeps the day of the month, `weekday` the day of the week (364 days for a year, 28 for a month, 91 for a
     * quarter).
     */
    align: z.enum(['date', 'weekday']).default('date'),
    /** Compares as much as has passed: what lies after now is left out on the other side, too. */
    toDate: z.boolean().default(false),
    /** The name of its columns, such as `visitors:previous_year`; by default what it is compared with. */
    as: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,63}$/, 'expected a name of lower case letters, digits and _')
      .optional(),
  })
  .meta({ description: 'Another stretch of time beside the one that is asked for.' })
export type Comparison = z.output<typeof Comparison>

const Having = z.strictObject({
  measure: z.string(),
  op: z.enum(['gt', 'gte', 'lt', 'lte', 'eq', 'neq']),
  value: z.number(),
})

const Top = z
  .strictObject({
    /** A measure of the query. */
    by: z.string(),
    count: z.int().min(1).max(1000),
    direction: Direction.default('desc'),
    /** One more row for everything else, counted exactly: its dimensions are null and `isRest` is true. */
    rest: z.boolean().default(false),
  })
  .meta({ description: 'Only the combinations of dimensions that are greatest over the whole range.' })

export const Query = z.strictObject({
  cube: z.string(),
  measures: z.array(z.string()).min(1).max(20),
  dimensions: z.array(z.string()).max(10).default([]),
  /** All of them hold. */
  filters: z.array(QueryFilter).max(50).default([]),
  /** Filters that were saved by name; all of them hold. */
  segments: z.array(z.string()).max(10).default([]),
  /** Half-open: `from` is included, `to` is not. */
  from: Moment,
  to: Moment,
  /** Without a grain the whole range is one bucket, and rows carry no time. */
  grain: z.enum(GRAINS).optional(),
  /** IANA name; without one, the cube's own. */
  timezone: z.string().optional(),
  /** 1 is Monday (ISO 8601), 7 is Sunday; without one, the cube's own. */
  firstDayOfWeek: z.int().min(1).max(7).optional(),
  /** The month in which quarters and years start; without one, the cube's own. */
  fiscalYearStart: z.int().min(1).max(12).optional(),
  compare: z.array(Comparison).max(4).default([]),
  having: z.array(Having).max(10).default([]),
  top: Top.optional(),
  /** Totals over these sets of dimensions, `[]` for all of them together: by the engine, never from the rows. */
  totals: z.array(z.array(z.string()).max(10)).max(10).default([]),
  order: z.array(Order).max(5).default([]),
  limit: z.int().min(1).max(100_000).default(10_000),
})
export type Query = z.output<typeof Query>
export type QueryInput = z.input<typeof Query>

const Value = z.union([z.string(), z.number(), z.boolean(), z.null()])
export type Value = z.output<typeof Value>
const Row = z.record(z.string(), Value)
export type Row = z.output<typeof Row>

const Column = z.object({
  /** The key in the rows. */
  name: z.string(),
  kind: z.enum(['time', 'dimension', 'measure', 'comparison', 'flag']),
  type: z.enum(['time', 'string', 'number', 'boolean']),
  label: z.string(),
  format: z.string().optional(),
  currency: z.string().optional(),
  /** Behind the number: 12.5 with the unit % is an eighth more, while a measure with the format percent would be 0.125. */
  unit: z.string().optional(),
  better: z.enum(['higher', 'lower']).optional(),
  class: z.string().optional(),
  /** Of a column of a comparison: the measure, the comparison, and what of it. */
  measure: z.string().optional(),
  comparison: z.string().optional(),
  part: z.enum(['value', 'difference', 'percent', 'time']).optional(),
})
export type Column = z.output<typeof Column>

const Rejected = z.object({
  /** The dimensions of a rollup. */
  rollup: z.array(z.string()),
  reason: z.string(),
})

const queryMeta = z.object({
  cube: z.string(),
  /** The tables that answered: the cube's, the raw rows', or both. */
  tables: z.array(z.string()),
  /** The rollup that was read, by its dimensions; absent when all came from raw rows. */
  rollup: z.array(z.string()).optional(),
  /** Why no smaller or no other rollup was read. */
  rejected: z.array(Rejected),
  sql: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  /** The statements of the comparisons and of a top list. */
  furtherSql: z.array(
    z.object({ purpose: z.string(), sql: z.string(), parameters: z.record(z.string(), z.unknown()) }),
  ),
  rowsRead: z.number(),
  bytesRead: z.number(),
  /** Of the engine, as it reports it. */
  elapsedMs: z.number(),
  timezone: z.string(),
  firstDayOfWeek: z.number(),
  fiscalYearStart: z.number(),
  from: z.string(),
  to: z.string(),
  comparisons: z.array(z.object({ name: z.string(), from: z.string(), to: z.string() })),
  /** There were more rows than the limit. */
  truncated: z.boolean(),
  freshness: z.object({
    /** When the data was read. */
    asOf: z.string(),
    /** Receipt time of the newest event that is in the answer's table; absent when there is none yet. */
    newestEvent: z.string().optional(),
    /** Hours of the range that were touched since the cube was last computed, and so were read from the raw rows. */
    touchedHours: z.number(),
    /** Bytes of the log that are acknowledged and not yet in the tables. */
    ingestLagBytes: z.number(),
    /** The first bucket that has not ended yet: it and those after it can still grow. Absent when all have ended. */
    openFrom: z.string().optional(),
  }),
})
export type QueryMeta = z.output<typeof queryMeta>

export const QueryAnswer = z.object({
  columns: z.array(Column),
  /** `time` is the start of the bucket in the query's zone, with its offset; dimensions and measures go by their names. */
  rows: z.array(Row),
  /** One entry for each set that was asked for, in that order; rows as above, by the dimensions of the set. */
  totals: z.array(z.object({ dimensions: z.array(z.string()), rows: z.array(Row) })),
  meta: queryMeta,
})
export type QueryAnswer = z.output<typeof QueryAnswer>
