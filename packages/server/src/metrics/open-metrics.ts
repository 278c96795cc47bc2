import type { Logger } from 'pino'
import { startWorkLoop, type WorkLoop } from '../background/work-loop.ts'
import { touchOpenChanges } from './metric-changes.ts'
import { createMetricStore, type MetricStore, type MetricStoreDeps } from './metric-store.ts'

export interface OpenMetrics {
  readonly metrics: MetricStore
  stop(): Promise<void>
}

/** What a server that died has left unfinished is touched before the first question is answered. */
export async function openMetrics(deps: MetricStoreDeps & { readonly logger: Logger }): Promise<OpenMetrics> {
  await touchOpenChanges(deps.pool)
  const loop: WorkLoop = startWorkLoop({
    run: async () => {
      await touchOpenChanges(deps.pool)
      return false
    },
    logger: deps.logger,
    onFailure: 'changes of metrics that are not finished could not be touched; it is tried again',
  })
  return { metrics: createMetricStore(deps), stop: () => loop.stop() }
}
