import type { CSSProperties, ReactElement } from 'react'
import { lineDots } from '../canvas/marks.ts'
import type { PaintedChart } from '../canvas/use-painted-chart.ts'
import { hasBands, pxOfIndex, type Span, spanOf } from './axis-place.ts'

interface CrosshairProps {
  readonly painted: PaintedChart
  readonly index: number
}

/** Where the reader, or another chart of the board, points: a shade behind bars. */
export function BandBehind({ painted, index }: CrosshairProps): ReactElement | null {
  if (!hasBands(painted.drawing)) return null
  return <div style={across(painted, spanOf(painted, index, index))} className="absolute bg-hover" />
}

/** The same on lines: one through them, over the areas beneath them. */
export function LineAcross({ painted, index }: CrosshairProps): ReactElement | null {
  if (hasBands(painted.drawing)) return null
  const line = { startPx: pxOfIndex(painted, index) - 0.5, lengthPx: 1 }
  return <div style={across(painted, line)} className="pointer-events-none absolute bg-line-strong opacity-80" />
}

/** The values that the reading is of, on their lines. */
export function Dots({ painted, index }: CrosshairProps): ReactElement {
  return (
    <>
      {lineDots(painted, index).map(({ key, xPx, yPx, colour }) => (
        <div
          key={key}
          style={{ transform: `translate(${xPx - 4.5}px, ${yPx - 4.5}px)`, background: colour }}
          className="pointer-events-none absolute top-0 left-0 size-2.5 rounded-full border-2 border-surface forced-color-adjust-none"
        />
      ))}
    </>
  )
}

interface SelectionProps {
  readonly painted: PaintedChart
  readonly from: number
  readonly to: number
}

/** The stretch that will be zoomed into. */
export function Selection({ painted, from, to }: SelectionProps): ReactElement {
  return (
    <div
      style={across(painted, spanOf(painted, from, to))}
      className="pointer-events-none absolute border-x border-accent bg-accent/10"
    />
  )
}

function across({ drawing: { plot, axis } }: PaintedChart, { startPx, lengthPx }: Span): CSSProperties {
  return axis === 'y'
    ? { top: startPx, height: lengthPx, left: plot?.left ?? 0, right: plot?.right ?? 0 }
    : { left: startPx, width: lengthPx, top: plot?.top ?? 0, bottom: plot?.bottom ?? 0 }
}
