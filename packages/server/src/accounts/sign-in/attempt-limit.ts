/**
 * Counts failures by name (an address, an account) in a fixed window that begins with the first one. Bounded: when more
 * names fail than fit, the oldest windows are forgotten first, which costs an attacker as many addresses as we keep.
 */
export interface AttemptLimit {
  /** How long the name has to wait; 0 when it may try. */
  waitMs(name: string): number
  fail(name: string): void
  succeed(name: string): void
}

interface AttemptLimitOptions {
  readonly maxFailures: number
  readonly windowMs: number
  readonly now: () => number
  readonly maxNames?: number
}

export function createAttemptLimit({
  maxFailures,
  windowMs,
  now,
  maxNames = 10_000,
}: AttemptLimitOptions): AttemptLimit {
  const windows = new Map<string, { readonly until: number; failures: number }>()

  const open = (name: string) => {
    const found = windows.get(name)
    return found !== undefined && found.until > now() ? found : undefined
  }

  return {
    waitMs(name) {
      const found = open(name)
      return found !== undefined && found.failures >= maxFailures ? found.until - now() : 0
    },
    fail(name) {
      const found = open(name)
      if (found !== undefined) {
        found.failures += 1
        return
      }
      windows.delete(name)
      const oldest = windows.keys().next()
      if (windows.size >= maxNames && !oldest.done) windows.delete(oldest.value)
      windows.set(name, { until: now() + windowMs, failures: 1 })
    },
    succeed(name) {
      windows.delete(name)
    },
  }
}
