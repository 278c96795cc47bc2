import type { Logger } from 'pino'
import { startWorkLoop, type WorkLoop } from '../background/work-loop.ts'
import { CUBES } from './cubes.ts'
import { type RecomputeDeps, recomputeTouched } from './recompute.ts'

/** An hour that was quiet for this long is computed; while events still arrive in it, queries read it from raw. */
const QUIET_SECONDS = 2

/** Keeps all cubes computed. */
export function startRecomputeLoop(deps: RecomputeDeps & { readonly logger: Logger }): WorkLoop {
  // Hours that were computed may mean that there are more than one run takes.
  const run = async () => {
    let hours = 0
    for (const cube of Object.values(CUBES)) hours += await recomputeTouched(deps, cube, QUIET_SECONDS)
    return hours > 0
  }
  return startWorkLoop({ run, logger: deps.logger, onFailure: 'cubes could not be computed; they are tried again' })
}
