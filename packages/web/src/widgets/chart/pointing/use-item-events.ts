import { useEffect, useEffectEvent } from 'react'
import { readingOf } from '../canvas/marks.ts'
import type { PaintedChart } from '../canvas/use-painted-chart.ts'
import type { Point } from './tooltip-place.ts'

export interface ItemEvents {
  readonly onPoint: (index: number, at: Point) => void
  readonly onLeave: () => void
  readonly onClick: (index: number, at: Point, event: PointerEvent | MouseEvent) => void
  readonly onDoubleClick: (index: number) => void
}

/** What the pointer does on the marks of a chart that is read by its marks. */
export function useItemEvents(painted: PaintedChart | undefined, events: ItemEvents): void {
  const chart = painted?.drawing.pointing === 'item' ? painted.chart : undefined
  const point = useEffectEvent((mark: Mark) => {
    const index = readingOf(mark.data)
    if (index === undefined) events.onLeave()
    else events.onPoint(index, placeOf(mark))
  })
  const leave = useEffectEvent(() => events.onLeave())
  const click = useEffectEvent((mark: Mark) => {
    const index = readingOf(mark.data)
    if (index !== undefined && mark.event?.event) events.onClick(index, placeOf(mark), mark.event.event)
  })
  const doubleClick = useEffectEvent((mark: Mark) => {
    const index = readingOf(mark.data)
    if (index !== undefined) events.onDoubleClick(index)
  })

  useEffect(() => {
    if (!chart) return
    const listeners = [
      ['mousemove', (mark: unknown) => point(mark as Mark)],
      ['mouseout', () => leave()],
      ['globalout', () => leave()],
      ['click', (mark: unknown) => click(mark as Mark)],
      ['dblclick', (mark: unknown) => doubleClick(mark as Mark)],
    ] as const
    for (const [name, listener] of listeners) chart.on(name, listener)
    return () => {
      if (chart.isDisposed()) return
      for (const [name, listener] of listeners) chart.off(name, listener)
    }
  }, [chart])
}

interface Mark {
  readonly data?: unknown
  readonly event?: {
    readonly offsetX: number
    readonly offsetY: number
    readonly event?: PointerEvent | MouseEvent
  }
}

function placeOf({ event }: Mark): Point {
  return { xPx: event?.offsetX ?? 0, yPx: event?.offsetY ?? 0 }
}
