import type { Issue } from '../errors.ts'
import type { Comparison } from '../query/query.ts'
import { bucketStarts, endOfBucket, startOfBucket } from './buckets.ts'
import { isClockGrain } from './clock-buckets.ts'
import { counterpart, type DateShift, earlierDate } from './counterpart.ts'
import type { Grain } from './grain.ts'
import type { ZonedRange } from './range-preset.ts'
import { sameClockBuckets } from './same-clock-buckets.ts'

/**
 * Comparisons: another stretch of time beside the one that is asked for, bucket by bucket.
 *
 * - `previous_period` is of equal length and ends where this one begins: in dates where the range is whole days, in elapsed
 *   time where it is not. A date that the zone skipped counts as one.
 * - `previous_week` is 7 days earlier, `previous_month`, `previous_quarter` and `previous_year` are 1, 3 and 12 months, or
 *   28, 91 and 364 days where they are aligned by weekday.
 * - By week, a week is compared with a week: always by weekday, and the previous period lies so many whole weeks back that
 *   it does not reach into this one.
 * - By month, quarter and year, a bucket is compared with the calendar's bucket 1, 3 or 12 months earlier, whatever the
 *   alignment says; the previous period of whole buckets is as many buckets earlier.
 *
 * Both ends of the range stand where `counterpart` puts them; no window reaches beyond them. A day stands beside a whole day,
 * of 23, 24 or 25 hours. Hours, quarters and minutes stand beside those at the same local time: what the other day skips has
 * no window, a time that came twice stands beside the first if it comes once over there, its second has no window, and the
 * second of a time that comes once here is compared with nothing.
 */

type Options = Pick<Comparison, 'with' | 'align' | 'toDate'>

export interface ComparisonRequest {
  readonly from: Temporal.ZonedDateTime
  /** Not included. */
  readonly to: Temporal.ZonedDateTime
  /** Without a grain the whole range is one bucket. */
  readonly grain?: Grain | undefined
  /** 1 is Monday, 7 is Sunday. */
  readonly firstDayOfWeek: number
  /** 1 to 12. */
  readonly fiscalYearStart: number
  readonly comparison: Options
  readonly now: Temporal.ZonedDateTime
}

export interface ComparedWindow extends ZonedRange {
  /** Where it would end if all of the range had passed: of what `toDate` cut off. */
  readonly uncutTo?: Temporal.ZonedDateTime
}

export interface ComparedRange extends ComparedWindow {
  /**
   * One for each of the range's `bucketStarts`, or a single one without a grain. They ascend and never overlap. `undefined`
   * where the other time has no such bucket (31 February), or has not got as far with `toDate`.
   */
  readonly windows: readonly (ComparedWindow | undefined)[]
}

/**
 * The other time. With `toDate`, while `now` lies in the range, it ends at the counterpart of `now`: the window that holds it
 * ends there, and later ones are `undefined`.
 */
export function comparedRange(request: ComparisonRequest): ComparedRange {
  const shift = shiftOf(request)
  const from = shifted(request.from, shift)
  const to = later(from, shifted(request.to, shift))
  const end = later(from, shifted(endOf(request), shift))
  const windows = windowsOf(request, shift).map((window) => {
    const inside = window && common(window, { from, to })
    return inside && isBefore(inside.from, end) ? cutAt(inside, end) : undefined
  })
  return { ...cutAt({ from, to }, end), windows }
}

function cutAt({ from, to }: ZonedRange, end: Temporal.ZonedDateTime): ComparedWindow {
  return isBefore(end, to) ? { from, to: end, uncutTo: to } : { from, to }
}

/** The names of the comparisons' columns, in order. Two of the same name would overwrite each other: that is an issue. */
export function namesOf(comparisons: readonly Pick<Comparison, 'with' | 'as'>[]): {
  readonly names: readonly string[]
  readonly issues: readonly Issue[]
} {
  const names = comparisons.map((comparison) => comparison.as ?? comparison.with)
  const issues = names.flatMap((name, i): Issue[] => {
    if (names.indexOf(name) === i) return []
    return [
      { path: ['compare', i, 'as'], message: `expected each comparison under a name of its own, got "${name}" twice` },
    ]
  })
  return { names, issues }
}

type Shift = DateShift | { readonly elapsed: Temporal.Duration }

const MONTHS = { previous_month: 1, previous_quarter: 3, previous_year: 12 } as const
/** Whole weeks, so that a Tuesday stands beside a Tuesday. */
const DAYS = { previous_month: 28, previous_quarter: 91, previous_year: 364 } as const

