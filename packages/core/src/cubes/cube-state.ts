import type { CubeDefinition } from './cube.ts'

/**
 * How a cube is kept. One table holds all of its rollups at three levels: hours (in steps of a quarter of an hour or an hour),
 * days and months of the cube's zone. Days are made of hours and months of days. Every bucket of a level is replaced as a whole,
 * under a version; PostgreSQL says which versions count and which buckets no longer hold all raw rows.
 *
 * The columns of the table:
 *
 *   rollup   UInt8              the index in the definition's `rollups`
 *   level    Enum8              'hour', 'day', 'month'
 *   bucket   DateTime('UTC')    start of the hour, day or month: what is replaced as a whole
 *   time     DateTime('UTC')    start of the step inside an hour; the bucket itself in days and months
 *   version  UInt64
 *   d_<dimension>               one for each dimension; the type's default in rollups without it
 *   m_<measure>[_<part>]        the parts of each measure, see `partsOf` in `measure-sql.ts`
 */
export const LEVELS = ['hour', 'day', 'month'] as const
export type Level = (typeof LEVELS)[number]

/** A definition and its table: a changed definition has a table of its own, which is built beside the old one. */
export interface CubeTable {
  readonly id: number
  readonly definition: CubeDefinition
  /** With no raw rows lost: buckets that were never computed are touched. */
  readonly table: string
}

/** What the metadata says of a cube's table at one moment. With it, a query sees one state of every bucket. */
export interface CubeSnapshot {
  /** Starts in seconds, ascending, of buckets whose rows do not yet include all raw rows, by level. */
  readonly touched: Readonly<Record<Level, readonly number[]>>
  /** Versions that do not count: being written, or replaced and not yet deleted. */
  readonly garbage: readonly { readonly level: Level; readonly bucket: number; readonly version: number }[]
  /** Rows of later versions came after the snapshot. */
  readonly version: number
  /**
   * How far each log is in the table of events, not included: rows at this position and behind it belong to batches that came
   * later, or of which only a part may be there.
   */
  readonly committed: readonly { readonly logId: string; readonly position: number }[]
  /** How many have a number to be counted by, at most. */
  readonly persons: number
}
