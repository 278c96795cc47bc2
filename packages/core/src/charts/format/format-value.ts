import type { Column, Value } from '../../query/query.ts'
import { endOfBucket } from '../../time/buckets.ts'
import type { Grain } from '../../time/grain.ts'
import { formatBucket, isDayStart } from './format-time.ts'

/** The zone and the calendar that times are read in. */
interface Calendar {
  readonly timezone: string
  readonly firstDayOfWeek: number
  readonly grain: Grain | undefined
}

/** A value of a dimension in words. What is empty says so: a blank label looks like a mistake. */
export function formatValue(value: Value | undefined, column: Column, calendar: Calendar, locale?: string): string {
  if (value === null || value === undefined) return '(none)'
  if (value === '') return '(empty)'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (column.type === 'time') return formatMoment(value, calendar, locale)
  if (typeof value === 'string' && isCountry(column, value)) return countryName(value, locale)
  return String(value)
}

/** A time as what its bucket covers, or to the minute where there are no buckets. */
export function formatMoment(value: string | number, calendar: Calendar, locale?: string): string {
  const start = parseTime(value, calendar.timezone)
  if (!start) return String(value)
  const grain = calendar.grain ?? (isDayStart(start) ? 'day' : undefined)
  if (grain) return formatBucket({ start, end: endOfBucket(start, grain, calendar.firstDayOfWeek) }, grain, locale)
  return start.toLocaleString(locale, { dateStyle: 'medium', timeStyle: start.second === 0 ? 'short' : 'medium' })
}

/** An RFC 3339 instant, a date, or a date and time without an offset, which is one of the zone; else nothing. */
export function parseTime(value: Value | undefined, timezone: string): Temporal.ZonedDateTime | undefined {
  if (typeof value !== 'string') return undefined
  try {
    if (/(Z|[+-]\d\d:?\d\d)$/i.test(value) && value.length > 10) {
      return Temporal.Instant.from(value).toZonedDateTimeISO(timezone)
    }
    return Temporal.PlainDateTime.from(value).toZonedDateTime(timezone)
  } catch {
    return undefined
  }
}

/** ISO 3166 codes in a column that says that it holds countries. */
const isCountry = (column: Column, value: string) =>
  /^[A-Z]{2}$/.test(value) && /(^|_)country(_code)?$/.test(column.name)

const regions = new Map<string | undefined, Intl.DisplayNames>()

function countryName(code: string, locale: string | undefined): string {
  const names = regions.get(locale) ?? new Intl.DisplayNames(locale, { type: 'region' })
  regions.set(locale, names)
  return names.of(code) ?? code
}
