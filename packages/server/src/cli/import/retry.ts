import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '@almanac/core/errors.ts'

export interface RetryOptions {
  readonly signal: AbortSignal
  readonly firstDelayMs: number
  readonly giveUpAfterMs: number
  /** Called before each wait, with the reason. */
  readonly onWait: (reason: string) => void
}

/** Thrown by an attempt that may do better later. */
export class TryAgain extends Error {
  override readonly name = 'TryAgain'
  readonly afterMs: number | undefined

  constructor(message: string, options: ErrorOptions & { readonly afterMs?: number | undefined } = {}) {
    super(message, options)
    this.afterMs = options.afterMs
  }
}

const LONGEST_DELAY_MS = 10_000

/** Repeats what throws TryAgain, more and more slowly, for so long; anything else that is thrown is final. */
export async function withRetries<T>(attempt: (tries: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const startMs = performance.now()
  for (let tries = 0; ; tries++) {
    options.signal.throwIfAborted()
    try {
      return await attempt(tries)
    } catch (error) {
      options.signal.throwIfAborted()
      if (!(error instanceof TryAgain)) throw error
      const delayMs = error.afterMs ?? Math.min(options.firstDelayMs * 2 ** tries, LONGEST_DELAY_MS)
      if (performance.now() - startMs + delayMs > options.giveUpAfterMs) throw gaveUp(error, options.giveUpAfterMs)
      options.onWait(error.message)
      await sleep(delayMs, undefined, { signal: options.signal })
    }
  }
}

function gaveUp(last: TryAgain, afterMs: number): AppError {
  const duration = afterMs < 60_000 ? `${afterMs / 1000} s` : `${Math.round(afterMs / 60_000)} min`
  return new AppError('engine_unavailable', `The server took nothing for ${duration}; at last: ${last.message}`, {
    hint: 'Look at it with: almanac doctor. Then run the same command again to go on; nothing is counted twice.',
    cause: last,
  })
}
