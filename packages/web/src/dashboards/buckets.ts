import { bucketStarts } from '@almanac/core/time/buckets.ts'
import type { Grain } from '@almanac/core/time/grain.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'

/** One step of a chart's time axis, half-open like the range it belongs to. */
export interface Bucket {
  readonly start: Temporal.ZonedDateTime
  readonly end: Temporal.ZonedDateTime
}

/** All buckets that the range touches, in order, as the server cuts them: the first and last may reach beyond it. */
export function bucketsOf(range: ZonedRange, grain: Grain, firstDayOfWeek: number): Bucket[] {
  const starts = bucketStarts({ ...range, grain, firstDayOfWeek })
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? endOf(start, grain, firstDayOfWeek) }))
}

/** About how many buckets a range has, without making them. */
export function bucketCount({ from, to }: ZonedRange, grain: Grain): number {
  return Math.ceil(from.until(to, { largestUnit: 'day' }).total({ unit: 'day', relativeTo: from }) / DAYS_IN[grain])
}

const DAYS_IN: Record<Grain, number> = { hour: 1 / 24, day: 1, week: 7, month: 30.4, quarter: 91.3, year: 365.25 }

/** Where the next bucket would start: of those that touch twice its length, the second. */
function endOf(start: Temporal.ZonedDateTime, grain: Grain, firstDayOfWeek: number): Temporal.ZonedDateTime {
  const to = start.add(TWICE[grain])
  return bucketStarts({ from: start, to, grain, firstDayOfWeek })[1] ?? to
}

const TWICE: Record<Grain, Temporal.DurationLike> = {
  hour: { hours: 2 },
  day: { days: 2 },
  week: { weeks: 2 },
  month: { months: 2 },
  quarter: { months: 6 },
  year: { years: 2 },
}
