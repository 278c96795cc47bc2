/** Days are counted since 1970-01-01, in UTC, where each has the same length; local time is asked of Temporal. */
export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

export function epochDayOf(day: Temporal.PlainDate): number {
  return day.toZonedDateTime('UTC').epochMilliseconds / DAY_MS
}

/** The UTC day that an instant (milliseconds since 1970) belongs to. */
export function epochDayAt(instantMs: number): number {
  return Math.floor(instantMs / DAY_MS)
}

export function dateOfEpochDay(epochDay: number): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(epochDay * DAY_MS)
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
}

/** 0 is Monday. */
export function weekdayOf(epochDay: number): number {
  return (((epochDay + 3) % 7) + 7) % 7
}
