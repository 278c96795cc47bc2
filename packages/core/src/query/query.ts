import { z } from 'zod'
import { GRAINS } from '../time/grain.ts'

/**
 * A question to a cube, as data: what the API takes, what the CLI builds from its flags and what a widget holds.
 * Names are checked against the cube's definition before any SQL is written (`query-sql.ts`).
 */

const filter = z.strictObject({
  dimension: z.string(),
  op: z.enum(['in', 'not_in', 'contains', 'starts_with']).default('in'),
  /** For `in` any of these, for `not_in` none of these; for the text operators any of these matches. */
  values: z
    .array(z.union([z.string(), z.number(), z.boolean()]))
    .min(1)
    .max(1000),
})

const order = z.strictObject({ by: z.string(), direction: z.enum(['asc', 'desc']).default('desc') })

/** `2015-05-17` (midnight in the query's zone) or an RFC 3339 instant. */
const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(T\S+)?$/, 'expected a date such as 2015-05-17 or an instant such as 2015-05-17T10:00:00Z')

export const Query = z.strictObject({
  cube: z.string(),
  measures: z.array(z.string()).min(1).max(20),
  dimensions: z.array(z.string()).max(10).default([]),
  filters: z.array(filter).max(50).default([]),
  /** Half-open: `from` is included, `to` is not. */
  from: moment,
  to: moment,
  /** Without a grain the whole range is one bucket, and rows carry no time. */
  grain: z.enum(GRAINS).optional(),
  /** IANA name. */
  timezone: z.string().default('UTC'),
  /** 1 is Monday (ISO 8601), 7 is Sunday. */
  firstDayOfWeek: z.int().min(1).max(7).default(1),
  order: z.array(order).max(5).default([]),
  limit: z.int().min(1).max(100_000).default(10_000),
})
export type Query = z.output<typeof Query>
export type QueryInput = z.input<typeof Query>
export type QueryFilter = Query['filters'][number]

const queryMeta = z.object({
  cube: z.string(),
  /** The tables that answered: the cube's, the raw events', or both. */
  tables: z.array(z.string()),
  sql: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  rowsRead: z.number(),
  bytesRead: z.number(),
  /** Of the engine, as it reports it. */
  elapsedMs: z.number(),
  timezone: z.string(),
  from: z.string(),
  to: z.string(),
  freshness: z.object({
    /** When the data was read. */
    asOf: z.string(),
    /** Receipt time of the newest event that is in the answer's table; absent when there is none yet. */
    newestEvent: z.string().optional(),
    /** Hours of the range that were touched since the cube was last computed, and so were read from the raw events. */
    touchedHours: z.number(),
    /** Bytes of the log that are acknowledged and not yet in the tables. */
    ingestLagBytes: z.number(),
  }),
})

export const QueryAnswer = z.object({
  /** `time` is the start of the bucket in the query's zone, with its offset; dimensions and measures go by their names. */
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  meta: queryMeta,
})
export type QueryAnswer = z.output<typeof QueryAnswer>
