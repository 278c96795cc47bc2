import { AppError } from '../errors.ts'
import {
  type ClockGrain,
  clockBucketStarts,
  endOfClockBucket,
  isClockGrain,
  startOfClockBucket,
} from './clock-buckets.ts'
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
  /** The month in which years start, 1 to 12; quarters start with it and every third month after it. */
  readonly fiscalYearStart: number
}

type CalendarGrain = Exclude<Grain, ClockGrain>

/** The starts of all buckets that touch the range, in order; the first one may lie before `from`. */
export function bucketStarts(request: BucketRequest): Temporal.ZonedDateTime[] {
  const { from, to, grain, firstDayOfWeek, fiscalYearStart } = request
  const starts = isClockGrain(grain)
    ? clockBucketStarts(from, to, grain, MAX_BUCKETS)
    : calendarStarts(startDate(from.toPlainDate(), grain, firstDayOfWeek, fiscalYearStart), to, grain)
  if (starts) return starts
  throw new AppError('invalid_query', `the range has more than ${MAX_BUCKETS} buckets by ${grain}`, {
    hint: 'choose a coarser grain or a shorter range',
  })
}

/** The start of the bucket that holds `moment`. */
export function startOfBucket(
  moment: Temporal.ZonedDateTime,
  grain: Grain,
  firstDayOfWeek: number,
  fiscalYearStart: number,
): Temporal.ZonedDateTime {
  if (isClockGrain(grain)) return startOfClockBucket(moment, grain)
  return startOfDate(startDate(moment.toPlainDate(), grain, firstDayOfWeek, fiscalYearStart), moment.timeZoneId)
}

/**
 * Where the bucket that starts at `start` ends, which is the start of the next one. The first day of the week tells of a week
 * that starts late, as the zone skipped its first date.
 */
export function endOfBucket(
  start: Temporal.ZonedDateTime,
  grain: Grain,
  firstDayOfWeek: number = start.dayOfWeek,
): Temporal.ZonedDateTime {
  if (isClockGrain(grain)) return endOfClockBucket(start, grain)
  // Quarters and years start with a month, too.
  const unit = grain === 'day' || grain === 'week' ? grain : 'month'
  const first = startDate(start.toPlainDate(), unit, firstDayOfWeek, 1)
  return startOfDate(nthDate(first, grain, 1), start.timeZoneId)
}

function startDate(
  date: Temporal.PlainDate,
  grain: CalendarGrain,
  firstDayOfWeek: number,
  fiscalYearStart: number,
): Temporal.PlainDate {
  // 0 to 11: how far the fiscal year has come.
  const monthOfYear = (date.month - fiscalYearStart + 12) % 12
  switch (grain) {
    case 'day':
      return date
    case 'week':
      return date.subtract({ days: (date.dayOfWeek - firstDayOfWeek + 7) % 7 })
    case 'month':
      return date.with({ day: 1 })
    case 'quarter':
      return date.with({ day: 1 }).subtract({ months: monthOfYear % 3 })
    case 'year':
      return date.with({ day: 1 }).subtract({ months: monthOfYear })
  }
}

function calendarStarts(
  first: Temporal.PlainDate,
  to: Temporal.ZonedDateTime,
  grain: CalendarGrain,
): Temporal.ZonedDateTime[] | undefined {
  const starts: Temporal.ZonedDateTime[] = []
  for (let n = 0; ; n++) {
    const start = startOfDate(nthDate(first, grain, n), to.timeZoneId)
    if (Temporal.ZonedDateTime.compare(start, to) >= 0) return starts
    // A day that a zone skipped (Apia, 30 December 2011) has no start of its own.
    if (starts.at(-1)?.epochMilliseconds === start.epochMilliseconds) continue
    if (starts.length >= MAX_BUCKETS) return undefined
    starts.push(start)
  }
}

// A date, for the zone may have skipped it; and from the first one each time: adding month by month would lose the day where a
// month is short.
function nthDate(first: Temporal.PlainDate, grain: CalendarGrain, n: number): Temporal.PlainDate {
  return first.add(SPANS[grain](n))
}

const SPANS: Record<CalendarGrain, (n: number) => Temporal.DurationLike> = {
  day: (days) => ({ days }),
  week: (weeks) => ({ weeks }),
  month: (months) => ({ months }),
  quarter: (n) => ({ months: 3 * n }),
  year: (years) => ({ years }),
}

function startOfDate(date: Temporal.PlainDate, timeZone: string): Temporal.ZonedDateTime {
  // Without a time, the day's first instant is meant, which is not midnight where the clocks change at midnight.
  return date.toZonedDateTime({ timeZone })
}
