import type { Size } from '../use-size.ts'

export interface Point {
  readonly xPx: number
  readonly yPx: number
}

const GAP_PX = 14
const EDGE_PX = 8

/**
 * The upper left corner of a tooltip: right of what it is about, or left where there is no room; on a phone, where there is none on
 * either side, above it or below. Always inside the window.
 */
export function tooltipPlace(anchor: Point, box: Size, window: Size): Point {
  const right = anchor.xPx + GAP_PX
  const left = anchor.xPx - GAP_PX - box.widthPx
  const isRight = right + box.widthPx + EDGE_PX <= window.widthPx
  if (!isRight && left < EDGE_PX) {
    const above = anchor.yPx - 2 * GAP_PX - box.heightPx
    const yPx = above >= EDGE_PX ? above : anchor.yPx + 2 * GAP_PX
    return inside({ xPx: anchor.xPx - box.widthPx / 2, yPx }, box, window)
  }
  return inside({ xPx: isRight ? right : left, yPx: anchor.yPx - Math.min(box.heightPx / 2, 28) }, box, window)
}

function inside({ xPx, yPx }: Point, box: Size, window: Size): Point {
  return { xPx: within(xPx, box.widthPx, window.widthPx), yPx: within(yPx, box.heightPx, window.heightPx) }
}

function within(start: number, length: number, most: number): number {
  return Math.round(Math.max(EDGE_PX, Math.min(start, most - length - EDGE_PX)))
}
