import { z } from 'zod'
import { QueryFilter } from '../query/filter.ts'
import { Moment } from '../query/query.ts'

/**
 * Who came back, as data. A cohort is everybody who began in the same day, week or month: whose first event of a kind ever lies
 * in it. People are counted as persons, each in one cohort.
 */

/** Events by their names, by dimensions of the cube, or by both; without any, all of the cube's. */
const Step = z.strictObject({
  /** Any of these names; of cubes over events. */
  events: z.array(z.string().min(1).max(200)).max(50).default([]),
  filters: z.array(QueryFilter).max(20).default([]),
})
export type CohortStep = z.output<typeof Step>

export const COHORT_GRAINS = ['day', 'week', 'month'] as const
export type CohortGrain = (typeof COHORT_GRAINS)[number]

export const COHORT_KINDS = ['retention', 'unbounded'] as const

export const CohortRequest = z.strictObject({
  /** One whose rows have persons behind them. */
  cube: z.string(),
  /** Of every event that is looked at. */
  filters: z.array(QueryFilter).max(20).default([]),
  segments: z.array(z.string()).max(10).default([]),
  /** What begins it, such as an install. */
  start: Step.prefault({}),
  /** What counts as coming back. */
  return: Step.prefault({}),
  grain: z.enum(COHORT_GRAINS).default('week'),
  /** When they began. Half-open: `from` is included, `to` is not. */
  from: Moment,
  to: Moment,
  timezone: z.string().optional(),
  firstDayOfWeek: z.int().min(1).max(7).optional(),
  /** How many periods after the one in which they began. */
  periods: z.int().min(1).max(100).default(8),
  /** `retention`: came back in that period. `unbounded`: in that period or any later one. */
  kind: z.enum(COHORT_KINDS).default('retention'),
  /** A dimension of the event that began it: a table for each of its values. */
  by: z.string().optional(),
})
export type CohortRequest = z.output<typeof CohortRequest>
export type CohortRequestInput = z.input<typeof CohortRequest>

const Period = z.object({
  /** Different persons who came back; null while the period has not begun. */
  persons: z.number().nullable(),
  /** Of the cohort, 0 to 1; null where there is nobody. */
  share: z.number().nullable(),
  /** It has not ended: the figure can still grow. */
  isOpen: z.boolean(),
})
export type CohortPeriod = z.output<typeof Period>

const AveragePeriod = z.object({
  /** Over all cohorts whose period has ended: who came back, of how many. */
  persons: z.number(),
  of: z.number(),
  share: z.number().nullable(),
  cohorts: z.number(),
})

const Table = z.object({
  /** Persons in all cohorts. */
  size: z.number(),
  cohorts: z.array(
    z.object({
      /** Start of the day, week or month, with the zone's offset. */
      start: z.string(),
      size: z.number(),
      /** Others can still begin in it. */
      isOpen: z.boolean(),
      /** The first one is the period in which they began: what came after the beginning. */
      periods: z.array(Period),
    }),
  ),
  /** The profile: period by period, all cohorts whose period has ended together. */
  average: z.array(AveragePeriod),
})
export type CohortTable = z.output<typeof Table>

export const CohortAnswer = z.object({
  cube: z.string(),
  kind: z.enum(COHORT_KINDS),
  grain: z.enum(COHORT_GRAINS),
  timezone: z.string(),
  periods: z.number(),
  /** Everybody. */
  all: Table,
  /** With `by`: the largest values, and everybody else as one, whose value is null. */
  slices: z.array(Table.extend({ value: z.union([z.string(), z.number(), z.boolean(), z.null()]) })),
  meta: z.object({
    sql: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    rowsRead: z.number(),
    elapsedMs: z.number(),
    asOf: z.string(),
  }),
})
export type CohortAnswer = z.output<typeof CohortAnswer>
