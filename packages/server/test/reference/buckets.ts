import type { Grain } from '@almanac/core/time/grain.ts'
import { localTime, startOfDate } from './local-time.ts'

/** How a query divides time. */
export interface Calendar {
  readonly timezone: string
  readonly firstDayOfWeek: number
  readonly fiscalYearStart: number
}

/** A bucket: half-open, in milliseconds. The first and the last of a range may reach out of it. */
export interface Bucket {
  readonly start: number
  readonly end: number
  /** Where it would end, had it not been cut off to be compared to date. */
  readonly uncutEnd?: number
}

const HOUR_MS = 3_600_000
/** Every zone of these tests changes its clocks at such an instant, and begins its hours and days at one. */
const QUARTER_MS = 900_000

/** The name of the bucket in which an instant lies: the same for all of its instants and for no others. */
export function bucketName(ms: number, grain: Grain, calendar: Calendar): string {
  const { date, hour, minute, offset } = localTime(ms, calendar.timezone)
  switch (grain) {
    case 'minute':
      return `${date} ${hour}:${minute} ${offset}`
    case 'quarter_hour':
      return `${date} ${hour}:${minute - (minute % 15)} ${offset}`
    case 'hour':
      return `${date} ${hour} ${offset}`
    default:
      return periodName(date, grain, calendar)
  }
}

type Period = Exclude<Grain, 'minute' | 'quarter_hour' | 'hour'>

/** The first date of the day, week, month, quarter or year that a date is in: found by going back a day or a month at a time. */
export function periodName(text: string, grain: Period, { firstDayOfWeek, fiscalYearStart }: Calendar): string {
  let date = Temporal.PlainDate.from(text)
  if (grain === 'day') return text
  if (grain === 'week') {
    while (date.dayOfWeek !== firstDayOfWeek) date = date.subtract({ days: 1 })
    return date.toString()
  }
  const months = { month: 1, quarter: 3, year: 12 }[grain]
  date = date.with({ day: 1 })
  while ((date.month - fiscalYearStart + 12) % months !== 0) date = date.subtract({ months: 1 })
  return date.toString()
}

const known = new Map<string, readonly Bucket[]>()

/** All buckets that have an instant in the range, in order. */
export function bucketsOf(from: number, to: number, grain: Grain, calendar: Calendar): readonly Bucket[] {
  const key = JSON.stringify([from, to, grain, calendar])
  const found = known.get(key) ?? findBuckets(from, to, grain, calendar)
  known.set(key, found)
  return found
}

function findBuckets(from: number, to: number, grain: Grain, calendar: Calendar): Bucket[] {
  const isShort = grain === 'minute' || grain === 'quarter_hour' || grain === 'hour'
  const starts = isShort ? clockStarts(from, to, grain, calendar) : dateStarts(from, to, grain, calendar)
  const buckets = starts.slice(0, -1).map((start, i) => ({ start, end: starts[i + 1] as number }))
  return buckets.filter(({ start, end }) => end > from && start < to)
}

/** Looks at the clock every quarter of an hour, or every minute, and notes when the name changes. */
function clockStarts(from: number, to: number, grain: Grain, calendar: Calendar): number[] {
  const step = grain === 'minute' ? 60_000 : QUARTER_MS
  const starts: number[] = []
  let last: string | undefined
  for (let ms = Math.floor(from / QUARTER_MS) * QUARTER_MS - 2 * HOUR_MS; ms < to + 3 * HOUR_MS; ms += step) {
    const name = bucketName(ms, grain, calendar)
    if (last !== undefined && name !== last) starts.push(ms)
    last = name
  }
  return starts
}

/** Goes through the dates and notes when the name changes; a date that a zone skipped has no instant and is left out. */
function dateStarts(from: number, to: number, grain: Period, calendar: Calendar): number[] {
  const dateOf = (ms: number) => Temporal.PlainDate.from(localTime(ms, calendar.timezone).date)
  const margin = { day: 4, week: 10, month: 32, quarter: 94, year: 368 }[grain]
  const end = dateOf(to).add({ days: margin })
  const starts: number[] = []
  let last: string | undefined
  for (let date = dateOf(from).subtract({ days: margin }); !date.equals(end); date = date.add({ days: 1 })) {
    const text = date.toString()
    const start = startOfDate(text, calendar.timezone)
    if (localTime(start, calendar.timezone).date !== text) continue
    const name = periodName(text, grain, calendar)
    if (last !== undefined && name !== last) starts.push(start)
    last = name
  }
  return starts
}
