import type { Comparison } from '@almanac/core/query/query.ts'
import { RANGE_PRESETS, type ZonedRange } from '@almanac/core/time/range-preset.ts'
import { formatRange, isDayStart } from '../widgets/format-time.ts'
import { type DashboardSearch, DEFAULT_RANGE } from './dashboard-search.ts'

/** The range that an address asks for, with what belongs to it. */
export interface DashboardRange extends ZonedRange {
  /** The preset's name, or the dates. */
  readonly label: string
  /** What to compare with; absent for all time, before which there is nothing. */
  readonly comparison: Comparison['with'] | undefined
}

/** `extent` is where data is; it is only needed for `all`. `undefined` while it is not known. */
export function dashboardRange(
  search: DashboardSearch,
  now: Temporal.ZonedDateTime,
  firstDayOfWeek: number,
  extent: ZonedRange | undefined,
): DashboardRange | undefined {
  if (search.range === 'all') return extent && { ...extent, label: 'All time', comparison: undefined }
  if (search.range === undefined && search.from && search.to) {
    const custom = customRange(search.from, search.to, now.timeZoneId)
    if (custom) return { ...custom, label: formatRange(custom), comparison: 'previous_period' }
  }
  const { label, comparison, range } = RANGE_PRESETS[search.range ?? DEFAULT_RANGE]
  return { ...range(now, firstDayOfWeek), label, comparison }
}

/** Whether it holds the present. */
export function isRunning({ from, to }: ZonedRange, now: Temporal.ZonedDateTime): boolean {
  const { compare } = Temporal.ZonedDateTime
  return compare(from, now) <= 0 && compare(now, to) < 0
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
