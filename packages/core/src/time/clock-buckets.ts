import type { Grain } from './grain.ts'

/**
 * Buckets by the clock on the wall: minutes, quarters of an hour and hours. Between two changes of a zone's offset they are
 * plain steps of elapsed time, so a day of 1,440 minutes costs two questions to the calendar. Where the offset changes, a new
 * bucket starts: what comes twice is two buckets, and a shift within a bucket (half an hour on Lord Howe) cuts it in two.
 */

export type ClockGrain = Extract<Grain, 'minute' | 'quarter_hour' | 'hour'>

export const CLOCK_STEP_MS = { minute: 60_000, quarter_hour: 900_000, hour: 3_600_000 } as const satisfies Record<
  ClockGrain,
  number
>

export function isClockGrain(grain: Grain): grain is ClockGrain {
  return grain in CLOCK_STEP_MS
}

/** The start of the bucket that holds `moment`. */
export function startOfClockBucket(moment: Temporal.ZonedDateTime, grain: ClockGrain): Temporal.ZonedDateTime {
  const step = CLOCK_STEP_MS[grain]
  const start = atMs(slotOf(moment, grain) * step - offsetMs(moment), moment.timeZoneId)
  if (start.offsetNanoseconds === moment.offsetNanoseconds) return start
  // The offset changed in between. A transition at `moment` itself is the previous one of the instant after it.
  return moment.add({ nanoseconds: 1 }).getTimeZoneTransition('previous') ?? start
}

/** Where the bucket that starts at `start` ends. */
export function endOfClockBucket(start: Temporal.ZonedDateTime, grain: ClockGrain): Temporal.ZonedDateTime {
  const shift = start.getTimeZoneTransition('next')
  const fullMs = nextFullMs(start, grain)
  return shift && shift.epochMilliseconds < fullMs ? shift : atMs(fullMs, start.timeZoneId)
}

/** The starts of all buckets that touch the range, in order; `undefined` when there are more than `limit`. */
export function clockBucketStarts(
  from: Temporal.ZonedDateTime,
  to: Temporal.ZonedDateTime,
  grain: ClockGrain,
  limit: number,
): Temporal.ZonedDateTime[] | undefined {
  const step = CLOCK_STEP_MS[grain]
  const toMs = roundedUpMs(to)
  const starts: Temporal.ZonedDateTime[] = []
  let at = startOfClockBucket(from, grain)
  while (at.epochMilliseconds < toMs) {
    const shift = at.getTimeZoneTransition('next')
    const endMs = Math.min(toMs, shift?.epochMilliseconds ?? toMs)
    // The first one starts at the shift, which need not be where the clock shows a full step; the others do.
    const secondMs = nextFullMs(at, grain)
    if (starts.length + Math.ceil((endMs - secondMs) / step) >= limit) return undefined
    starts.push(at)
    for (let ms = secondMs; ms < endMs; ms += step) starts.push(atMs(ms, at.timeZoneId))
    at = atMs(endMs, at.timeZoneId)
  }
  return starts
}

/** What the clock shows, as the number of steps since 1970 on a clock that never changed. */
export function slotOf(moment: Temporal.ZonedDateTime, grain: ClockGrain): number {
  return Math.floor((moment.epochMilliseconds + offsetMs(moment)) / CLOCK_STEP_MS[grain])
}

/** When the clock shows the next full step, if it is not changed before. */
function nextFullMs(moment: Temporal.ZonedDateTime, grain: ClockGrain): number {
  return (slotOf(moment, grain) + 1) * CLOCK_STEP_MS[grain] - offsetMs(moment)
}

function offsetMs(moment: Temporal.ZonedDateTime): number {
  return moment.offsetNanoseconds / 1_000_000
}

function atMs(epochMs: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timeZone)
}

function roundedUpMs(moment: Temporal.ZonedDateTime): number {
  return moment.epochMilliseconds + (moment.microsecond > 0 || moment.nanosecond > 0 ? 1 : 0)
}
