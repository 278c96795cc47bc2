import type { Logger } from 'pino'
import { CUBES } from './cubes.ts'
import { type RecomputeDeps, recomputeTouched } from './recompute.ts'

/** An hour that was quiet for this long is computed; while events still arrive in it, queries read it from raw. */
const QUIET_SECONDS = 2
const PAUSE_MS = 1000
const PAUSE_AFTER_TROUBLE_MS = 5000

export interface RecomputeLoop {
  stop(): Promise<void>
}

/** Keeps all cubes computed; after a failure it tries again. */
export function startRecomputeLoop(deps: RecomputeDeps & { readonly logger: Logger }): RecomputeLoop {
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()

  const schedule = (pauseMs: number) => {
    timer = setTimeout(() => {
      running = run()
    }, pauseMs)
  }
  const run = async () => {
    const pauseMs = await recomputeAll().catch((error) => {
      deps.logger.warn({ err: error }, 'cubes could not be computed; they are tried again')
      return PAUSE_AFTER_TROUBLE_MS
    })
    if (!stopping) schedule(pauseMs)
  }
  // A full run means that there are more hours than one run takes: the next begins at once.
  const recomputeAll = async () => {
    let hours = 0
    for (const cube of Object.values(CUBES)) hours += await recomputeTouched(deps, cube, QUIET_SECONDS)
    return hours > 0 ? 0 : PAUSE_MS
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
