/**
 * Whether clocks in the zone stand at a part of an hour (India at :30, Nepal at :45, Lord Howe for half of the year), as of the
 * rules from 2020 on: its days then begin between two full hours of UTC.
 */
export function hasPartHours(timeZone: string): boolean {
  return MOMENTS.some((moment) => moment.toZonedDateTimeISO(timeZone).offsetNanoseconds % HOUR_NANOSECONDS !== 0)
}

const HOUR_NANOSECONDS = 3_600_000_000_000

/** In both halves of the year; rules are not known further ahead. */
const MOMENTS = Array.from({ length: 18 }, (_, n) => 2020 + n).flatMap((year) =>
  ['01-01', '07-01'].map((date) => Temporal.Instant.from(`${year}-${date}T00:00Z`)),
)

/**
 * Whether the clocks of the zone stand at a full step whenever a step since 1970 begins, and change only then, so that a part of
 * the calendar at the start of a step is that of all of it. Times are in milliseconds; of the years that a cube can hold.
 */
export function hasWholeSteps(
  timeZone: string,
  { from, to }: { readonly from: number; readonly to: number },
  stepSeconds: number,
): boolean {
  const end = Math.min(to, END_OF_CUBES)
  let at = Temporal.Instant.fromEpochMilliseconds(Math.min(Math.max(from, 0), END_OF_CUBES)).toZonedDateTimeISO(
    timeZone,
  )
  while (at.offsetNanoseconds % (stepSeconds * 1e9) === 0) {
    const change = at.getTimeZoneTransition('next')
    if (!change || change.epochMilliseconds >= end) return true
    if (change.epochMilliseconds % (stepSeconds * 1000) !== 0) return false
    at = change
  }
  return false
}

const END_OF_CUBES = Date.UTC(2106, 0)
