import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '@almanac/core/errors.ts'
import type { ImportApi, ImportState } from './import-api.ts'

export interface CatchUpOptions {
  readonly signal: AbortSignal
  readonly pollMs: number
  readonly giveUpAfterMs: number
  readonly onPending: (pendingBytes: number) => void
}

/** Waits until ingest has passed what was sent for an import, so that its counts are final. */
export async function caughtUp(api: ImportApi, importId: string, options: CatchUpOptions): Promise<ImportState> {
  let leastPending = Number.POSITIVE_INFINITY
  let progressAtMs = performance.now()
  while (true) {
    options.signal.throwIfAborted()
    const state = await api.state(importId)
    if (state.pendingBytes === 0) return state
    if (state.pendingBytes < leastPending) {
      leastPending = state.pendingBytes
      progressAtMs = performance.now()
    }
    if (performance.now() - progressAtMs > options.giveUpAfterMs) throw stuck(state.pendingBytes)
    options.onPending(state.pendingBytes)
    await sleep(options.pollMs, undefined, { signal: options.signal })
  }
}

function stuck(pendingBytes: number): AppError {
  return new AppError(
    'engine_unavailable',
    `The lines are safe in the log, but ${pendingBytes} bytes wait for ingest`,
    {
      hint: 'Ingest does not move. See why with: almanac doctor. It goes on by itself; run the command again for the counts.',
    },
  )
}
