import type { PaintedChart } from '../canvas/use-painted-chart.ts'

/** Along the axis of the readings, inside the chart. */
export interface Span {
  readonly startPx: number
  readonly lengthPx: number
}

/** The reading nearest to a place along the axis. Beyond the ends it is the first or the last. */
export function indexAtPx({ chart, drawing }: PaintedChart, px: number): number | undefined {
  const last = drawing.readings.length - 1
  const index = Number(chart.convertFromPixel(axisOf(drawing.axis), px))
  return last < 0 || Number.isNaN(index) ? undefined : Math.min(last, Math.max(0, Math.round(index)))
}

/** The middle of a reading along the axis. */
export function pxOfIndex({ chart, drawing }: PaintedChart, index: number): number {
  return Number(chart.convertToPixel(axisOf(drawing.axis), index))
}

/** What the readings from one to another take up: whole bands under bars, from point to point on lines. */
export function spanOf(painted: PaintedChart, one: number, other: number): Span {
  const [a, b] = [pxOfIndex(painted, one), pxOfIndex(painted, other)]
  const half = hasBands(painted.drawing) ? bandPx(painted) / 2 : 0
  return { startPx: Math.min(a, b) - half, lengthPx: Math.abs(a - b) + 2 * half }
}

/** Bars stand in the middle of a band, lines go from edge to edge. */
export function hasBands({ option, axis }: PaintedChart['drawing']): boolean {
  const [own] = [axis === 'y' ? option.yAxis : option.xAxis].flat()
  return !(own && 'boundaryGap' in own && own.boundaryGap === false)
}

function bandPx(painted: PaintedChart): number {
  if (painted.drawing.readings.length > 1) return Math.abs(pxOfIndex(painted, 1) - pxOfIndex(painted, 0))
  const { left = 0, right = 0, top = 0, bottom = 0 } = painted.drawing.plot ?? {}
  return painted.drawing.axis === 'y'
    ? painted.chart.getHeight() - top - bottom
    : painted.chart.getWidth() - left - right
}

const axisOf = (axis: 'x' | 'y' | undefined) => (axis === 'y' ? { yAxisIndex: 0 } : { xAxisIndex: 0 })
