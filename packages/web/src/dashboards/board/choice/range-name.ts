import { formatRange } from '@almanac/core/charts/format/format-time.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'

/** A range in as few words as say it: `2026`, `March 2026`, `12 March 2026`, else from when to when. */
export function rangeName(range: ZonedRange, locale?: string): string {
  const { from, to } = range
  const unit = UNITS.find(({ span }) => isStartOf(from, span) && from.add({ [span]: 1 }).equals(to))
  if (!unit) return formatRange(range, locale)
  return new Intl.DateTimeFormat(locale, { ...unit.format, timeZone: from.timeZoneId }).format(from.epochMilliseconds)
}

const UNITS = [
  { span: 'years', format: { year: 'numeric' } },
  { span: 'months', format: { month: 'long', year: 'numeric' } },
  { span: 'days', format: { day: 'numeric', month: 'long', year: 'numeric' } },
] as const satisfies { span: string; format: Intl.DateTimeFormatOptions }[]

function isStartOf(at: Temporal.ZonedDateTime, span: (typeof UNITS)[number]['span']): boolean {
  if (!at.equals(at.startOfDay())) return false
  return span === 'days' || (at.day === 1 && (span === 'months' || at.month === 1))
}
