import type { WidgetData } from '@almanac/core/boards/board.ts'
import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import { totalsFor } from '@almanac/core/charts/totals-for.ts'

/**
 * What a chart shows over several rows comes from the engine and is never added up, so it has to be asked for. Which totals
 * those are follows from the chart.
 */
export function withNeededTotals(chart: ChartSpec, data: readonly WidgetData[]): WidgetData[] {
  return data.map((one) => {
    if (one.from !== 'cube') return one
    const dimensions = [...(one.grain === 'none' ? [] : ['time']), ...one.dimensions]
    return { ...one, totals: totalsFor(chart, dimensions) }
  })
}
