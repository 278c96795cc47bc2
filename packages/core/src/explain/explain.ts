import { z } from 'zod'
import { Moment, Query } from '../query/query.ts'

/**
 * What stands behind one value of an answer, as data: the value again with its SQL, the words of its definition, the values
 * that it is computed from, the buckets of the cube, the batches that brought the rows, and on request the rows themselves.
 */

/** A value of an answer: of the bucket that starts at `time`, for these values of dimensions. What is left out is summed up. */
const Cell = z
  .strictObject({
    /** Start of the bucket, as in the row of the answer or as a day; only where the query has a grain. */
    time: Moment.optional(),
    dimensions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  })
  .meta({ description: 'One value of an answer, by the time and the dimensions of its row.' })
export type Cell = z.output<typeof Cell>

const QueryOfOne = Query.refine(({ measures }) => measures.length === 1, {
  path: ['measures'],
  message: 'expected the one measure whose value is to be explained',
})

export const ExplainRequest = z.strictObject({ query: QueryOfOne, cell: Cell.prefault({}) })
export type ExplainRequest = z.output<typeof ExplainRequest>
export type ExplainRequestInput = z.input<typeof ExplainRequest>

const ROWS_PER_PAGE = 50

export const ExplainRowsRequest = z.strictObject({
  query: QueryOfOne,
  cell: Cell.prefault({}),
  /** From the page before. */
  cursor: z.string().max(500).optional(),
  limit: z.int().min(1).max(1000).default(ROWS_PER_PAGE),
})
export type ExplainRowsRequest = z.output<typeof ExplainRowsRequest>
export type ExplainRowsRequestInput = z.input<typeof ExplainRowsRequest>

const Value = z.union([z.string(), z.number(), z.boolean(), z.null()])
const Statement = z.object({ sql: z.string(), parameters: z.record(z.string(), z.unknown()) })

const Bucket = z.object({
  level: z.enum(['hour', 'day', 'month']),
  /** Start, in UTC. */
  from: z.string(),
  /** When it was last made of raw rows; null when never. */
  computedAt: z.string().nullable(),
  version: z.number(),
  /** Rows have changed since: until it is made anew, its rows are read from the raw table. */
  isTouched: z.boolean(),
})
export type Bucket = z.output<typeof Bucket>

const Batch = z.object({
  rows: z.number(),
  /** A file that was imported; null for what clients sent. */
  import: z.object({ id: z.string(), fileName: z.string().nullable(), format: z.string().nullable() }).nullable(),
  /** Where its events stand in the log: from the first to the last position. */
  log: z.object({ id: z.string(), firstPosition: z.string(), lastPosition: z.string() }),
  firstReceivedAt: z.string(),
  lastReceivedAt: z.string(),
})
export type Batch = z.output<typeof Batch>

const Behind = z.object({
  /** Raw rows that the measure takes. For a count it is the value. */
  rowCount: z.number(),
  /** Different persons among them, where the measure counts persons. */
  persons: z.number().optional(),
  buckets: z.object({ shown: z.array(Bucket), count: z.number(), oldestComputedAt: z.string().nullable() }),
  /** Largest first; empty where the table does not know how its rows came. */
  batches: z.object({ shown: z.array(Batch), count: z.number() }),
})
export type Behind = z.output<typeof Behind>

const explained = z.object({
  measure: z.string(),
  label: z.string(),
  class: z.string(),
  format: z.string(),
  description: z.string().optional(),
  /** How the value is made. */
  howMade: z.string(),
  /** What may be done with several of them. */
  howItAddsUp: z.string(),
  formula: z.string().optional(),
  value: Value,
  from: z.string(),
  to: z.string(),
  dimensions: z.record(z.string(), Value),
  statement: Statement,
  furtherStatements: z.array(Statement.extend({ purpose: z.string() })),
  tables: z.array(z.string()),
  rollup: z.array(z.string()).optional(),
  asOf: z.string(),
  /** The value can still grow: its time has not ended. */
  isOpen: z.boolean(),
  /** Absent for what is computed from other measures. */
  behind: Behind.optional(),
  /** What `POST /api/v1/explain` takes for this value alone, and `POST /api/v1/explain/rows` for the rows behind it. */
  request: z.object({ query: Query, cell: Cell }),
  /** The values of a finer grain that it is the mean of. */
  series: z.array(z.object({ time: z.string(), value: Value })).optional(),
})

export interface Explained extends z.output<typeof explained> {
  /** The values that it is computed from, each with its role, such as `revenue` in a formula. */
  readonly inputs: readonly { readonly role: string; readonly explained: Explained }[]
}

const Explained: z.ZodType<Explained> = z
  .lazy(() => explained.extend({ inputs: z.array(z.object({ role: z.string(), explained: Explained })) }))
  .meta({ id: 'Explained', description: 'A value, and those that it is computed from.' })

export const Explanation = z.object({
  cube: z.object({
    name: z.string(),
    label: z.string(),
    description: z.string().optional(),
    tables: z.array(z.string()),
    rows: z.string(),
    timeColumn: z.string(),
    timezone: z.string(),
  }),
  explained: Explained,
})
export type Explanation = z.output<typeof Explanation>

const RawRow = z.object({
  time: z.string(),
  /** What the measure takes of the row. */
  counted: z.record(z.string(), z.unknown()),
  /** The columns that are set: what is empty, zero or false says nothing. */
  columns: z.record(z.string(), z.unknown()),
})
export type RawRow = z.output<typeof RawRow>

export const ExplainedRows = z.object({
  /** Oldest first. */
  rows: z.array(RawRow),
  /** For the next page; absent on the last one. */
  cursor: z.string().optional(),
})
export type ExplainedRows = z.output<typeof ExplainedRows>

export const ExplainedPersons = z.object({
  /** In the order of their ids. */
  persons: z.array(
    z.object({
      /** As in the column `person_id` of SQL's `identities`, and `visitor_id` of whoever is nobody else. */
      person: z.string(),
      rows: z.number(),
      firstAt: z.string(),
      lastAt: z.string(),
    }),
  ),
  /** For the next page; absent on the last one. */
  cursor: z.string().optional(),
})
export type ExplainedPersons = z.output<typeof ExplainedPersons>
