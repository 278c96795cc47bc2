import type { Logger } from 'pino'
import { type KeepDeps, keepVisits, type Patience } from './keep-visits.ts'

const PATIENCE: Patience = { quietSeconds: 2, longestSeconds: 10 }
const PAUSE_MS = 1000
const PAUSE_AFTER_TROUBLE_MS = 5000

export interface VisitsLoop {
  stop(): Promise<void>
}

/** Keeps persons and visits up to date; after a failure it tries again. */
export function startVisitsLoop(deps: KeepDeps & { readonly logger: Logger }): VisitsLoop {
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()

  const schedule = (pauseMs: number) => {
    timer = setTimeout(() => {
      running = run()
    }, pauseMs)
  }
  const run = async () => {
    const pauseMs = await keepVisits(deps, PATIENCE).then(
      (wasBusy) => (wasBusy ? 0 : PAUSE_MS),
      (error) => {
        deps.logger.warn({ err: error }, 'visits could not be brought up to date; it is tried again')
        return PAUSE_AFTER_TROUBLE_MS
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
