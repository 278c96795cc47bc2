import type { Logger } from 'pino'
import { startWorkLoop, type WorkLoop } from '../background/work-loop.ts'
import { type KeepDeps, keepVisits, type Patience } from './keep-visits.ts'

const PATIENCE: Patience = { quietSeconds: 2, longestSeconds: 10 }

/** Keeps persons and visits up to date. */
export function startVisitsLoop(deps: KeepDeps & { readonly logger: Logger }): WorkLoop {
  return startWorkLoop({
    run: () => keepVisits(deps, PATIENCE),
    logger: deps.logger,
    onFailure: 'visits could not be brought up to date; it is tried again',
  })
}
