import type { ReadDate } from './read-date.ts'

/** Milliseconds since 1970 of a day or a time: of its own offset, or else in the zone; a day is its first instant there. */
export function createInstantOf(timezone: string): (date: ReadDate) => number {
  // Most zones have a handful of offsets, and days come again and again.
  const starts = new Map<string, number>()
  const startOf = (day: string) => {
    const known = starts.get(day)
    if (known !== undefined) return known
    const start = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: timezone }).epochMilliseconds
    if (starts.size > 100_000) starts.clear()
    starts.set(day, start)
    return start
  }
  return ({ day, clock, offset }) => {
    if (clock === undefined) return startOf(day)
    if (offset !== undefined || timezone === 'UTC') return Date.parse(`${day}T${clock}${offset ?? 'Z'}`)
    return Temporal.PlainDateTime.from(`${day}T${clock}`).toZonedDateTime(timezone).epochMilliseconds
  }
}
