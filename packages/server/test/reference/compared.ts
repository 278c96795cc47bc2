import type { Comparison } from '@almanac/core/query/query.ts'
import type { Grain } from '@almanac/core/time/grain.ts'
import { type Bucket, bucketsOf, type Calendar, periodName } from './buckets.ts'
import { localTime, startOfDate } from './local-time.ts'

/**
 * The other stretch of time of a comparison, found by looking at clocks: the same local time on another date is searched for among
 * all quarters of an hour of that date, in place of being computed.
 */

export interface Compared {
  readonly from: number
  readonly to: number
  /** Where it would end, had it not been cut off to be compared to date. */
  readonly uncutTo?: number
  /** Beside the buckets of the range, index by index. */
  readonly windows: readonly (Bucket | undefined)[]
}

interface Range {
  readonly from: number
  readonly to: number
  readonly grain: Grain | undefined
}

/** So much earlier: a number of days, of months, or of elapsed milliseconds. */
type Shift = { readonly days: number } | { readonly months: number } | { readonly elapsedMs: number }

export function compared(range: Range, comparison: Comparison, calendar: Calendar, now: number): Compared {
  const { from, to, grain } = range
  const { timezone } = calendar
  const shift = shiftOf(range, comparison, calendar)
  const beside = (ms: number) => ('elapsedMs' in shift ? ms - shift.elapsedMs : sameLocalTime(ms, shift, timezone))
  const end = comparison.toDate && now >= from && now < to ? now : to
  const other = { from: beside(from), to: beside(end) }
  const uncutTo = beside(to)
  const cut = (window: Bucket | undefined): Bucket | undefined => {
    if (!window) return undefined
    const common = { start: Math.max(window.start, other.from), end: Math.min(window.end, other.to) }
    if (common.start >= common.end) return undefined
    const uncutEnd = Math.min(window.end, uncutTo)
    return uncutEnd > common.end ? { ...common, uncutEnd } : common
  }
  const whole = {
    from: other.from,
    to: Math.max(other.from, other.to),
    ...(uncutTo > other.to && { uncutTo }),
  }
  if (!grain) return { ...whole, windows: [cut({ start: beside(from), end: uncutTo })] }

  const buckets = bucketsOf(from, to, grain, calendar)
  const windows = buckets.map((bucket): Bucket | undefined => {
    if ('elapsedMs' in shift) return { start: beside(bucket.start), end: beside(Math.min(bucket.end, to)) }
    switch (grain) {
      case 'minute':
      case 'quarter_hour':
      case 'hour':
        return sameClockBucket(bucket.start, grain, shift, calendar)
      case 'day':
        return otherDay(bucket.start, shift, timezone)
      default:
        return { start: beside(bucket.start), end: beside(bucket.end) }
    }
  })
  return { ...whole, windows: windows.map(cut) }
}

const MONTHS = { previous_month: 1, previous_quarter: 3, previous_year: 12 } as const
const WEEKS = { previous_month: 4, previous_quarter: 13, previous_year: 52 } as const

function shiftOf(range: Range, { with: other, align }: Comparison, calendar: Calendar): Shift {
  const { grain } = range
  if (other === 'previous_period') return previousPeriod(range, calendar)
  if (other === 'previous_week') return { days: 7 }
  const isByMonths = grain === 'month' || grain === 'quarter' || grain === 'year'
  const isByWeekday = grain === 'week' || (align === 'weekday' && !isByMonths)
  return isByWeekday ? { days: WEEKS[other] * 7 } : { months: MONTHS[other] }
}

function previousPeriod({ from, to, grain }: Range, calendar: Calendar): Shift {
  const { timezone } = calendar
  const [first, last] = [localTime(from, timezone).date, localTime(to, timezone).date]
  const isWholeDays = startOfDate(first, timezone) === from && startOfDate(last, timezone) === to
  if (grain === 'week') {
    let weeks = 0
    while (sameLocalTime(to, { days: 7 * weeks }, timezone) > from) weeks++
    return { days: 7 * weeks }
  }
  if (isWholeDays && (grain === 'month' || grain === 'quarter' || grain === 'year')) {
    const isWhole = [first, last].every((date) => periodName(date, grain, calendar) === date)
    if (isWhole) return { months: monthsBetween(first, last) }
  }
  return isWholeDays ? { days: daysBetween(first, last) } : { elapsedMs: to - from }
}

function monthsBetween(first: string, last: string): number {
  let months = 0
  while (Temporal.PlainDate.from(first).add({ months }).toString() < last) months++
  return months
}

function daysBetween(first: string, last: string): number {
  let days = 0
  while (Temporal.PlainDate.from(first).add({ days }).toString() < last) days++
  return days
}

