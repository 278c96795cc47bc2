import type { MetricStore } from '../metrics/metric-store.ts'
import { openMetrics } from '../metrics/open-metrics.ts'
import type { Stores } from './open-stores.ts'
import type { Pipeline } from './start-pipeline.ts'
import type { Stops } from './stops.ts'

/** Figures of other systems; a change of them is told to open pages. */
export async function takingMetrics(
  { pool, clickhouse, logger }: Stores,
  { registry, liveHub }: Pick<Pipeline, 'registry' | 'liveHub'>,
  stops: Stops,
): Promise<MetricStore> {
  const onChange = (fromMs: number, toMs: number) => {
    const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()]
    liveHub.publish({ cubes: registry.namesOf('metric_values'), from, to })
  }
  const { metrics, stop } = await openMetrics({ pool, clickhouse, logger, onChange })
  stops.push(stop)
  return metrics
}
