import { bucketStarts, endOfBucket } from '@almanac/core/time/buckets.ts'
import type { Grain } from '@almanac/core/time/grain.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'

/** One step of a chart's time axis, half-open like the range it belongs to. */
export interface Bucket {
  readonly start: Temporal.ZonedDateTime
  readonly end: Temporal.ZonedDateTime
}

/** All buckets that the range touches, in order, as the server cuts them: the first and last may reach beyond it. */
export function bucketsOf(range: ZonedRange, grain: Grain, firstDayOfWeek: number): Bucket[] {
  const starts = bucketStarts({ ...range, grain, firstDayOfWeek, fiscalYearStart: 1 })
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? endOfBucket(start, grain, firstDayOfWeek) }))
}

/** About how many buckets a range has, without making them. */
export function bucketCount({ from, to }: ZonedRange, grain: Grain): number {
  return Math.ceil(from.until(to, { largestUnit: 'day' }).total({ unit: 'day', relativeTo: from }) / DAYS_IN[grain])
}

const DAYS_IN: Record<Grain, number> = {
  minute: 1 / 1440,
  quarter_hour: 1 / 96,
  hour: 1 / 24,
  day: 1,
  week: 7,
  month: 30.4,
  quarter: 91.3,
  year: 365.25,
}
