import { AppError } from '@almanac/core/errors.ts'
import type { AttemptLimit } from './attempt-limit.ts'

export type Limits = readonly (readonly [AttemptLimit, string])[]

/**
 * A try counts against every limit before it is known how it ends, so that many at once do not slip through; a success
 * forgets the failures of that name. What fails for a reason of ours counts too, which only makes somebody wait.
 */
export async function limited<T>(limits: Limits, attempt: () => Promise<T>): Promise<T> {
  const waitMs = Math.max(...limits.map(([limit, name]) => limit.waitMs(name)))
  if (waitMs > 0) {
    const waitSeconds = Math.ceil(waitMs / 1000)
    throw new AppError('too_many_requests', 'There were too many failed attempts', {
      hint: `Try again in ${waitSeconds < 90 ? `${waitSeconds} seconds` : `${Math.ceil(waitSeconds / 60)} minutes`}.`,
      retryAfterSeconds: waitSeconds,
    })
  }
  for (const [limit, name] of limits) limit.fail(name)
  const result = await attempt()
  for (const [limit, name] of limits) limit.succeed(name)
  return result
}
