import type { ChartSpec } from './chart-spec.ts'
import { pivotTotals } from './views/pivot-totals.ts'

/**
 * The totals that a widget's question needs so that its chart says all that it can: one figure for a range that is asked for by time,
 * the middle of a donut, the row below a table. `dimensions` are those of the question; `time` is among them if it is asked for by time.
 */
export function totalsFor(chart: ChartSpec, dimensions: readonly string[]): string[][] {
  if (chart.kind === 'pivot') return pivotTotals(chart, dimensions)
  if (dimensions.length === 0) return []
  switch (chart.kind) {
    case 'number':
    case 'gauge':
      return [[], ...(dimensions.length > 1 && dimensions.includes('time') ? [['time']] : [])]
    case 'bullet':
      return [bySet([chart.by], dimensions)]
    case 'table':
      return chart.totals ? [[]] : []
    case 'ranked_list':
      return [...(chart.share ? [[]] : []), ...further([chart.by], dimensions)]
    case 'pie':
    case 'donut':
      return [[], ...further([chart.by], dimensions)]
    case 'world_map':
      return [[], ...further([chart.country], dimensions)]
    case 'funnel':
      return chart.steps ? [[]] : further([chart.by], dimensions)
    case 'treemap':
    case 'sunburst': {
      const path = chart.path && chart.path.length > 0 ? chart.path : dimensions.filter((name) => name !== 'time')
      return [...path.map((_, depth) => path.slice(0, depth)), ...further(path, dimensions)]
    }
    default:
      return []
  }
}

/** The dimensions of the chart; where it names none, the first one of the question. */
function bySet(names: readonly (string | undefined)[], dimensions: readonly string[]): string[] {
  const named = names.filter((name) => name !== undefined)
  return named.length > 0 ? named : dimensions.filter((name) => name !== 'time').slice(0, 1)
}

/** The rows are also by something else: what the chart shows is a total then. */
function further(names: readonly (string | undefined)[], dimensions: readonly string[]): string[][] {
  const own = bySet(names, dimensions)
  return dimensions.length > own.length ? [own] : []
}
