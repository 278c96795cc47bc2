/**
 * What a clock on the wall shows. The reference knows time only by this: it reads a local time and says by its text in which
 * bucket it lies. Nothing here is shared with the product's buckets, so that a mistake in them shows.
 */
export interface LocalTime {
  /** `2026-03-29` */
  readonly date: string
  readonly hour: number
  readonly minute: number
  /** `+05:45`: tells the two hours from each other that are called the same when clocks go back. */
  readonly offset: string
}

const MINUTE_MS = 60_000
const known = new Map<string, Map<number, LocalTime>>()

export function localTime(ms: number, timezone: string): LocalTime {
  const minute = Math.floor(ms / MINUTE_MS) * MINUTE_MS
  const ofZone = known.get(timezone) ?? new Map<number, LocalTime>()
  known.set(timezone, ofZone)
  const found = ofZone.get(minute)
  if (found) return found
  const zoned = Temporal.Instant.fromEpochMilliseconds(minute).toZonedDateTimeISO(timezone)
  const local = {
    date: zoned.toPlainDate().toString(),
    hour: zoned.hour,
    minute: zoned.minute,
    offset: zoned.offset,
  }
  ofZone.set(minute, local)
  return local
}

/** The first instant of a date; of one that a zone skipped, the first that comes after it. */
export function startOfDate(date: string, timezone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: timezone }).epochMilliseconds
}

/** `2026-03-29` is where that day begins, a text with a time is an instant. */
export function momentMs(text: string, timezone: string): number {
  return text.includes('T') ? Temporal.Instant.from(text).epochMilliseconds : startOfDate(text, timezone)
}

/** As answers write a time: local, with its offset, in seconds. */
export function timeText(ms: number, timezone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timezone)
  return zoned.toString({ timeZoneName: 'never', smallestUnit: 'second' })
}
