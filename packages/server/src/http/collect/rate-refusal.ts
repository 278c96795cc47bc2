import { AppError } from '@almanac/core/errors.ts'
import type { RateRefusal } from '../../collect/policy/admit.ts'

/**
 * For throwing: a source gets more than its settings allow. Whoever can wait is told how long; clients that take a 429 for
 * the end of an event, or that we do not know well enough, are told that the server is overloaded, and try again.
 */
export function rateRefusal(
  { retryAfterSeconds }: RateRefusal,
  { source, protocol }: { readonly source: string; readonly protocol?: string | undefined },
): AppError {
  const code = protocol === undefined || RETRY_AFTER_429.has(protocol) ? 'too_many_requests' : 'overloaded'
  return new AppError(code, `More events came for ${source} than its setting eventsPerSecond allows`, {
    hint: `Send them again in ${retryAfterSeconds} seconds.`,
    retryAfterSeconds,
  })
}

/** Their clients send again after a 429; Logplex keeps a frame after it and after no other 4xx. */
const RETRY_AFTER_429: ReadonlySet<string> = new Set(['segment', 'rudderstack', 'posthog', 'logplex'])
