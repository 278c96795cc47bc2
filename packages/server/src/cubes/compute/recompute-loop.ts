import type { Logger } from 'pino'
import { startWorkLoop, type WorkLoop } from '../../background/work-loop.ts'
import { dropRetired, type RegisterDeps } from '../register-cubes.ts'
import type { CubeRegistry } from '../registry.ts'
import type { Patience } from './pending-buckets.ts'
import { recomputeTouched } from './recompute.ts'

const PATIENCE: Patience = {
  hourQuietSeconds: 2,
  runningHourSeconds: 20,
  longQuietSeconds: 5,
  longSeconds: { day: 60, month: 300 },
  retrySeconds: 5,
}

interface LoopDeps extends RegisterDeps {
  readonly registry: Pick<CubeRegistry, 'refresh'>
  readonly logger: Logger
}

/** Keeps all cubes computed, and what this server knows of their tables. */
export function startRecomputeLoop({ registry, logger, ...deps }: LoopDeps): WorkLoop {
  const stopping = new AbortController()
  const run = async () => {
    await registry.refresh()
    const computed = await recomputeTouched({ ...deps, signal: stopping.signal }, PATIENCE).catch((error) => {
      if (stopping.signal.aborted) return 0
      throw error
    })
    await dropRetired(deps)
    // Buckets that were computed may mean that there are more than one run takes.
    return computed > 0
  }
  const loop = startWorkLoop({ run, logger, onFailure: 'cubes could not be computed; they are tried again' })
  return {
    stop: async () => {
      stopping.abort()
      await loop.stop()
    },
  }
}
