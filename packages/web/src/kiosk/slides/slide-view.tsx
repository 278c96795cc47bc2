import type { Widget } from '@almanac/core/boards/board.ts'
import { GRID } from '@almanac/core/boards/grid.ts'
import { formatClock, formatRange } from '@almanac/core/charts/format/format-time.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import { WifiOff } from 'lucide-react'
import type { CSSProperties, ReactElement, ReactNode } from 'react'
import { inReadingOrder } from '../../dashboards/grid/reading-order.ts'
import { useAsOf } from '../../dashboards/live/use-answers.ts'
import type { KioskPage } from '../kiosk-pages.ts'
import { useStage } from './stage-context.ts'

interface Props {
  readonly title: string
  readonly page: KioskPage
  readonly rangeName: string | undefined
  readonly range: ZonedRange | undefined
  readonly timezone: string
  readonly renderWidget: (widget: Widget) => ReactNode
}

/** A page of a wall screen: what it is in one line, and the widgets over all of the rest. */
export function SlideView({ title, page, rangeName, range, timezone, renderWidget }: Props): ReactElement {
  return (
    <div className="flex h-full flex-col gap-2 p-3 pb-2.5">
      <header className="flex h-8 shrink-0 items-baseline gap-3">
        <h1 className="min-w-0 truncate text-lg font-semibold tracking-tight">
          <bdi>{title}</bdi>
          {page.heading.map((text) => (
            <span key={text} className="font-normal text-muted">
              {' '}
              › <bdi>{text}</bdi>
            </span>
          ))}
        </h1>
        <p className="figures min-w-0 flex-1 truncate text-muted">{rangeName ?? (range && formatRange(range))}</p>
        <SlideState timezone={timezone} />
      </header>
      <div className="grid min-h-0 flex-1" style={gridStyle(page.rows)}>
        {inReadingOrder(page.widgets).map((widget) => (
          <div key={widget.id} data-widget={widget.id} className="min-h-0 min-w-0" style={placeStyle(widget)}>
            {renderWidget(widget)}
          </div>
        ))}
      </div>
    </div>
  )
}

function SlideState({ timezone }: { timezone: string }): ReactElement {
  const { isAway, place, count } = useStage()
  const asOf = useAsOf()
  const clock = asOf && formatClock(Temporal.Instant.from(asOf), timezone)
  return (
    <p className="figures flex shrink-0 items-center gap-2 text-muted">
      {isAway && (
        <span className="flex items-center gap-1.5 rounded-full bg-warning-soft px-2 font-medium text-warning">
          <WifiOff size={13} aria-hidden /> Not connected
        </span>
      )}
      <span className={clock ? '' : 'invisible'}>as of {clock ?? '00:00:00'}</span>
      {count > 1 && (
        <span>
          {place} / {count}
        </span>
      )}
    </p>
  )
}

function gridStyle(rows: number): CSSProperties {
  return {
    gap: GRID.gapPx,
    gridTemplateColumns: `repeat(${GRID.columns}, minmax(0, 1fr))`,
    gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
  }
}

function placeStyle({ place: { x, y, w, h } }: Widget): CSSProperties {
  return { gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}` }
}
