import { type ReactElement, useLayoutEffect, useRef, useState } from 'react'
import type { ChartViewProps } from './chart-view-props.ts'
import { DrawingView } from './drawing-view.tsx'
import { Legend } from './legend/legend.tsx'
import { ShadesKey } from './legend/shades-key.tsx'
import { needsCanvas } from './own-kinds.ts'
import { useChartTheme } from './use-chart-theme.ts'
import { type Drawn, useDrawing } from './use-drawing.ts'
import { useSize } from './use-size.ts'

/**
 * The drawing of a frame for the box that it gets, with its legend. What the whole box would show decides whether there is a
 * legend; the picture is drawn for what the legend leaves, and does not decide again, as the two could disagree for ever.
 */
export default function DrawnView(props: ChartViewProps): ReactElement {
  const { spec, hidden, onHidden, title } = props
  const [ownHidden, setOwnHidden] = useState(NONE_HIDDEN)
  const box = useRef<HTMLDivElement>(null)
  const stage = useRef<HTMLDivElement>(null)
  const { size: whole } = useSize(box)
  const { size: left, measure } = useSize(stage)
  const look = { theme: useChartTheme(), hidden: hidden ?? ownHidden }

  const first = useDrawing(props, { ...look, size: whole })
  const isAllLeft = left?.widthPx === whole?.widthPx && left?.heightPx === whole?.heightPx
  const second = useDrawing(props, { ...look, size: isAllLeft ? undefined : left })
  const shown = second ?? first
  const { legend, place, shades } = besideOf(first)
  const isShaded = shades !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has just been put beside the picture takes room from it.
  useLayoutEffect(measure, [measure, place, legend.length, isShaded])

  return (
    <div className={`h-full w-full min-w-0 ${needsCanvas(spec.kind) ? 'pr-1 pb-1 pl-2' : ''}`}>
      <div ref={box} className={`flex h-full w-full ${place === 'right' ? 'flex-row-reverse' : 'flex-col'}`}>
        {place && <Legend items={legend} place={place} {...look} onHidden={onHidden ?? setOwnHidden} />}
        <div ref={stage} className="relative min-h-0 min-w-0 flex-1">
          {shown && <DrawingView {...props} {...shown} kind={spec.kind} theme={look.theme} title={title} />}
        </div>
        {shades && <ShadesKey shades={shades} />}
      </div>
    </div>
  )
}

/** On a narrow card the names at the side would leave no room for the figures. */
const LEAST_FOR_RIGHT_PX = 360

function besideOf(drawn: Drawn | undefined) {
  if (drawn?.drawing.as !== 'chart') return { legend: [], place: undefined, shades: undefined }
  const { legend, legendPlace, shades } = drawn.drawing
  const isRight = legendPlace === 'right' && drawn.size.widthPx >= LEAST_FOR_RIGHT_PX
  const place = legendPlace === 'none' || legend.length === 0 ? undefined : isRight ? 'right' : 'top'
  return { legend, place, shades } as const
}

const NONE_HIDDEN: ReadonlySet<string> = new Set()
