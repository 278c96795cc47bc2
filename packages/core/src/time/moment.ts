import { AppError } from '../errors.ts'

/** `2015-05-17` is the first instant of that day in the zone; with a time and an offset it is that instant. */
export function parseMoment(text: string, timeZone: string): Temporal.ZonedDateTime {
  assertTimeZone(timeZone)
  try {
    return text.includes('T')
      ? Temporal.Instant.from(text).toZonedDateTimeISO(timeZone)
      : Temporal.PlainDate.from(text).toZonedDateTime({ timeZone })
  } catch (cause) {
    throw new AppError(
      'invalid_query',
      `expected a date such as 2015-05-17 or an instant such as 2015-05-17T10:00:00Z, got "${text}"`,
      { cause },
    )
  }
}

/** Only names of the IANA database: an offset such as +01:00 knows no daylight saving time and is a mistake in a report. */
function assertTimeZone(timeZone: string): void {
  if (isTimeZone(timeZone)) return
  throw new AppError('invalid_query', `expected a time zone such as Europe/Berlin, got "${timeZone}"`)
}

export function isTimeZone(timeZone: string): boolean {
  if (!/^[A-Za-z]/.test(timeZone)) return false
  try {
    Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}

/** With its offset and without the zone's name, such as `2026-05-17T00:00:00+02:00`. */
export const zonedText = (moment: Temporal.ZonedDateTime) =>
  moment.toString({ timeZoneName: 'never', smallestUnit: 'second' })

/** Of milliseconds since 1970, to the millisecond. */
export const instantText = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString()
