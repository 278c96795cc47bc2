import { type MouseEvent, type PointerEvent, type ReactElement, useRef } from 'react'
import { markCentre, marksOf } from '../canvas/marks.ts'
import type { PaintedChart } from '../canvas/use-painted-chart.ts'
import { BandBehind, Dots, LineAcross, Selection } from './axis-overlay.tsx'
import { indexAtPx, pxOfIndex } from './axis-place.ts'
import { chartKeys } from './chart-keys.ts'
import { FloatingReading } from './floating-reading.tsx'
import { hintOf, isPickable, type PointerProps } from './pointer-props.ts'
import { readingAt, spoken } from './reading-steps.ts'
import type { Point } from './tooltip-place.ts'
import { useHighlight } from './use-highlight.ts'
import { useItemEvents } from './use-item-events.ts'
import { type Active, type Pointing, usePointing } from './use-pointing.ts'

/** Reading a chart: with the mouse, by touch, with the arrow keys. All lead to one reading, which the tooltip shows. */
export function ChartPointer(props: PointerProps): ReactElement {
  const { painted, drawing, title, children, crosshair, onZoom } = props
  const { readings, axis, pointing: way, summary } = drawing
  const box = useRef<HTMLDivElement>(null)
  const pointing = usePointing(props, box)
  const { active, leave, markFrom, mark, pressedBy } = pointing

  const isByAxis = way === 'axis'
  const canZoom = onZoom !== undefined && isByAxis && axis !== 'y' && readings[0]?.timeEnd !== undefined
  const shown = active?.index ?? readingAt(readings, crosshair?.time)
  const crossed = isByAxis && painted && shown !== undefined && readings[shown] ? { painted, index: shown } : undefined
  const reading = active && readings[active.index]
  const byAxis = axisEvents(props, pointing)
  useHighlight(painted, !isByAxis && active?.by === 'keys' ? active.index : undefined)
  useItemEvents(painted, {
    onPoint: (index, at) => pressedBy.current !== 'touch' && pointing.point({ index, by: 'mouse', at }),
    onLeave: () => active?.by === 'mouse' && leave(),
    onClick: pointing.click,
    onDoubleClick: pointing.drill,
  })

  const onPointerDown = (event: PointerEvent) => {
    pressedBy.current = event.pointerType
    if (!canZoom || event.pointerType !== 'mouse' || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    mark(underPointer(props, event)?.index)
  }
  const cursor = reading && isPickable(reading, props) ? 'cursor-pointer' : canZoom ? 'cursor-crosshair' : ''
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture that is walked through with the arrow keys has no element of its own.
    <div
      ref={box}
      role="group"
      aria-roledescription="chart"
      aria-label={`${title}. ${summary}${readings.length > 0 ? ' Use the arrow keys to read single values.' : ''}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move through its points.
      tabIndex={0}
      className={`absolute inset-0 touch-manipulation rounded-md select-none focus-visible:-outline-offset-2 ${cursor}`}
      onPointerDown={onPointerDown}
      onPointerLeave={() => active?.by === 'mouse' && markFrom === undefined && leave()}
      onPointerCancel={() => mark(undefined)}
      onKeyDown={chartKeys(props, pointing, canZoom)}
      onBlur={() => active?.by === 'keys' && leave()}
      {...(isByAxis ? byAxis : {})}
    >
      {crossed && <BandBehind {...crossed} />}
      {children}
      {crossed && <LineAcross {...crossed} />}
      {crossed && <Dots {...crossed} />}
      {painted && active && reading && <PointedReading {...props} painted={painted} pointing={pointing} box={box} />}
      <p aria-live="polite" className="sr-only">
        {reading && spoken(reading)}
      </p>
    </div>
  )
}

interface PointedProps extends PointerProps {
  readonly painted: PaintedChart
  readonly pointing: Pointing
  readonly box: Parameters<typeof FloatingReading>[0]['chart']
}

function PointedReading({ painted, pointing, box, ...props }: PointedProps): ReactElement | null {
  const { active, markFrom } = pointing
  const reading = active && props.drawing.readings[active.index]
  if (!active || !reading) return null
  const isMarking = markFrom !== undefined && markFrom !== active.index
  return (
    <>
      {isMarking && <Selection painted={painted} from={markFrom} to={active.index} />}
      <FloatingReading
        reading={reading}
        theme={props.theme}
        chart={box}
        at={placeOf(painted, active)}
        hint={isMarking ? ZOOM_HINTS[active.by] : hintOf(reading, props, active.by)}
      />
    </>
  )
}

const ZOOM_HINTS = { mouse: 'Release to zoom in', touch: undefined, keys: 'Enter to zoom in' } as const

/** The pointer on a chart whose readings lie along an axis: where it is counts, not what lies under it. */
function axisEvents(props: PointerProps, { active, point, markFrom, mark, zoom, click, drill, pressedBy }: Pointing) {
  return {
    onPointerMove: (event: PointerEvent) => {
      const under = event.pointerType === 'touch' ? undefined : underPointer(props, event)
      // Only another reading is news: the tooltip stands beside the line, not beside the pointer.
      if (under && (active?.index !== under.index || active.by !== 'mouse')) point({ ...under, by: 'mouse' })
    },
    onPointerUp: (event: PointerEvent) => {
      if (markFrom === undefined) return
      const under = underPointer(props, event)
      if (under && under.index !== markFrom) zoom(under.index)
      else mark(undefined)
    },
    onClick: (event: MouseEvent) => {
      const under = underPointer(props, event)
      if (under) click(under.index, under.at, event)
    },
    onDoubleClick: (event: MouseEvent) => {
      const under = underPointer(props, event)
      if (under && pressedBy.current === 'mouse') drill(under.index)
    },
  }
}

function underPointer({ painted, drawing }: PointerProps, event: PointerEvent | MouseEvent) {
  const { left, top } = event.currentTarget.getBoundingClientRect()
  const at = { xPx: event.clientX - left, yPx: event.clientY - top }
  const index = painted && indexAtPx(painted, drawing.axis === 'y' ? at.yPx : at.xPx)
  return index === undefined ? undefined : { index, at }
}

/** What the tooltip stands beside. */
function placeOf(painted: PaintedChart, { index, at }: Active): Point {
  const { drawing, chart } = painted
  const middle = { xPx: chart.getWidth() / 2, yPx: chart.getHeight() / 2 }
  if (drawing.pointing === 'axis') {
    const alongPx = pxOfIndex(painted, index)
    return drawing.axis === 'y'
      ? { xPx: at?.xPx ?? middle.xPx, yPx: alongPx }
      : { xPx: alongPx, yPx: at?.yPx ?? (drawing.plot?.top ?? 0) + 28 }
  }
  if (at) return at
  const mark = marksOf(chart).get(index)
  return (mark && markCentre(chart, mark)) ?? middle
}
