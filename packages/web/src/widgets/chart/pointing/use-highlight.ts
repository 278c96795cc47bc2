import { useEffect } from 'react'
import { marksOf } from '../canvas/marks.ts'
import type { PaintedChart } from '../canvas/use-painted-chart.ts'

/** Brings the mark of a reading to the fore, as the mouse does, for those who come with the arrow keys. */
export function useHighlight(painted: PaintedChart | undefined, index: number | undefined): void {
  useEffect(() => {
    const mark = painted && index !== undefined ? marksOf(painted.chart).get(index) : undefined
    if (!painted || !mark) return
    const { chart } = painted
    chart.dispatchAction({ type: 'highlight', ...mark })
    return () => {
      if (!chart.isDisposed()) chart.dispatchAction({ type: 'downplay', ...mark })
    }
  }, [painted, index])
}
