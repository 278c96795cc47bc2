import { AppError } from '@almanac/core/errors.ts'

/** Runs what it is given, so many at a time. Throws `overloaded` when more than `mostWaiting` wait already. */
export function fewAtOnce(
  most: number,
  mostWaiting = Number.POSITIVE_INFINITY,
): <T>(run: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (run) => {
    if (running >= most) {
      if (waiting.length >= mostWaiting) throw new AppError('overloaded', 'Too much is asked at once')
      // Whoever ends hands its place on, so that nobody who comes in between takes it.
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
