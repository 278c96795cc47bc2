import type { CubeCalendar } from '@almanac/core/cubes/cube.ts'
import { quotedText } from '@almanac/core/sql/quoted-text.ts'
import type { Grain } from '@almanac/core/time/grain.ts'

export const BI_GRAINS = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const satisfies readonly Grain[]
export type BiGrain = (typeof BI_GRAINS)[number]

/**
 * The bucket of a raw row in a view: its local hour, or the first day of what is longer, which has no offset and no change
 * of clocks. Made of functions that the engine knows to be monotonic, so that a range of buckets is a range of rows. Hours are
 * the engine's, which are not those of queries on the two days a year on which Lord Howe's clocks move by half an hour.
 */
export function bucketSql(
  grain: BiGrain,
  time: string,
  { timezone, firstDayOfWeek, fiscalYearStart }: CubeCalendar,
): string {
  const zone = quotedText(timezone)
  const date = `toDate(${time}, ${zone})`
  const monthsBefore = (months: number, start: string) =>
    months === 0
      ? `${start}(${date})`
      : `addMonths(${start}(addMonths(toStartOfMonth(${date}), -${months})), ${months})`
  switch (grain) {
    case 'hour':
      return `toStartOfHour(toTimeZone(toDateTime(${time}), ${zone}))`
    case 'day':
      return date
    case 'week':
      return firstDayOfWeek === 1
        ? `toMonday(${date})`
        : `toMonday(${date} - ${firstDayOfWeek - 1}) + ${firstDayOfWeek - 1}`
    case 'month':
      return `toStartOfMonth(${date})`
    case 'quarter':
      return monthsBefore((fiscalYearStart - 1) % 3, 'toStartOfQuarter')
    case 'year':
      return monthsBefore(fiscalYearStart - 1, 'toStartOfYear')
  }
}
