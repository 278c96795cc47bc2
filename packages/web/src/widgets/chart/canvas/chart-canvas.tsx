import type { ChartDrawing } from '@almanac/core/charts/drawing.ts'
import type { ChartTheme } from '@almanac/core/charts/theme.ts'
import { type ReactElement, useRef } from 'react'
import type { ChartActions } from '../chart-view-props.ts'
import { ChartPointer } from '../pointing/chart-pointer.tsx'
import type { Size } from '../use-size.ts'
import { usePaintedChart } from './use-painted-chart.ts'

interface Props extends ChartActions {
  readonly drawing: ChartDrawing
  readonly theme: ChartTheme
  readonly size: Size
  readonly title: string
  readonly isAnimated: boolean
}

/** The picture itself: ECharts draws, the pointer, the tooltip and the keyboard are ours. */
export default function ChartCanvas({ drawing, size, isAnimated, ...rest }: Props): ReactElement {
  const canvas = useRef<HTMLDivElement>(null)
  const painted = usePaintedChart(canvas, drawing, size, isAnimated)
  const isByAxis = drawing.pointing === 'axis'
  return (
    <ChartPointer painted={painted} drawing={drawing} {...rest}>
      <div
        ref={canvas}
        data-picture
        aria-hidden
        className={`absolute inset-0 ${isByAxis ? 'pointer-events-none' : ''}`}
      />
    </ChartPointer>
  )
}
