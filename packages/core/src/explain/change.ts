import { z } from 'zod'
import { QueryFilter } from '../query/filter.ts'
import { Moment } from '../query/query.ts'

/** Which slices account for the difference between two stretches of time, as data. */

const Range = z.strictObject({ from: Moment, to: Moment })

export const ChangeRequest = z.strictObject({
  cube: z.string(),
  /** One that adds up, or a ratio of two that do. */
  measure: z.string(),
  filters: z.array(QueryFilter).max(50).default([]),
  segments: z.array(z.string()).max(10).default([]),
  current: Range,
  previous: Range,
  timezone: z.string().optional(),
  /** Where to look; by default in all dimensions but parts of the calendar. */
  dimensions: z.array(z.string()).min(1).max(30).optional(),
  /** How many slices are listed, over all dimensions and of each one. */
  limit: z.int().min(1).max(100).default(10),
})
export type ChangeRequest = z.output<typeof ChangeRequest>
export type ChangeRequestInput = z.input<typeof ChangeRequest>

const Side = z.object({
  value: z.number().nullable(),
  /** Of a ratio. */
  numerator: z.number().optional(),
  denominator: z.number().optional(),
})

const Slice = z.object({
  dimensions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  previous: Side,
  current: Side,
  /** What the slice adds to the difference: over the slices of a dimension these sum to it. */
  contribution: z.number(),
  /** `contribution` of the difference; null where there is none. */
  share: z.number().nullable(),
  /** What it would have added had all slices changed alike. */
  expected: z.number(),
  /** `contribution` above `expected`. */
  excess: z.number(),
  /** Of a ratio: by its own change, and by its greater or smaller part in the whole. Together they are `contribution`. */
  rateEffect: z.number().optional(),
  mixEffect: z.number().optional(),
  score: z.number(),
})
export type ChangeSlice = z.output<typeof Slice>

const ListedSlice = Slice.extend({
  /** Slices with the very same figures, which are mostly the same rows by another name. */
  alike: z.array(Slice.shape.dimensions),
})
export type ListedSlice = z.output<typeof ListedSlice>

const Rest = Slice.pick({ previous: true, current: true, contribution: true, share: true })

export const ChangeAnswer = z.object({
  cube: z.string(),
  measure: z.string(),
  label: z.string(),
  class: z.string(),
  format: z.string(),
  current: Range.extend(Side.shape),
  previous: Range.extend(Side.shape),
  /** Null where one of them has no value. */
  difference: z.number().nullable(),
  percent: z.number().nullable(),
  /** The greatest scores over all dimensions, pairs of them included. */
  slices: z.array(ListedSlice),
  /** Each dimension by itself, the one that says most first. */
  dimensions: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      /** The greatest score among its slices. */
      score: z.number(),
      /** How many values were compared. */
      values: z.number(),
      slices: z.array(Slice),
      /** All other values together; absent when there are none. */
      rest: Rest.extend({
        /** Values that were compared and are not listed. */
        values: z.number(),
        /** There are more values than were compared, and each of them is smaller than those. */
        hasUncompared: z.boolean(),
      }).optional(),
    }),
  ),
  /** How the figures are made, in words. */
  explanation: z.string(),
  meta: z.object({ queries: z.number(), elapsedMs: z.number(), asOf: z.string() }),
})
export type ChangeAnswer = z.output<typeof ChangeAnswer>
