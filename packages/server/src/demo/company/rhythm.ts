import type { Random } from '../random.ts'
import { DAY_MS, HOUR_MS } from './epoch-day.ts'

/** When people of a time zone come within one UTC day: cumulated shares of its 24 hours, the last one being 1. */
export type HourShares = readonly number[]

const WORKDAY = [
  0.25, 0.14, 0.08, 0.05, 0.05, 0.08, 0.18, 0.32, 0.38, 0.36, 0.36, 0.4, 0.52, 0.5, 0.44, 0.46, 0.56, 0.72, 0.95, 1.25,
  1.5, 1.45, 1.05, 0.55,
]
const DAY_OFF = [
  0.42, 0.25, 0.14, 0.08, 0.05, 0.06, 0.1, 0.2, 0.36, 0.55, 0.68, 0.74, 0.78, 0.82, 0.88, 0.92, 0.98, 1.05, 1.2, 1.4,
  1.55, 1.45, 1.1, 0.7,
]

const MEAN_WEIGHT = (sumOf(WORKDAY) * 5 + sumOf(DAY_OFF) * 2) / (24 * 7)

/** The local hour decides, so prime time comes to Berlin before it comes to Boston, and moves when clocks change. */
export function hourShares(epochDay: number, timezone: string): HourShares {
  const weights = Array.from({ length: 24 }, (_, hour) => weightAt(epochDay * DAY_MS + hour * HOUR_MS, timezone))
  const total = sumOf(weights)
  let cumulated = 0
  return weights.map((weight) => {
    cumulated += weight / total
    return cumulated
  })
}

/** An instant of the UTC day, in milliseconds since 1970. */
export function pickInstant(random: Random, epochDay: number, shares: HourShares): number {
  const position = random()
  const found = shares.findIndex((share) => position < share)
  const hour = found === -1 ? 23 : found
  return Math.floor(epochDay * DAY_MS + (hour + random()) * HOUR_MS)
}

/** How busy the hour is in a time zone, compared with the average hour of the week. */
export function busynessAt(instantMs: number, timezone: string): number {
  return weightAt(instantMs, timezone) / MEAN_WEIGHT
}

function weightAt(instantMs: number, timezone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timezone)
  const profile = local.dayOfWeek >= 6 ? DAY_OFF : WORKDAY
  return profile[local.hour] as number
}

function sumOf(weights: readonly number[]): number {
  return weights.reduce((sum, weight) => sum + weight, 0)
}
