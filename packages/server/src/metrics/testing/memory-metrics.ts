import type { MetricValue } from '../metric-row.ts'
import type { MetricRange, MetricStore } from '../metric-store.ts'

/** For tests: as the real one, in memory. */
export function memoryMetrics(): MetricStore & { readonly values: () => readonly MetricValue[] } {
  let values: readonly MetricValue[] = []
  const keyOf = ({ value: _, dimensions: __, ...key }: MetricValue) => JSON.stringify(key)
  const isIn = ({ metric, at, source, environment }: MetricValue, range: MetricRange) =>
    metric === range.metric &&
    at >= range.from &&
    at < range.to &&
    (range.source ?? source) === source &&
    (range.environment ?? environment) === environment
  return {
    values: () => values,
    save: async (more) => {
      values = [...new Map([...values, ...more].map((one) => [keyOf(one), one])).values()]
    },
    list: async () =>
      [...Map.groupBy(values, ({ metric }) => metric)].map(([metric, of]) => ({
        metric,
        grains: [...new Set(of.map(({ grain }) => grain))],
        sources: [...new Set(of.map(({ source }) => source))],
        environments: [...new Set(of.map(({ environment }) => environment))],
        dimensions: [...new Set(of.flatMap(({ dimensions }) => Object.keys(dimensions)))],
        figures: of.length,
        first: isoOf(Math.min(...of.map(({ at }) => at))),
        last: isoOf(Math.max(...of.map(({ at }) => at))),
      })),
    remove: async (range) => {
      const rest = values.filter((value) => !isIn(value, range))
      const removed = values.length - rest.length
      values = rest
      return removed
    },
  }
}

const isoOf = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
