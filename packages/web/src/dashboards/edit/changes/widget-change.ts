import type { Widget, WidgetData } from '@almanac/core/boards/board.ts'
import type { ChartKind, ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { CubeEntry } from '../../../api/cubes.ts'
import { asKind, withoutGoneColumns } from '../chart/spec-edits.ts'
import { knownColumns } from '../kinds/columns-of-data.ts'
import { withFollowingTitle } from '../kinds/default-title.ts'
import { fittedData, fittingData, topForKind } from '../kinds/fitting-data.ts'
import { withNeededTotals } from '../kinds/needed-totals.ts'

/** Changes of a widget that bring others with them: a title that goes with the data, totals that a chart needs. */

/** `base` is the widget as it was last valid, while `widget` may lack something for a moment. */
export function withData(
  widget: Widget,
  data: readonly WidgetData[],
  cubes: readonly CubeEntry[],
  base: Widget = widget,
): Widget {
  const names = knownColumns(data, cubes, undefined).map(({ name }) => name)
  // Of a statement in SQL, only the answer knows the columns.
  const isKnown = data.every(({ from }) => from === 'cube')
  const chart = isKnown ? withoutGoneColumns(widget.chart, names) : widget.chart
  return withFollowingTitle(base, { ...widget, chart, data: withNeededTotals(chart, data) }, cubes)
}

export function withChart(widget: Widget, chart: ChartSpec): Widget {
  return { ...widget, chart, data: withNeededTotals(chart, widget.data) }
}

/** As another kind of chart. A single question to a cube is changed where the kind could not show it. */
export function withKind(widget: Widget, kind: ChartKind, cubes: readonly CubeEntry[]): Widget {
  const [only, second] = widget.data
  const name = only?.from === 'cube' ? only.cube : only?.from === 'cohorts' ? only.cohorts.cube : undefined
  const cube = cubes.find((one) => one.name === name)
  if (!cube || second) return withData({ ...widget, chart: asKind(widget.chart, kind) }, widget.data, cubes, widget)
  const wish = { measures: cube.measures.slice(0, 1).map((one) => one.name), dimensions: [], isOverTime: true }
  const fitting =
    only?.from === 'cube' && kind !== 'cohort_grid'
      ? fittedData(kind, cube, topForKind(widget.chart.kind, kind, only))
      : fittingData(kind, cube, wish)
  const data = 'data' in fitting ? fitting.data : widget.data
  // A name that nobody wrote goes with the kind, too.
  return withData({ ...widget, chart: asKind(widget.chart, kind) }, data, cubes, widget)
}
