import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'

/**
 * The figures of any chart as a table, exactly; of a chart over time the newest first, as one looks for them most often, and
 * those of one time in the order in which they are.
 */
export function tableOf(spec: ChartSpec, frame: Frame): { readonly spec: ChartSpec; readonly frame: Frame } {
  const { labels, formats } = spec
  const time = frame.columns.find(({ kind }) => kind === 'time')?.name
  return {
    spec: { kind: 'table', ...(labels && { labels }), ...(formats && { formats }), totals: frame.totals.length > 0 },
    frame: time === undefined ? frame : { ...frame, rows: newestFirst(frame.rows, time) },
  }
}

function newestFirst(rows: Frame['rows'], time: string): Frame['rows'] {
  const byTime = Map.groupBy(rows, (row) => row[time])
  return [...byTime.values()].toReversed().flat()
}