type DateShift = Exclude<Shift, { elapsedMs: number }>
const QUARTER_MS = 900_000

/** The date so much earlier; undefined where that month has no such day. */
function earlierDate(text: string, shift: DateShift): string | undefined {
  const date = Temporal.PlainDate.from(text)
  const earlier = date.subtract(shift)
  return 'months' in shift && earlier.day !== date.day ? undefined : earlier.toString()
}

/** What stands beside an instant, as `counterpart.ts` promises it. */
function sameLocalTime(ms: number, shift: DateShift, timezone: string): number {
  const { date } = localTime(ms, timezone)
  const other = earlierDate(date, shift)
  if (other === undefined) {
    const before = Temporal.PlainDate.from(date).subtract(shift)
    return startOfDate(before.add({ days: 1 }).toString(), timezone)
  }
  if (startOfDate(date, timezone) === ms) return startOfDate(other, timezone)

  const quarter = Math.floor(ms / QUARTER_MS) * QUARTER_MS
  const here = quartersOf(date, timezone).filter((each) => isSameClock(each, quarter, timezone))
  const there = quartersOf(other, timezone).filter((each) => isSameClock(each, quarter, timezone))
  const turn = here.indexOf(quarter)
  if (there.length === 0) {
    const later = quartersOf(other, timezone).find((each) => minutes(each, timezone) > minutes(quarter, timezone))
    return later ?? startOfDate(Temporal.PlainDate.from(other).add({ days: 1 }).toString(), timezone)
  }
  if (turn > 0 && there.length === 1) {
    const over = quartersOf(date, timezone).find(
      (each) =>
        each > quarter && quartersOf(date, timezone).filter((one) => isSameClock(one, each, timezone)).length === 1,
    )
    return sameLocalTime(over as number, shift, timezone)
  }
  return (there[turn] ?? (there[0] as number)) + (ms - quarter)
}

const minutes = (ms: number, timezone: string) => {
  const { hour, minute } = localTime(ms, timezone)
  return hour * 60 + minute
}
const isSameClock = (a: number, b: number, timezone: string) => minutes(a, timezone) === minutes(b, timezone)

const quarters = new Map<string, readonly number[]>()

/** All quarters of an hour of a date; a date that the zone skipped has none. */
function quartersOf(date: string, timezone: string): readonly number[] {
  const key = `${date} ${timezone}`
  const known = quarters.get(key)
  if (known) return known
  const found: number[] = []
  for (let ms = startOfDate(date, timezone); localTime(ms, timezone).date === date; ms += QUARTER_MS) found.push(ms)
  quarters.set(key, found)
  return found
}

function otherDay(start: number, shift: DateShift, timezone: string): Bucket | undefined {
  const date = earlierDate(localTime(start, timezone).date, shift)
  const inside = date === undefined ? [] : quartersOf(date, timezone)
  if (inside.length === 0) return undefined
  return { start: inside[0] as number, end: (inside.at(-1) as number) + QUARTER_MS }
}

/** The bucket by the clock that shows the same on the other date, the first or the second of two. */
function sameClockBucket(
  start: number,
  grain: 'minute' | 'quarter_hour' | 'hour',
  shift: DateShift,
  calendar: Calendar,
): Bucket | undefined {
  const { timezone } = calendar
  const { date } = localTime(start, timezone)
  const other = earlierDate(date, shift)
  if (other === undefined) return undefined
  const ofSameFace = (text: string) => bucketsByFace(text, grain, calendar).get(face(start, grain, timezone)) ?? []
  const turn = ofSameFace(date).findIndex((each) => each.start === start)
  return ofSameFace(other)[turn]
}

/** What the clock shows, as far as the grain looks at it. */
function face(ms: number, grain: 'minute' | 'quarter_hour' | 'hour', timezone: string): string {
  const { hour, minute } = localTime(ms, timezone)
  return grain === 'hour' ? `${hour}` : `${hour}:${grain === 'minute' ? minute : minute - (minute % 15)}`
}

const faces = new Map<string, ReadonlyMap<string, readonly Bucket[]>>()

function bucketsByFace(
  date: string,
  grain: 'minute' | 'quarter_hour' | 'hour',
  calendar: Calendar,
): ReadonlyMap<string, readonly Bucket[]> {
  const { timezone } = calendar
  const key = `${date} ${grain} ${timezone}`
  const known = faces.get(key)
  if (known) return known
  const inside = quartersOf(date, timezone)
  const [first, last] = [inside[0], inside.at(-1)]
  const buckets = first === undefined || last === undefined ? [] : bucketsOf(first, last + QUARTER_MS, grain, calendar)
  const found = Map.groupBy(buckets, ({ start }) => face(start, grain, timezone))
  faces.set(key, found)
  return found
}
