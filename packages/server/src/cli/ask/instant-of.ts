import { InvalidArgumentError } from 'commander'

/** An instant, or a date or a time of day in the zone of this machine. */
export function instantOf(text: string): string {
  for (const read of READINGS) {
    try {
      return read(text).toString()
    } catch {}
  }
  throw new InvalidArgumentError('Expected a time such as 2026-05-17T10:00:00Z, 2026-05-17T10:00 or 2026-05-17.')
}

const READINGS: readonly ((text: string) => Temporal.Instant)[] = [
  (text) => Temporal.Instant.from(text),
  (text) => Temporal.PlainDateTime.from(text).toZonedDateTime(Temporal.Now.timeZoneId()).toInstant(),
]
