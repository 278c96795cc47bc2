import { lengthOf, previousRange, RANGE_PRESETS, type ZonedRange } from '@almanac/core/time/range-preset.ts'
import { formatRange, isDayStart } from '../widgets/format-time.ts'
import { type DashboardSearch, DEFAULT_RANGE } from './dashboard-search.ts'

/** The range that an address asks for, with what belongs to it. */
export interface DashboardRange extends ZonedRange {
  /** The preset's name, or the dates. */
  readonly label: string
  /** What to compare with; absent for all time, before which there is nothing. */
  readonly previous: ZonedRange | undefined
}

/** `extent` is where data is; it is only needed for `all`. `undefined` while it is not known. */
export function dashboardRange(
  search: DashboardSearch,
  now: Temporal.ZonedDateTime,
  firstDayOfWeek: number,
  extent: ZonedRange | undefined,
): DashboardRange | undefined {
  if (search.range === 'all') return extent && { ...extent, label: 'All time', previous: undefined }
  if (search.range === undefined && search.from && search.to) {
    const custom = customRange(search.from, search.to, now.timeZoneId)
    if (custom) return withPrevious(custom, formatRange(custom), lengthOf(custom), now)
  }
  const { label, period, range } = RANGE_PRESETS[search.range ?? DEFAULT_RANGE]
  return withPrevious(range(now, firstDayOfWeek), label, period, now)
}

/** The ends of a range for an address: dates where it is whole days, else instants, which no other zone changes. */
export function rangeToSearch({ from, to }: ZonedRange): { from: string; to: string } {
  if (isDayStart(from) && isDayStart(to)) {
    return { from: from.toPlainDate().toString(), to: to.toPlainDate().toString() }
  }
  return { from: from.toInstant().toString(), to: to.toInstant().toString() }
}

function customRange(from: string, to: string, timezone: string): ZonedRange | undefined {
  const range = { from: momentOf(from, timezone), to: momentOf(to, timezone) }
  return Temporal.ZonedDateTime.compare(range.from, range.to) < 0 ? range : undefined
}

function momentOf(text: string, timezone: string): Temporal.ZonedDateTime {
  if (text.includes('T')) return Temporal.Instant.from(text).toZonedDateTimeISO(timezone)
  return Temporal.PlainDate.from(text).toZonedDateTime(timezone)
}

function withPrevious(
  range: ZonedRange,
  label: string,
  period: Temporal.DurationLike,
  now: Temporal.ZonedDateTime,
): DashboardRange {
  return { ...range, label, previous: previousRange(range, period, now.toInstant()) }
}
