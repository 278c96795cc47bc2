import { NAME, NAME_TEXT } from '@almanac/core/cubes/names.ts'
import { z } from 'zod'
import { ENVIRONMENTS } from '../accounts/keys/api-key.ts'

export const METRIC_GRAINS = ['hour', 'day'] as const
export type MetricGrain = (typeof METRIC_GRAINS)[number]

/** Of a request. */
export const MOST_METRIC_ROWS = 10_000

export const MetricName = z
  .string()
  .regex(/^[A-Za-z][\w.-]{0,99}$/, 'expected the name of a metric: letters, digits, _ . and -, at most 100')
export const MetricSource = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'expected the name of a source: lower case letters, digits, - and _')

const dimensionValue = z.union([z.string().max(1000), z.number(), z.boolean(), z.null()])

/** One figure as it is sent. What `MetricDefaults` says need not stand in each row. */
export const MetricRow = z
  .strictObject({
    metric: MetricName.optional(),
    date: z
      .string()
      .regex(/^\d{4}-\d\d-\d\d$/, 'expected a date such as 2026-01-31')
      .optional()
      .describe('A day in the zone of the request.'),
    hour: z.int().min(0).max(23).optional().describe('Of the date; without one, the figure is of the whole day.'),
    time: z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT\S+$/, 'expected an instant such as 2026-01-31T10:00:00Z')
      .optional()
      .describe('Instead of date and hour: the hour or day that holds this instant.'),
    grain: z.enum(METRIC_GRAINS).optional().describe('By default a day for a date alone, else an hour.'),
    value: z.number(),
    dimensions: z
      .record(z.string().regex(NAME, `expected ${NAME_TEXT}`), dimensionValue)
      .default({})
      .refine((dimensions) => Object.keys(dimensions).length <= MOST_DIMENSIONS, 'expected at most 30 dimensions'),
    source: MetricSource.optional().describe('Who has measured it. A key of a source writes to that one only.'),
    environment: z.enum(ENVIRONMENTS).optional(),
  })
  .meta({ id: 'MetricRow', description: 'A figure that another system has computed.' })
export type MetricRow = z.output<typeof MetricRow>
export type MetricRowInput = z.input<typeof MetricRow>

const MOST_DIMENSIONS = 30

/** A figure as it is kept. There is one for each metric, grain, time, environment, source and series. */
export interface MetricValue {
  readonly metric: string
  readonly grain: MetricGrain
  /** Start of the hour or day, in seconds. */
  readonly at: number
  readonly environment: string
  readonly source: string
  /** The dimensions in the order of their names, as JSON. */
  readonly series: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly value: number
}
