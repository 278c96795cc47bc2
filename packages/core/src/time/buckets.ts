import { AppError } from '../errors.ts'
import type { Grain } from './grain.ts'

/**
 * Time buckets. A bucket starts where the calendar of its zone says so, which makes days of 23 and 25 hours and hours
 * that come twice ordinary cases; all of it is Temporal's arithmetic. The engine is given the starts as a list and only
 * looks them up, so there is no second calendar in SQL that could disagree.
 */

/** More than this many points are neither readable nor worth their weight in an answer. */
export const MAX_BUCKETS = 20_000

export interface BucketRequest {
  readonly from: Temporal.ZonedDateTime
  /** Not included. */
  readonly to: Temporal.ZonedDateTime
  readonly grain: Grain
  /** 1 is Monday, 7 is Sunday. */
  readonly firstDayOfWeek: number
}

/** The starts of all buckets that touch the range, in order; the first one may lie before `from`. */
export function bucketStarts({ from, to, grain, firstDayOfWeek }: BucketRequest): Temporal.ZonedDateTime[] {
  const starts: Temporal.ZonedDateTime[] = []
  const first = startOfBucket(from, grain, firstDayOfWeek)
  for (let n = 0; ; n++) {
    const start = nthBucket(first, grain, n)
    if (Temporal.ZonedDateTime.compare(start, to) >= 0) return starts
    if (n >= MAX_BUCKETS) throw tooManyBuckets(grain)
    // A day that a zone skipped (Apia, 30 December 2011) has no start of its own.
    if (starts.at(-1)?.epochMilliseconds !== start.epochMilliseconds) starts.push(start)
  }
}

/** The start of the bucket that holds `moment`. */
export function startOfBucket(
  moment: Temporal.ZonedDateTime,
  grain: Grain,
  firstDayOfWeek: number,
): Temporal.ZonedDateTime {
  if (grain === 'hour') return startOfHour(moment)
  const date = moment.toPlainDate()
  return startOfDate(startDate(date, grain, firstDayOfWeek), moment.timeZoneId)
}

function startDate(
  date: Temporal.PlainDate,
  grain: Exclude<Grain, 'hour'>,
  firstDayOfWeek: number,
): Temporal.PlainDate {
  switch (grain) {
    case 'day':
      return date
    case 'week':
      return date.subtract({ days: (date.dayOfWeek - firstDayOfWeek + 7) % 7 })
    case 'month':
      return date.with({ day: 1 })
    case 'quarter':
      return date.with({ month: Math.floor((date.month - 1) / 3) * 3 + 1, day: 1 })
    case 'year':
      return date.with({ month: 1, day: 1 })
  }
}

// Hours are steps of elapsed time, so the hour that comes twice is two buckets. Where a zone shifts by half an hour
// (Lord Howe), the steps after the shift would start at half past: each is brought back to the local full hour.
function nthBucket(first: Temporal.ZonedDateTime, grain: Grain, n: number): Temporal.ZonedDateTime {
  if (grain === 'hour') return startOfHour(first.add({ hours: n }))
  const date = first.toPlainDate()
  return startOfDate(date.add(SPANS[grain](n)), first.timeZoneId)
}

const SPANS: Record<Exclude<Grain, 'hour'>, (n: number) => Temporal.DurationLike> = {
  day: (days) => ({ days }),
  week: (weeks) => ({ weeks }),
  month: (months) => ({ months }),
  quarter: (n) => ({ months: 3 * n }),
  year: (years) => ({ years }),
}

// Not `round`: it picks the first of two equal local hours; taking off the minutes as elapsed time keeps the second.
function startOfHour(moment: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const { minute, second, millisecond, microsecond, nanosecond } = moment
  const start = moment.subtract({
    minutes: minute,
    seconds: second,
    milliseconds: millisecond,
    microseconds: microsecond,
    nanoseconds: nanosecond,
  })
  // A shift of half an hour within this hour: the part after the shift is a bucket of its own, from the shift on.
  const shift = moment.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
  return shift && Temporal.ZonedDateTime.compare(shift, start) > 0 ? shift : start
}

function startOfDate(date: Temporal.PlainDate, timeZone: string): Temporal.ZonedDateTime {
  // Without a time, the day's first instant is meant, which is not midnight where the clocks change at midnight.
  return date.toZonedDateTime({ timeZone })
}

function tooManyBuckets(grain: Grain): AppError {
  return new AppError('invalid_query', `the range has more than ${MAX_BUCKETS} buckets by ${grain}`, {
    hint: 'choose a coarser grain or a shorter range',
  })
}
