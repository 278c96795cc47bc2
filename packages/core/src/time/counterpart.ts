/**
 * The same time of day on another date. The calendar of a zone has holes and folds, so this says what stands where:
 *
 * - The first instant of a day stands beside the first instant of the other day, whether or not that is midnight.
 * - A time that the other day skips (a day of 23 hours) stands beside the instant at which the clocks were set forward.
 * - A time that comes twice on the other day (25 hours) stands beside the first of the two.
 * - The second of a time that comes twice here stands beside the second over there, or, where it comes once, beside the
 *   instant at which the repeated stretch is over: by then the other day has shown all of these times, too.
 * - A date that does not exist (31 February, 30 December 2011 in Apia) stands beside the start of the next that does.
 *
 * A later instant never stands beside an earlier one.
 */

/** How far away the other date is. */
export type DateShift = { readonly days: number } | { readonly months: number }

/** The date so much earlier; `undefined` where that month has no such day. */
export function earlierDate(date: Temporal.PlainDate, shift: DateShift): Temporal.PlainDate | undefined {
  const earlier = date.subtract(shift)
  return 'days' in shift || earlier.day === date.day ? earlier : undefined
}

/** What stands beside `moment` so much earlier. */
export function counterpart(moment: Temporal.ZonedDateTime, shift: DateShift): Temporal.ZonedDateTime {
  const here = moment.toPlainDate()
  const there = earlierDate(here, shift)
  if (!there) return here.subtract(shift).add({ days: 1 }).toZonedDateTime(moment.timeZoneId)
  if (moment.equals(moment.startOfDay())) return there.toZonedDateTime(moment.timeZoneId)

  const time = there.toPlainDateTime(moment.toPlainTime())
  const first = time.toZonedDateTime(moment.timeZoneId, { disambiguation: 'earlier' })
  // In a gap, Temporal goes back by its length, to just before the change of clocks.
  if (!first.toPlainDateTime().equals(time)) return first.getTimeZoneTransition('next') ?? first
  if (!isRepeated(moment)) return first

  const second = time.toZonedDateTime(moment.timeZoneId, { disambiguation: 'later' })
  return second.equals(first) ? counterpart(endOfRepetition(moment), shift) : second
}

/** Whether the clock showed this time before. */
function isRepeated(moment: Temporal.ZonedDateTime): boolean {
  const first = moment.toPlainDateTime().toZonedDateTime(moment.timeZoneId, { disambiguation: 'earlier' })
  return Temporal.ZonedDateTime.compare(first, moment) < 0
}

/** When the clock shows again what it showed when it was set back. */
function endOfRepetition(moment: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  // A transition at `moment` itself is the previous one of the instant after it.
  const change = moment.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
  if (!change) return moment
  const lostNanoseconds = change.subtract({ nanoseconds: 1 }).offsetNanoseconds - change.offsetNanoseconds
  return change.add({ nanoseconds: lostNanoseconds })
}
