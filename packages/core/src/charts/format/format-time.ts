import type { Grain } from '../../time/grain.ts'
import type { ZonedRange } from '../../time/range-preset.ts'

/** What a bucket covers, in words: `Tue, 3 Nov, 14:00 – 15:00` or `2 – 8 Nov 2026`. */
export function formatBucket(
  bucket: { start: Temporal.ZonedDateTime; end: Temporal.ZonedDateTime },
  grain: Grain,
  locale?: string,
): string {
  const { start, end } = bucket
  const format = formatterOf(locale, start.timeZoneId, BUCKET_FORMATS[grain])
  switch (grain) {
    case 'minute':
    case 'quarter_hour':
    case 'hour':
      return format.formatRange(start.epochMilliseconds, end.epochMilliseconds)
    case 'day':
    case 'month':
    case 'year':
      return format.format(start.epochMilliseconds)
    case 'week':
    case 'quarter':
      return format.formatRange(start.epochMilliseconds, end.epochMilliseconds - 1)
  }
}

/** A range as people write it, with its last day included: `17 – 20 May 2015`; with times when it is not whole days. */
export function formatRange({ from, to }: ZonedRange, locale?: string): string {
  const isWholeDays = isDayStart(from) && isDayStart(to)
  const format = formatterOf(locale, from.timeZoneId, isWholeDays ? DATE : DATE_TIME)
  return format.formatRange(from.epochMilliseconds, isWholeDays ? to.epochMilliseconds - 1 : to.epochMilliseconds)
}

/** A range in passing, where the year and the minutes would be noise: `28 Sept – 25 Oct`, within a day `00:00 – 03:05`. */
export function formatShortRange({ from, to }: ZonedRange, thisYear: number, locale?: string): string {
  const last = to.subtract({ milliseconds: 1 })
  const isOneDay = from.toPlainDate().equals(last.toPlainDate())
  const isWholeDay = isOneDay && isDayStart(from) && isDayStart(to)
  const year: Intl.DateTimeFormatOptions = from.year === thisYear && last.year === thisYear ? {} : { year: 'numeric' }
  const time = isOneDay && !isWholeDay ? TIME : {}
  const format = formatterOf(locale, from.timeZoneId, { ...DAY, ...year, ...time })
  return format.formatRange(
    from.epochMilliseconds,
    isOneDay && !isWholeDay ? to.epochMilliseconds : last.epochMilliseconds,
  )
}

/** The time of day to the second. */
export function formatClock(at: Temporal.Instant, timezone: string, locale?: string): string {
  return formatterOf(locale, timezone, { timeStyle: 'medium' }).format(at.epochMilliseconds)
}

/** How long ago something was: `3 days ago`. */
export function formatAgo(at: Temporal.Instant, now: Temporal.Instant, locale?: string): string {
  const seconds = Math.min(0, at.since(now).total('seconds'))
  const [unit, unitSeconds] = AGO_UNITS.find(([, size]) => -seconds >= size) ?? (['second', 1] as const)
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.ceil(seconds / unitSeconds), unit)
}

const AGO_UNITS = [
  ['year', 31_556_952],
  ['month', 2_629_746],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** Labels under a chart. `isMajor` marks the one where a larger unit begins, such as the first hour of a day. */
export function formatTick(at: Temporal.ZonedDateTime, grain: Grain, isMajor: boolean, locale?: string): string {
  const own = isMajor ? MAJOR_TICKS[grain] : TICKS[grain]
  const format = own === TIME && at.minute === 0 && hasHalves(locale) ? HOUR : own
  return formatterOf(locale, at.timeZoneId, format).format(at.epochMilliseconds)
}

/** Whether the locale counts its hours to twelve twice: there, `6 AM` says all. */
function hasHalves(locale: string | undefined): boolean {
  return formatterOf(locale, 'UTC', HOUR).resolvedOptions().hour12 === true
}

export function isDayStart(at: Temporal.ZonedDateTime): boolean {
  return at.equals(at.startOfDay())
}

const DATE: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }
const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
const HOUR: Intl.DateTimeFormatOptions = { hour: 'numeric' }
const DATE_TIME: Intl.DateTimeFormatOptions = { ...DATE, ...TIME }
const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' }

const BY_CLOCK: Intl.DateTimeFormatOptions = { weekday: 'short', ...DAY, ...TIME }

const BUCKET_FORMATS: Record<Grain, Intl.DateTimeFormatOptions> = {
  minute: BY_CLOCK,
  quarter_hour: BY_CLOCK,
  hour: BY_CLOCK,
  day: { weekday: 'short', ...DATE },
  week: DATE,
  month: { month: 'long', year: 'numeric' },
  quarter: { month: 'short', year: 'numeric' },
  year: { year: 'numeric' },
}
const TICKS: Record<Grain, Intl.DateTimeFormatOptions> = {
  minute: TIME,
  quarter_hour: TIME,
  hour: TIME,
  day: DAY,
  week: DAY,
  month: { month: 'short' },
  quarter: { month: 'short' },
  year: { year: 'numeric' },
}
const MAJOR_TICKS: Record<Grain, Intl.DateTimeFormatOptions> = {
  minute: DAY,
  quarter_hour: DAY,
  hour: DAY,
  day: DAY,
  week: DAY,
  month: { year: 'numeric' },
  quarter: { year: 'numeric' },
  year: { year: 'numeric' },
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(
  locale: string | undefined,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone })
  formatters.set(key, made)
  return made
}
