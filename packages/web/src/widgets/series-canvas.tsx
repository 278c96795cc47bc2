import type { MeasureFormat } from '@almanac/core/cubes/measure.ts'
import { type KeyboardEvent, type PointerEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import { onThemeChange } from '../ui/theme.ts'
import { type EChartsType, init } from './echarts.ts'
import { formatNumber } from './format-number.ts'
import { indexAt, labelRoom, type Plot, xOf } from './plot-geometry.ts'
import { type ChartColours, type ChartLabel, type ChartPoint, PLOT, seriesChartOption } from './series-chart-option.ts'

interface Props {
  readonly points: readonly ChartPoint[]
  readonly labels: (most: number) => readonly ChartLabel[]
  readonly measureLabel: string
  readonly format: MeasureFormat
  /** One sentence for those who can't see the line. */
  readonly summary: string
  /** The first and the last bucket of a stretch that was marked with the mouse. */
  readonly onZoom: (first: number, last: number) => void
}

/** The line itself: ECharts draws, the pointer, the tooltip and the keyboard are ours. */
export default function SeriesCanvas({ points, labels, measureLabel, format, summary, onZoom }: Props): ReactElement {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | undefined>(undefined)
  const [widthPx, setWidth] = useState(0)
  const [colours, setColours] = useState(readColours)
  const [active, setActive] = useState<number>()
  const [dragFrom, setDragFrom] = useState<number>()

  useEffect(() => onThemeChange(() => setColours(readColours())), [])

  useEffect(() => {
    if (!box.current) return
    const made = init(box.current)
    chart.current = made
    const observer = new ResizeObserver(([entry]) => {
      made.resize()
      if (entry) setWidth(entry.contentRect.width)
    })
    observer.observe(box.current)
    return () => {
      observer.disconnect()
      made.dispose()
    }
  }, [])

  useEffect(() => {
    if (widthPx === 0) return
    const isAnimated = !matchMedia('(prefers-reduced-motion: reduce)').matches
    chart.current?.setOption(
      seriesChartOption({ points, labels: labels(labelRoom(widthPx)), format, colours, isAnimated }),
    )
  }, [points, labels, format, colours, widthPx])

  const plot: Plot = { widthPx, count: points.length }
  const place = (event: PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left
  const onPointerDown = (event: PointerEvent) => {
    if (event.pointerType !== 'mouse' || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setDragFrom(place(event))
  }
  const onPointerUp = (event: PointerEvent) => {
    setDragFrom(undefined)
    if (dragFrom === undefined || Math.abs(place(event) - dragFrom) < 8) return
    const [first, last] = [indexAt(plot, dragFrom), indexAt(plot, place(event))]
    if (first !== undefined && last !== undefined) onZoom(Math.min(first, last), Math.max(first, last))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = keyTarget(event.key, active, points)
    if (next === undefined) return
    event.preventDefault()
    setActive(next)
  }
  const point = active === undefined ? undefined : points[active]
  const shown = point && active !== undefined ? { point, xPx: xOf(plot, active) } : undefined

  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture that is walked through with the arrow keys has no element of its own.
    <div
      role="group"
      aria-roledescription="chart"
      aria-label={`${summary} Use the arrow keys to read single values.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move through its points.
      tabIndex={0}
      className="relative h-full w-full cursor-crosshair rounded-md select-none focus-visible:-outline-offset-2"
      onPointerMove={(event) => setActive(indexAt(plot, place(event)))}
      onPointerLeave={() => setActive(undefined)}
      onPointerDown={onPointerDown}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setDragFrom(undefined)}
      onKeyDown={onKeyDown}
      onBlur={() => setActive(undefined)}
    >
      <div ref={box} aria-hidden className="absolute inset-0" />
      {shown && <Crosshair {...shown} yPx={yOf(chart.current, shown.point)} />}
      {shown && dragFrom !== undefined && <Selection fromPx={dragFrom} toPx={shown.xPx} />}
      {shown && <TooltipView {...shown} measureLabel={measureLabel} format={format} isLeft={shown.xPx > widthPx / 2} />}
      <p aria-live="polite" className="sr-only">
        {point && `${point.label}: ${formatNumber(point.value, format, 'exact')}`}
      </p>
    </div>
  )
}

interface TooltipProps {
  readonly point: ChartPoint
  readonly xPx: number
  readonly measureLabel: string
  readonly format: MeasureFormat
  readonly isLeft: boolean
}

function TooltipView({ point, xPx, measureLabel, format, isLeft }: TooltipProps): ReactElement {
  const side = isLeft
    ? { transform: `translateX(calc(${xPx}px - 100% - 12px))` }
    : { transform: `translateX(${xPx + 12}px)` }
  return (
    <div
      style={side}
      className="pointer-events-none absolute top-2 left-0 max-w-64 rounded-md border border-line bg-surface px-2.5 py-1.5 shadow-float"
    >
      <p className="text-sm text-muted">{point.label}</p>
      {point.value !== undefined && (
        <p className="figures font-semibold">
          {formatNumber(point.value, format, 'exact')}{' '}
          <span className="font-normal text-muted">{measureLabel.toLowerCase()}</span>
        </p>
      )}
      {point.state === 'open' && <p className="text-sm text-muted">Still running</p>}
      {point.state === 'ahead' && <p className="text-sm text-muted">Not yet begun</p>}
    </div>
  )
}

function Crosshair({ xPx, yPx }: { xPx: number; yPx: number | undefined }): ReactElement {
  return (
    <>
      <div
        style={{ transform: `translateX(${xPx}px)`, top: PLOT.top, bottom: PLOT.bottom }}
        className="pointer-events-none absolute left-0 w-px bg-line-strong"
      />
      {yPx !== undefined && (
        <div
          style={{ transform: `translate(${xPx - 4.5}px, ${yPx - 4.5}px)` }}
          className="pointer-events-none absolute top-0 left-0 size-2.5 rounded-full border-2 border-surface bg-accent"
        />
      )}
    </>
  )
}

function Selection({ fromPx, toPx }: { fromPx: number; toPx: number }): ReactElement {
  const left = Math.min(fromPx, toPx)
  return (
    <div
      style={{ left, width: Math.abs(toPx - fromPx), top: PLOT.top, bottom: PLOT.bottom }}
      className="pointer-events-none absolute border-x border-accent bg-accent/10"
    />
  )
}

function yOf(chart: EChartsType | undefined, { value }: ChartPoint): number | undefined {
  if (value === undefined || !chart?.getOption()) return undefined
  return chart.convertToPixel({ yAxisIndex: 0 }, value)
}

/** The next point for the arrow keys; what is still to come has nothing to read. */
function keyTarget(key: string, active: number | undefined, points: readonly ChartPoint[]): number | undefined {
  const last = points.findLastIndex(({ value }) => value !== undefined)
  if (last < 0) return undefined
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (key === 'ArrowLeft') return Math.max(0, Math.min(last, (active ?? last + 1) - 1))
  if (key === 'ArrowRight') return Math.min(last, (active ?? -1) + 1)
  return undefined
}

function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    line: token('--accent'),
    area: token('--area'),
    grid: token('--line'),
    text: token('--ink-faint'),
    surface: token('--surface'),
  }
}
