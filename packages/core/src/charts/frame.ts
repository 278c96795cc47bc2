import type { MeasureFormat } from '../cubes/measure.ts'
import type { Column, QueryAnswer, Row } from '../query/query.ts'
import type { Grain } from '../time/grain.ts'

/**
 * What a chart is drawn from: a table with described columns, wherever it comes from (a cube's answer, a statement in SQL,
 * an uploaded file). Charts know frames and nothing of queries.
 */
export interface Frame {
  readonly columns: readonly Column[]
  /** By the names of the columns. Times are RFC 3339 with an offset. */
  readonly rows: readonly Row[]
  /** By the engine, never made from the rows: one entry for each set of dimensions, `[]` for all together. */
  readonly totals: readonly { readonly dimensions: readonly string[]; readonly rows: readonly Row[] }[]
  /** IANA name: in it times are read. */
  readonly timezone: string
  /** 1 is Monday. */
  readonly firstDayOfWeek: number
  /** How long a bucket of the column `time` is. */
  readonly grain: Grain | undefined
  /** Start of the first bucket that can still grow; buckets from it on are drawn as open. */
  readonly openFrom: string | undefined
  /** The stretch that was asked for, half-open. */
  readonly from: string | undefined
  readonly to: string | undefined
  /** What the rows are compared with, by the names that the columns carry. */
  readonly comparisons: readonly { readonly name: string; readonly from: string; readonly to: string }[]
  /** When the data was read. */
  readonly asOf: string | undefined
  /** There were more rows than the limit. */
  readonly isTruncated: boolean
}

/** What texts, images and embedded pages are drawn from. */
export const EMPTY_FRAME: Frame = {
  columns: [],
  rows: [],
  totals: [],
  timezone: 'UTC',
  firstDayOfWeek: 1,
  grain: undefined,
  openFrom: undefined,
  from: undefined,
  to: undefined,
  comparisons: [],
  asOf: undefined,
  isTruncated: false,
}

/** The formats of measures, and that of a column that is text or a time. */
export type ColumnFormat = MeasureFormat

export function frameOfAnswer({ columns, rows, totals, meta }: QueryAnswer, grain: Grain | undefined): Frame {
  return {
    columns,
    rows,
    totals,
    timezone: meta.timezone,
    firstDayOfWeek: meta.firstDayOfWeek,
    grain,
    openFrom: meta.freshness.openFrom,
    from: meta.from,
    to: meta.to,
    comparisons: meta.comparisons,
    asOf: meta.freshness.asOf,
    isTruncated: meta.truncated,
  }
}
