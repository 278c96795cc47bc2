import { PLOT } from './series-chart-option.ts'

/** Between the pointer's place in the chart's box and the buckets, which stand at even distances from edge to edge. */
export interface Plot {
  readonly widthPx: number
  readonly count: number
}

/** The bucket nearest to a place; `undefined` when there are none. */
export function indexAt({ widthPx, count }: Plot, xPx: number): number | undefined {
  if (count === 0) return undefined
  if (count === 1) return 0
  const share = (xPx - PLOT.left) / innerWidth(widthPx)
  return Math.min(count - 1, Math.max(0, Math.round(share * (count - 1))))
}

/** Where a bucket's point stands. */
export function xOf({ widthPx, count }: Plot, index: number): number {
  if (count <= 1) return PLOT.left + innerWidth(widthPx) / 2
  return PLOT.left + (index / (count - 1)) * innerWidth(widthPx)
}

/** How many labels of an axis have room side by side. */
export function labelRoom(widthPx: number): number {
  return Math.max(2, Math.floor(innerWidth(widthPx) / 68))
}

function innerWidth(widthPx: number): number {
  return Math.max(1, widthPx - PLOT.left - PLOT.right)
}
