import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'

/** The figures of any chart as a table, exactly; of a chart over time the newest first, as one looks for them most often. */
export function tableOf(spec: ChartSpec, frame: Frame): { readonly spec: ChartSpec; readonly frame: Frame } {
  const { labels, formats } = spec
  const isOverTime = frame.columns.some(({ kind }) => kind === 'time')
  return {
    spec: { kind: 'table', ...(labels && { labels }), ...(formats && { formats }), totals: frame.totals.length > 0 },
    frame: isOverTime ? { ...frame, rows: frame.rows.toReversed() } : frame,
  }
}
