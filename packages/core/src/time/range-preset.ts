/**
 * Named ranges such as "Last 28 days". A range is half-open and lies on calendar days of the reader's zone, so a day of
 * 23 or 25 hours is still one day. A range that holds the present ends with the running day (or hour), not at this
 * second: its bounds stay the same all day, and so do the cache keys and the axis of a chart.
 */
export interface ZonedRange {
  readonly from: Temporal.ZonedDateTime
  /** Not in the range any more. */
  readonly to: Temporal.ZonedDateTime
}

interface RangePreset {
  readonly label: string
  /** How far back the comparison lies: a month is compared with the month before, whatever their lengths. */
  readonly period: Temporal.DurationLike
  readonly range: (now: Temporal.ZonedDateTime, firstDayOfWeek: number) => ZonedRange
}

export const RANGE_PRESETS = {
  today: { label: 'Today', period: { days: 1 }, range: lastDays(1) },
  yesterday: {
    label: 'Yesterday',
    period: { days: 1 },
    range: (now) => between(now, now.toPlainDate().subtract({ days: 1 }), now.toPlainDate()),
  },
  '24h': { label: 'Last 24 hours', period: { hours: 24 }, range: last24Hours },
  '7d': { label: 'Last 7 days', period: { days: 7 }, range: lastDays(7) },
  '28d': { label: 'Last 28 days', period: { days: 28 }, range: lastDays(28) },
  '30d': { label: 'Last 30 days', period: { days: 30 }, range: lastDays(30) },
  '90d': { label: 'Last 90 days', period: { days: 90 }, range: lastDays(90) },
  '12mo': { label: 'Last 12 months', period: { months: 12 }, range: last12Months },
  'this-week': { label: 'This week', period: { days: 7 }, range: calendarPeriod(weekStart, { days: 7 }, 0) },
  'last-week': { label: 'Last week', period: { days: 7 }, range: calendarPeriod(weekStart, { days: 7 }, 1) },
  'this-month': { label: 'This month', period: { months: 1 }, range: calendarPeriod(monthStart, { months: 1 }, 0) },
  'last-month': { label: 'Last month', period: { months: 1 }, range: calendarPeriod(monthStart, { months: 1 }, 1) },
  'this-quarter': {
    label: 'This quarter',
    period: { months: 3 },
    range: calendarPeriod(quarterStart, { months: 3 }, 0),
  },
  'last-quarter': {
    label: 'Last quarter',
    period: { months: 3 },
    range: calendarPeriod(quarterStart, { months: 3 }, 1),
  },
  'this-year': { label: 'This year', period: { years: 1 }, range: calendarPeriod(yearStart, { years: 1 }, 0) },
  'last-year': { label: 'Last year', period: { years: 1 }, range: calendarPeriod(yearStart, { years: 1 }, 1) },
} as const satisfies Record<string, RangePreset>

export type RangePresetId = keyof typeof RANGE_PRESETS

export function isRangePresetId(text: string): text is RangePresetId {
  return Object.hasOwn(RANGE_PRESETS, text)
}

/**
 * What to compare a range with: the same stretch one period earlier. Of a range that is still running only the part up
 * to `now` is compared, so that a morning is not set against a whole day. Never reaches into the range itself.
 */
export function previousRange(range: ZonedRange, period: Temporal.DurationLike, now: Temporal.Instant): ZonedRange {
  const end = isRunning(range, now) ? now.toZonedDateTimeISO(range.from.timeZoneId) : range.to
  return { from: range.from.subtract(period), to: earlier(end.subtract(period), range.from) }
}

/** The distance to the range just before this one, for ranges that were picked by hand: days where it is whole days. */
export function lengthOf({ from, to }: ZonedRange): Temporal.Duration {
  return from.until(to, { largestUnit: 'day' })
}

function isRunning({ from, to }: ZonedRange, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(from.toInstant(), now) < 0 && Temporal.Instant.compare(now, to.toInstant()) < 0
}

function earlier(a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  return Temporal.ZonedDateTime.compare(a, b) < 0 ? a : b
}

function lastDays(count: number) {
  return (now: Temporal.ZonedDateTime): ZonedRange => {
    const today = now.toPlainDate()
    return between(now, today.subtract({ days: count - 1 }), today.add({ days: 1 }))
  }
}

/** 24 hours that end with the running one. */
function last24Hours(now: Temporal.ZonedDateTime): ZonedRange {
  const to = now.round({ smallestUnit: 'hour', roundingMode: 'floor' }).add({ hours: 1 })
  return { from: to.subtract({ hours: 24 }), to }
}

function last12Months(now: Temporal.ZonedDateTime): ZonedRange {
  const tomorrow = now.toPlainDate().add({ days: 1 })
  return between(now, tomorrow.subtract({ months: 12 }), tomorrow)
}

function calendarPeriod(
  startOf: (date: Temporal.PlainDate, firstDayOfWeek: number) => Temporal.PlainDate,
  length: Temporal.DurationLike,
  ago: 0 | 1,
) {
  return (now: Temporal.ZonedDateTime, firstDayOfWeek: number): ZonedRange => {
    const current = startOf(now.toPlainDate(), firstDayOfWeek)
    return ago === 0 ? between(now, current, current.add(length)) : between(now, current.subtract(length), current)
  }
}

function weekStart(date: Temporal.PlainDate, firstDayOfWeek: number): Temporal.PlainDate {
  return date.subtract({ days: (date.dayOfWeek - firstDayOfWeek + 7) % 7 })
}

function monthStart(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.with({ day: 1 })
}

function quarterStart(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.with({ month: date.month - ((date.month - 1) % 3), day: 1 })
}

function yearStart(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.with({ month: 1, day: 1 })
}

/** From the first moment of one day to the first moment of another; some days do not begin at midnight. */
function between(now: Temporal.ZonedDateTime, from: Temporal.PlainDate, to: Temporal.PlainDate): ZonedRange {
  return { from: from.toZonedDateTime(now.timeZoneId), to: to.toZonedDateTime(now.timeZoneId) }
}
