/** Moments in the fields of a statement: written as a clock shows them, sent as the seconds that mean only one moment. */

const MOMENT_TYPE = /^(?:Nullable\()?DateTime(?:64\(\d+(?:,\s*'([^']+)')?\)|\('([^']+)'\))?/
const CLOCK_TIME = /^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?$/
const SECONDS = /^\d{9,11}(?:\.\d+)?$/

/** The zone whose clock a field of this type shows: the type's own, else the reader's. Nothing for what holds no moment. */
function zoneOf(type: string, timezone: string): string | undefined {
  const found = MOMENT_TYPE.exec(type)
  return found ? (found[1] ?? found[2] ?? timezone) : undefined
}

/** `1774821600` as `2026-03-30 00:00`. What holds no moment stays as it is. */
export function clockText(type: string, value: string, timezone: string): string {
  const zone = zoneOf(type, timezone)
  if (zone === undefined || !SECONDS.test(value)) return value
  const local = momentOf(value).toZonedDateTimeISO(zone).toPlainDateTime()
  return local
    .toString({ smallestUnit: local.millisecond > 0 ? 'millisecond' : local.second > 0 ? 'second' : 'minute' })
    .replace('T', ' ')
}

/** `2026-03-30 00:00` as `1774821600`. What is neither a time nor of a type that holds one is left to the engine. */
export function momentValue(type: string, text: string, timezone: string): string {
  const zone = zoneOf(type, timezone)
  if (zone === undefined || !CLOCK_TIME.test(text)) return text
  try {
    const { epochMilliseconds } = Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(zone)
    return epochMilliseconds % 1000 === 0 ? String(epochMilliseconds / 1000) : (epochMilliseconds / 1000).toFixed(3)
  } catch {
    // The thirty-first of a month without one: the engine says so, at its place.
    return text
  }
}

/** Which clock is meant; for seconds, what they mean on it. */
export function momentNote(type: string, value: string, timezone: string): string | undefined {
  const zone = zoneOf(type, timezone)
  if (zone === undefined) return undefined
  return SECONDS.test(value) ? `${clockText(type, value, timezone)}, ${zone}` : zone
}

const momentOf = (seconds: string) => Temporal.Instant.fromEpochMilliseconds(Math.round(Number(seconds) * 1000))