function shiftOf(request: ComparisonRequest): Shift {
  const { comparison, grain } = request
  switch (comparison.with) {
    case 'previous_period':
      return previousPeriod(request)
    case 'previous_week':
      return { days: 7 }
    case 'previous_month':
    case 'previous_quarter':
    case 'previous_year': {
      const byWeekday = grain === 'week' || (comparison.align === 'weekday' && !isLong(grain))
      return byWeekday ? { days: DAYS[comparison.with] } : { months: MONTHS[comparison.with] }
    }
  }
}

const isLong = (grain: Grain | undefined) => grain === 'month' || grain === 'quarter' || grain === 'year'

function previousPeriod(request: ComparisonRequest): Shift {
  const { from, to, grain } = request
  if (grain === 'week') return { days: 7 * weeksBack(from, to) }
  const first = from.toPlainDate()
  const last = to.toPlainDate()
  if (isLong(grain) && isStart(from, request) && isStart(to, request)) {
    return { months: first.until(last, { largestUnit: 'month' }).months }
  }
  const isWholeDays = from.equals(from.startOfDay()) && to.equals(to.startOfDay())
  return isWholeDays ? { days: first.until(last).days } : { elapsed: from.until(to, { largestUnit: 'hour' }) }
}

/** The least number of weeks that brings the end to the beginning or before it. */
function weeksBack(from: Temporal.ZonedDateTime, to: Temporal.ZonedDateTime): number {
  let weeks = Math.max(1, Math.floor(from.toPlainDate().until(to.toPlainDate()).days / 7))
  while (isBefore(from, counterpart(to, { days: 7 * weeks }))) weeks++
  return weeks
}

function isStart(
  moment: Temporal.ZonedDateTime,
  { grain, firstDayOfWeek, fiscalYearStart }: ComparisonRequest,
): boolean {
  return grain !== undefined && startOfBucket(moment, grain, firstDayOfWeek, fiscalYearStart).equals(moment)
}

/** Up to where the range is compared. */
function endOf({ from, to, comparison, now }: ComparisonRequest): Temporal.ZonedDateTime {
  const here = now.withTimeZone(from.timeZoneId)
  return comparison.toDate && isBefore(here, to) && !isBefore(here, from) ? here : to
}

function shifted(moment: Temporal.ZonedDateTime, shift: Shift): Temporal.ZonedDateTime {
  return 'elapsed' in shift ? moment.subtract(shift.elapsed) : counterpart(moment, shift)
}

/** What stands beside each bucket, wherever the range begins and ends. */
function windowsOf(request: ComparisonRequest, shift: Shift): (ZonedRange | undefined)[] {
  const { from, to, grain, firstDayOfWeek, fiscalYearStart } = request
  if (grain === undefined) return [{ from: shifted(from, shift), to: shifted(to, shift) }]
  const starts = bucketStarts({ from, to, grain, firstDayOfWeek, fiscalYearStart })
  if ('elapsed' in shift) {
    const ends = starts.map((_, i) => starts[i + 1] ?? to)
    return starts.map((start, i) => ({
      from: shifted(start, shift),
      to: shifted(ends[i] as Temporal.ZonedDateTime, shift),
    }))
  }
  if (isClockGrain(grain)) return sameClockBuckets(starts, to, grain, shift)
  return starts.map((start) => {
    if (grain === 'day') return dayBeside(start, shift)
    // Weeks are shifted by days and the others start on the first of a month, so both ends have a date over there.
    return { from: counterpart(start, shift), to: counterpart(endOfBucket(start, grain, firstDayOfWeek), shift) }
  })
}

function dayBeside(start: Temporal.ZonedDateTime, shift: DateShift): ZonedRange | undefined {
  const date = earlierDate(start.toPlainDate(), shift)
  const from = date?.toZonedDateTime(start.timeZoneId)
  // A date that the zone skipped would begin on the next one.
  if (!date || !from?.toPlainDate().equals(date)) return undefined
  return { from, to: endOfBucket(from, 'day') }
}

function common(a: ZonedRange, b: ZonedRange): ZonedRange | undefined {
  const from = later(a.from, b.from)
  const to = isBefore(a.to, b.to) ? a.to : b.to
  return isBefore(from, to) ? { from, to } : undefined
}

function later(a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  return isBefore(a, b) ? b : a
}

function isBefore(a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime): boolean {
  return Temporal.ZonedDateTime.compare(a, b) < 0
}
