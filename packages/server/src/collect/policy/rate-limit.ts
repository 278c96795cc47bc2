/** So many seconds' worth of events may come at once. */
const BURST_SECONDS = 2

/**
 * A token bucket. A request that is let in takes all its events, and may leave a debt that later requests wait for: a batch
 * larger than the burst gets through as well, and the rate holds all the same.
 */
export interface RateLimit {
  /** Takes `count` events and answers 0, or takes nothing and answers how long to wait. */
  waitMs(count: number, nowMs: number): number
}

export function createRateLimit(eventsPerSecond: number): RateLimit {
  const burst = Math.max(1, eventsPerSecond * BURST_SECONDS)
  let tokens = burst
  let filledAtMs = Number.NaN

  return {
    waitMs(count, nowMs) {
      // A clock that was set back gives nothing and takes nothing.
      const elapsedMs = Math.max(0, nowMs - filledAtMs) || 0
      tokens = Math.min(burst, tokens + (elapsedMs / 1000) * eventsPerSecond)
      filledAtMs = nowMs
      const missing = Math.min(1, burst) - tokens
      if (missing > 0) return Math.ceil((missing / eventsPerSecond) * 1000)
      tokens -= count
      return 0
    },
  }
}
