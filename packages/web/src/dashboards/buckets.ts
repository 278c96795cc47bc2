import type { Grain } from '@almanac/core/time/grain.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'

/** One step of a chart's time axis, half-open like the range it belongs to. */
export interface Bucket {
  readonly start: Temporal.ZonedDateTime
  readonly end: Temporal.ZonedDateTime
}

/**
 * All buckets that the range touches, in order. The first and the last may reach beyond the range, as the server's do:
 * a week is a whole week even when the range begins on a Wednesday.
 */
export function bucketsOf(range: ZonedRange, grain: Grain, firstDayOfWeek: number): Bucket[] {
  const buckets: Bucket[] = []
  let start = bucketStart(range.from, grain, firstDayOfWeek)
  while (Temporal.ZonedDateTime.compare(start, range.to) < 0) {
    const end = nextBucket(start, grain)
    buckets.push({ start, end })
    start = end
  }
  return buckets
}

/** About how many buckets a range has, without making them. */
export function bucketCount({ from, to }: ZonedRange, grain: Grain): number {
  return Math.ceil(from.until(to, { largestUnit: 'day' }).total({ unit: 'day', relativeTo: from }) / DAYS_IN[grain])
}

const DAYS_IN: Record<Grain, number> = { hour: 1 / 24, day: 1, week: 7, month: 30.4, quarter: 91.3, year: 365.25 }

function bucketStart(at: Temporal.ZonedDateTime, grain: Grain, firstDayOfWeek: number): Temporal.ZonedDateTime {
  // Keeps the offset, so the second 02:00 of the night when clocks go back stays the second one.
  if (grain === 'hour') return at.with({ minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 })
  return dayStart(at.toPlainDate(), grain, firstDayOfWeek).toZonedDateTime(at.timeZoneId)
}

function dayStart(date: Temporal.PlainDate, grain: Grain, firstDayOfWeek: number): Temporal.PlainDate {
  if (grain === 'week') return date.subtract({ days: (date.dayOfWeek - firstDayOfWeek + 7) % 7 })
  if (grain === 'month') return date.with({ day: 1 })
  if (grain === 'quarter') return date.with({ month: date.month - ((date.month - 1) % 3), day: 1 })
  if (grain === 'year') return date.with({ month: 1, day: 1 })
  return date
}

function nextBucket(start: Temporal.ZonedDateTime, grain: Grain): Temporal.ZonedDateTime {
  if (grain === 'hour') return start.add({ hours: 1 })
  // By dates: a zone whose day begins at one o'clock must not carry that hour into the next day.
  return start.toPlainDate().add(STEP[grain]).toZonedDateTime(start.timeZoneId)
}

const STEP: Record<Exclude<Grain, 'hour'>, Temporal.DurationLike> = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
}
