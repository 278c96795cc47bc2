import type { Comparison } from '../query/query.ts'

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
  /** What it is compared with: a month with the month before, whatever their lengths. */
  readonly comparison: Comparison['with']
  readonly range: (now: Temporal.ZonedDateTime, firstDayOfWeek: number) => ZonedRange
}

export const RANGE_PRESETS = {
  today: { label: 'Today', comparison: 'previous_period', range: lastDays(1) },
  yesterday: {
    label: 'Yesterday',
    comparison: 'previous_period',
    range: (now) => between(now, now.toPlainDate().subtract({ days: 1 }), now.toPlainDate()),
  },
  '24h': { label: 'Last 24 hours', comparison: 'previous_period', range: last24Hours },
  '7d': { label: 'Last 7 days', comparison: 'previous_period', range: lastDays(7) },
  '28d': { label: 'Last 28 days', comparison: 'previous_period', range: lastDays(28) },
  '30d': { label: 'Last 30 days', comparison: 'previous_period', range: lastDays(30) },
  '90d': { label: 'Last 90 days', comparison: 'previous_period', range: lastDays(90) },
  '12mo': { label: 'Last 12 months', comparison: 'previous_year', range: last12Months },
  'this-week': { label: 'This week', comparison: 'previous_period', range: calendarPeriod(weekStart, { days: 7 }, 0) },
  'last-week': { label: 'Last week', comparison: 'previous_period', range: calendarPeriod(weekStart, { days: 7 }, 1) },
  'this-month': {
    label: 'This month',
    comparison: 'previous_month',
    range: calendarPeriod(monthStart, { months: 1 }, 0),
  },
  'last-month': {
    label: 'Last month',
    comparison: 'previous_month',
    range: calendarPeriod(monthStart, { months: 1 }, 1),
  },
  'this-quarter': {
    label: 'This quarter',
    comparison: 'previous_quarter',
    range: calendarPeriod(quarterStart, { months: 3 }, 0),
  },
  'last-quarter': {
    label: 'Last quarter',
    comparison: 'previous_quarter',
    range: calendarPeriod(quarterStart, { months: 3 }, 1),
  },
  'this-year': { label: 'This year', comparison: 'previous_year', range: calendarPeriod(yearStart, { years: 1 }, 0) },
  'last-year': { label: 'Last year', comparison: 'previous_year', range: calendarPeriod(yearStart, { years: 1 }, 1) },
} as const satisfies Record<string, RangePreset>

export type RangePresetId = keyof typeof RANGE_PRESETS

export function isRangePresetId(text: string): text is RangePresetId {
  return Object.hasOwn(RANGE_PRESETS, text)
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
