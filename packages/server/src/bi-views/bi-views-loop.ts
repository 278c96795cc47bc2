import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { Logger } from 'pino'
import { startWorkLoop, type WorkLoop } from '../background/work-loop.ts'
import { type BiViewsDeps, type BiViewsState, keepBiViews } from './keep-bi-views.ts'

export interface BiViews extends WorkLoop {
  readonly state: () => BiViewsState
}

interface BiViewsLoopOptions extends BiViewsDeps {
  readonly definitions: () => readonly CubeDefinition[]
  readonly logger: Logger
}

/** Keeps the views those of the cubes in force. */
export function startBiViews({ definitions, logger, ...deps }: BiViewsLoopOptions): BiViews {
  const keeper = biViewsKeeper({
    definitions,
    make: (cubes) => keepBiViews(cubes, deps),
    onProblem: (problem) => logger.warn(problem, 'a view for BI tools could not be made'),
    now: () => performance.now(),
  })
  const run = async () => {
    await keeper.keep()
    return false
  }
  const loop = startWorkLoop({ run, logger, onFailure: 'views for BI tools could not be made; they are tried again' })
  return { state: keeper.state, stop: loop.stop }
}

interface KeeperOptions {
  readonly definitions: () => readonly CubeDefinition[]
  readonly make: (cubes: readonly CubeDefinition[]) => Promise<BiViewsState>
  readonly onProblem: (problem: BiViewsState['problems'][number]) => void
  readonly now: () => number
}

const AGAIN_AFTER_MS = 60_000

/** Makes the views when the cubes have changed, and again after a minute while some could not be made. */
export function biViewsKeeper({ definitions, make, onProblem, now }: KeeperOptions) {
  let state: BiViewsState = { views: [], problems: [] }
  let made = ''
  let madeAt = 0
  return {
    state: () => state,
    async keep(): Promise<void> {
      const cubes = definitions()
      const wanted = JSON.stringify(cubes)
      const isTime = state.problems.length > 0 && now() - madeAt >= AGAIN_AFTER_MS
      if (wanted === made && !isTime) return
      const before = JSON.stringify(state.problems)
      state = await make(cubes)
      made = wanted
      madeAt = now()
      if (JSON.stringify(state.problems) !== before) state.problems.forEach(onProblem)
    },
  }
}
