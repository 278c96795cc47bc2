const EARLIEST_MS = Date.UTC(1990, 0, 1)
const SKEW_IGNORED_MS = 30_000
const FUTURE_ALLOWED_MS = 60_000

export interface ClientClock {
  readonly timeMs?: number | undefined
  readonly sentAtMs?: number | undefined
}

/**
 * A native event's time in milliseconds since 1970: RFC 3339 text, or a number whose size tells its unit. The ranges of
 * seconds, milliseconds and microseconds do not meet: as milliseconds, 1e11 is 1973; as seconds, it is the year 5138.
 * NaN when a number is too large for any of them.
 */
export function timeInMs(time: string | number): number {
  if (typeof time === 'string') return Date.parse(time)
  if (time < 1e11) return Math.round(time * 1000)
  if (time < 1e14) return Math.round(time)
  return time < 1e17 ? Math.round(time / 1000) : Number.NaN
}

/**
 * When an event that arrived just now really happened, as far as we can know. Devices' clocks are wrong by minutes or by
 * years, but they count seconds well: with `sentAt` the event is placed as long before its receipt as it lay before its
 * sending. Half a minute is no skew, only a slow network. What is still in the future then is placed at its receipt.
 */
export function correctedTime({ timeMs, sentAtMs }: ClientClock, receivedAtMs: number): number {
  if (timeMs === undefined) return receivedAtMs
  const skewMs = sentAtMs === undefined ? 0 : receivedAtMs - sentAtMs
  const at = Math.abs(skewMs) < SKEW_IGNORED_MS ? timeMs : timeMs + skewMs
  return at > receivedAtMs + FUTURE_ALLOWED_MS ? receivedAtMs : at
}

/** The problem with an earlier time than the web's own: it is a unit or a clock gone wrong. */
export function tooEarly(atMs: number): string | undefined {
  return atMs < EARLIEST_MS ? `expected a time after 1990, got ${new Date(atMs).toISOString()}` : undefined
}
