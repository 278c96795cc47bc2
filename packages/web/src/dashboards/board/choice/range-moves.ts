import type { ZonedRange } from '@almanac/core/time/range-preset.ts'

/** The range of equal length beside this one: whole months stay whole months, and days stay days when clocks change. */
export function shiftedRange(range: ZonedRange, by: 1 | -1): ZonedRange {
  const length = calendarLength(range)
  const moved = (at: Temporal.ZonedDateTime) => (by === 1 ? at.add(length) : at.subtract(length))
  return by === 1 ? { from: range.to, to: moved(range.to) } : { from: moved(range.from), to: range.from }
}

/** Twice as long, about the same middle; what would lie after today is added before instead. */
export function zoomedOut(range: ZonedRange, now: Temporal.ZonedDateTime): ZonedRange {
  const { from, to } = range
  const isDays = isWholeDays(range)
  const half = isDays
    ? { days: Math.ceil(daysOf(range) / 2) }
    : { milliseconds: Math.ceil((to.epochMilliseconds - from.epochMilliseconds) / 2) }
  const wide = { from: from.subtract(half), to: to.add(half) }
  const today = now.withTimeZone(from.timeZoneId).startOfDay().add({ days: 1 })
  const end = later(to, isDays ? today : now)
  if (Temporal.ZonedDateTime.compare(wide.to, end) <= 0) return wide
  const beyond = isDays
    ? { days: daysOf({ from: end, to: wide.to }) }
    : { milliseconds: wide.to.epochMilliseconds - end.epochMilliseconds }
  return { from: wide.from.subtract(beyond), to: end }
}

function isWholeDays({ from, to }: ZonedRange): boolean {
  return from.equals(from.startOfDay()) && to.equals(to.startOfDay())
}

function calendarLength(range: ZonedRange): Temporal.DurationLike {
  const { from, to } = range
  if (!isWholeDays(range)) return { milliseconds: to.epochMilliseconds - from.epochMilliseconds }
  if (from.day === 1 && to.day === 1) {
    return { months: from.toPlainDate().until(to.toPlainDate(), { largestUnit: 'month' }).months }
  }
  return { days: daysOf(range) }
}

function daysOf({ from, to }: ZonedRange): number {
  return from.toPlainDate().until(to.toPlainDate(), { largestUnit: 'day' }).days
}

function later(a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  return Temporal.ZonedDateTime.compare(a, b) < 0 ? b : a
}
