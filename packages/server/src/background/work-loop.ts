import type { Logger } from 'pino'

export interface WorkLoop {
  /** Waits for the run under way. */
  stop(): Promise<void>
}

interface WorkLoopOptions {
  /** Answers whether there is more to do, so that the next run begins at once. */
  readonly run: () => Promise<boolean>
  readonly logger: Logger
  /** What is said of a failure. */
  readonly onFailure: string
  /** Between a run that left nothing to do and the next; a second if left out. */
  readonly pauseMs?: number
}

const PAUSE_MS = 1000
const PAUSE_AFTER_FAILURE_MS = 5000

/** Does something again and again, with a pause after it had nothing to do; after a failure it tries again. */
export function startWorkLoop({ run, logger, onFailure, pauseMs: idleMs = PAUSE_MS }: WorkLoopOptions): WorkLoop {
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()

  const schedule = (pauseMs: number) => {
    timer = setTimeout(() => {
      running = runOnce()
    }, pauseMs)
  }
  const runOnce = async () => {
    const pauseMs = await run().then(
      (hasMore) => (hasMore ? 0 : idleMs),
      (error) => {
        logger.warn({ err: error }, onFailure)
        return PAUSE_AFTER_FAILURE_MS
      },
    )
    if (!stopping) schedule(pauseMs)
  }
  schedule(0)
  return {
    stop: async () => {
      stopping = true
      clearTimeout(timer)
      await running
    },
  }
}
