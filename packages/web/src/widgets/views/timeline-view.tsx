import type { Reading, TimelineDrawing } from '@almanac/core/charts/drawing.ts'
import type { ChartTheme } from '@almanac/core/charts/theme.ts'
import { type ReactElement, useRef, useState } from 'react'
import type { ChartActions } from '../chart/chart-view-props.ts'
import { FloatingReading } from '../chart/pointing/floating-reading.tsx'
import { hintOf } from '../chart/pointing/pointer-props.ts'
import { spoken } from '../chart/pointing/reading-steps.ts'
import type { Point } from '../chart/pointing/tooltip-place.ts'
import { type GridCell, gridStep } from './table/grid-step.ts'

interface Props {
  readonly drawing: TimelineDrawing
  readonly title: string
  readonly theme: ChartTheme
  readonly onPick: ChartActions['onPick']
}

interface Active {
  readonly cell: GridCell
  readonly at: Point
  readonly isByKeys: boolean
}

/** A lane for each thing that has states, and in it how long it was in which. */
export function TimelineView({ drawing, title, theme, onPick }: Props): ReactElement {
  const { lanes, ticks, legend, isUnjudged, summary } = drawing
  const box = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<Active>()
  const readingOf = ({ row, column }: GridCell): Reading | undefined => lanes[row]?.spans[column]?.reading
  const reading = active && readingOf(active.cell)
  const point = (cell: GridCell, isByKeys: boolean, xPx?: number) => {
    const span = box.current?.querySelector(`[data-span="${cell.row}-${cell.column}"]`)
    if (!span || !box.current) return
    span.scrollIntoView({ block: 'nearest' })
    const [own, outer] = [span.getBoundingClientRect(), box.current.getBoundingClientRect()]
    const middlePx = own.left + own.width / 2
    setActive({
      cell,
      at: { xPx: (xPx ?? middlePx) - outer.left, yPx: own.top - outer.top + own.height / 2 },
      isByKeys,
    })
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape' && active) setActive(undefined)
    else if (event.key === 'Enter' && reading) pick(reading, onPick, event.ctrlKey || event.metaKey || event.shiftKey)
    else {
      const from = active?.cell ?? { row: 0, column: -1 }
      const next = gridStep(event.key, event.ctrlKey, from, { rows: lanes.length, columns: MOST_SPANS, firstRow: 0 })
      if (!next) return
      // Lanes have spans of their own: the last one is as far as it goes.
      point({ row: next.row, column: Math.min(next.column, (lanes[next.row]?.spans.length ?? 1) - 1) }, true)
    }
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture that is walked through with the arrow keys has no element of its own.
    <div
      ref={box}
      role="group"
      aria-roledescription="chart"
      aria-label={`${title}. ${summary} Use the arrow keys to read single values.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move through its spans.
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={() => setActive(undefined)}
      onPointerLeave={() => setActive(undefined)}
      className="relative flex h-full flex-col overflow-y-auto scroll-pb-8 px-4 focus-visible:-outline-offset-2"
    >
      <ul aria-hidden className="flex shrink-0 flex-wrap gap-x-3 pb-1.5 text-sm text-muted">
        {legend.map(({ tone, label }) => (
          <li key={`${tone} ${label}`} className="flex items-center gap-1.5">
            <span className={`h-2.5 w-3.5 rounded-[3px] ${TONES[tone]}`} />
            <bdi>{label}</bdi>
          </li>
        ))}
        {isUnjudged && <li className="hidden text-accent-ink [[data-arranged]_&]:block">Set what is good</li>}
      </ul>
      <div aria-hidden className="my-auto grid grid-cols-[minmax(3rem,auto)_minmax(0,1fr)] gap-x-3 gap-y-1.5">
        {lanes.map(({ label, spans }, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lanes may have the same name.
          <div key={row} className="col-span-2 grid grid-cols-subgrid items-center">
            <bdi title={label} className="max-w-40 truncate text-muted">
              {label}
            </bdi>
            <div className={`relative overflow-hidden rounded-sm bg-sunken ${laneHeight(lanes.length)}`}>
              {spans.map(({ from, to, tone, reading: own }, column) => (
                // biome-ignore lint/a11y/noStaticElementInteractions: the keys above do the same.
                // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
                <div
                  // biome-ignore lint/suspicious/noArrayIndexKey: spans follow one another.
                  key={column}
                  data-span={`${row}-${column}`}
                  style={{ left: `${from * 100}%`, width: `max(2px, calc(${(to - from) * 100}% - 1px))` }}
                  onPointerMove={(event) => point({ row, column }, false, event.clientX)}
                  onClick={(event) => pick(own, onPick, event.ctrlKey || event.metaKey || event.shiftKey)}
                  className={`absolute inset-y-0 ${TONES[tone]} ${onPick && own.picks.length > 0 ? 'cursor-pointer' : ''} ${active?.cell.row === row && active.cell.column === column ? 'brightness-110 outline-2 -outline-offset-2 outline-ink/40' : ''}`}
                />
              ))}
            </div>
          </div>
        ))}
        {/* Stays in sight while the lanes are scrolled. */}
        <div className="sticky bottom-0 col-span-2 grid grid-cols-subgrid bg-surface pb-2">
          <div className="relative col-start-2 h-5">
            {ticks.map(({ share, text }) => (
              <span
                key={share}
                style={{
                  left: `${share * 100}%`,
                  transform: `translateX(${share < 0.04 ? 0 : share > 0.96 ? -100 : -50}%)`,
                }}
                className="figures absolute text-xs whitespace-nowrap text-faint"
              >
                {text}
              </span>
            ))}
          </div>
        </div>
      </div>
      {active && reading && (
        <FloatingReading
          reading={reading}
          at={active.at}
          chart={box}
          theme={theme}
          hint={hintOf(reading, { onPick }, active.isByKeys ? 'keys' : 'mouse')}
        />
      )}
      <p aria-live="polite" className="sr-only">
        {active?.isByKeys && reading && spoken(reading)}
      </p>
    </div>
  )
}

function pick({ picks }: Reading, onPick: ChartActions['onPick'], isAdditive: boolean): void {
  if (picks.length > 0) onPick?.(picks, isAdditive)
}

const MOST_SPANS = 100_000
/** Few lanes fill their card. */
const laneHeight = (lanes: number) => (lanes === 1 ? 'h-14' : lanes < 4 ? 'h-9' : 'h-6')
/** Stripes beside the colours, for those who do not see them. */
const TONES = {
  good: 'bg-positive',
  warning: 'bg-warning [background-image:repeating-linear-gradient(135deg,transparent_0_4px,#ffffff40_4px_6px)]',
  bad: 'bg-negative [background-image:repeating-linear-gradient(45deg,transparent_0_2px,#ffffff59_2px_4px)]',
  muted: 'bg-line',
} as const
