import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import { optionOf } from './spec-edits.ts'

const MOST = 12

/**
 * What has a colour of its own in the drawing: the values of the dimension that tells series apart, else the measures. As
 * far as the answer shows them.
 */
export function seriesNames(chart: ChartSpec, frame: Frame | undefined): string[] {
  if (!frame) return []
  const dimension = seriesDimension(chart, frame)
  const measures = frame.columns.filter(({ kind }) => kind === 'measure').map(({ name }) => name)
  if (dimension === undefined) return measures
  const rows = frame.rows.filter((row) => row.isRest !== true)
  const values = [...new Set(rows.map((row) => String(row[dimension] ?? '')))]
  const isOfBoth = measures.length > 1 && !PARTS.has(chart.kind)
  const names = isOfBoth ? values.flatMap((value) => measures.map((measure) => `${value} · ${measure}`)) : values
  return names.slice(0, MOST)
}

/** That which is named, else the one that neither the time nor the axis is. */
function seriesDimension(chart: ChartSpec, frame: Frame): string | undefined {
  const dimensions = frame.columns.filter(({ kind }) => kind === 'dimension').map(({ name }) => name)
  const named = optionOf(chart, 'series') ?? optionOf(chart, 'by')
  if (typeof named === 'string') return named
  if (PARTS.has(chart.kind)) return dimensions[0]
  const axis = optionOf(chart, 'x') ?? frame.columns.find(({ kind }) => kind === 'time')?.name ?? dimensions[0]
  return dimensions.find((name) => name !== axis)
}

const PARTS: ReadonlySet<ChartSpec['kind']> = new Set(['pie', 'donut', 'treemap', 'sunburst', 'funnel', 'sankey'])
