import { timeInMs } from '../events/event-time.ts'

const DAY_MS = 86_400_000

/**
 * The instant of `2015-05-13T23:39:43.945958Z`, with a space for the T and an offset for the Z too; a time without a zone
 * is UTC. Or the reason why there is none.
 */
export function isoTime(text: string, nowMs: number): number | string {
  const [, day, time, zone] = ISO.exec(text) ?? []
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T${time}${zone ?? 'Z'}`)
  if (Number.isNaN(at) || !isDay(day ?? ''))
    return `expected a time such as 2015-05-13T23:39:43Z, got ${JSON.stringify(text.slice(0, 40))}`
  return inRange(at, nowMs, text)
}

const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)(Z|[+-]\d\d:?\d\d)?$/

/** `Date.parse` takes the 31st of June for the 1st of July. */
function isDay(day: string): boolean {
  return Number(day.slice(8)) <= 28 || new Date(`${day}T00:00Z`).toISOString().startsWith(day)
}

/** Seconds, milliseconds or microseconds since 1970, as a number or its text. */
export function unixTime(value: string | number, nowMs: number): number | string {
  const at = timeInMs(Number(value))
  return Number.isNaN(at) ? `expected a time in seconds since 1970, got ${value}` : inRange(at, nowMs, String(value))
}

/** As in the other formats: a clock that is further off says nothing, and each strange day would cost a partition. */
function inRange(at: number, nowMs: number, text: string): number | string {
  const isPlausible = at >= 0 && at <= nowMs + DAY_MS
  return isPlausible ? at : `expected a time between 1970 and tomorrow, got ${JSON.stringify(text.slice(0, 40))}`
}

/** In milliseconds, of the parts of a duration in seconds; a part that is not known is -1. */
export function sumOfSeconds(parts: readonly (string | undefined)[]): number | undefined {
  const known = parts.map(Number).filter((seconds) => seconds >= 0)
  return known.length === 0 ? undefined : Math.round(known.reduce((sum, one) => sum + one, 0) * 1e6) / 1000
}
