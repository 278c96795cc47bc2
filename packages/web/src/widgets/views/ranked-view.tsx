import type { RankedDrawing } from '@almanac/core/charts/drawing.ts'
import type { ReactElement } from 'react'
import type { ChartActions } from '../chart/chart-view-props.ts'
import { DeltaText } from '../chart/delta-text.tsx'

interface Props {
  readonly drawing: RankedDrawing
  readonly title: string
  readonly onPick: ChartActions['onPick']
}

type Row = RankedDrawing['rows'][number]

/** The greatest first, each with its bar. Where a click filters, a line is a button. */
export function RankedView({ drawing, title, onPick }: Props): ReactElement {
  const { rows, valueLabel, summary } = drawing
  const hasShare = rows.some(({ share }) => share !== undefined)
  const hasDelta = rows.some(({ delta }) => delta !== undefined)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
    <section aria-label={`${title}. ${summary}`} tabIndex={0} className={SCROLLER}>
      <p aria-hidden className="sticky top-0 z-10 flex h-6 items-center bg-surface px-2 text-xs text-faint">
        <span className="ml-auto truncate pl-4">{valueLabel}</span>
      </p>
      <ol>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may have the same name.
          <li key={index}>
            <Line row={row} onPick={onPick}>
              <span className="relative flex h-6 min-w-0 flex-1 items-center px-2">
                <span
                  aria-hidden
                  style={{ width: `${Math.max(0, Math.min(1, row.bar)) * 100}%` }}
                  className={`absolute inset-y-0 left-0 rounded-sm transition-[width] duration-300 ${row.isRest ? 'bg-sunken' : 'bg-bar'}`}
                />
                <bdi className={`relative truncate ${row.isRest ? 'text-muted' : ''}`}>{row.label}</bdi>
              </span>
              <span title={row.exact} className="figures min-w-14 shrink-0 pl-3 text-right font-medium">
                {row.text}
              </span>
              {hasShare && (
                <span className="figures hidden w-14 shrink-0 text-right text-muted @xs:block">{row.share}</span>
              )}
              {hasDelta && (
                <span className="w-18 shrink-0 text-right text-sm">{row.delta && <DeltaText delta={row.delta} />}</span>
              )}
            </Line>
          </li>
        ))}
      </ol>
    </section>
  )
}

interface LineProps {
  readonly row: Row
  readonly onPick: ChartActions['onPick']
  readonly children: React.ReactNode
}

function Line({ row, onPick, children }: LineProps): ReactElement {
  if (!onPick || row.picks.length === 0) {
    return (
      <div title={row.label} className={LINE}>
        {children}
      </div>
    )
  }
  return (
    <button
      type="button"
      title={row.label}
      onClick={(event) => onPick(row.picks, event.ctrlKey || event.metaKey || event.shiftKey)}
      className={`${LINE} hover:bg-hover focus-visible:-outline-offset-2`}
    >
      {children}
    </button>
  )
}

const SCROLLER = '@container h-full overflow-y-auto px-2 pb-2 focus-visible:-outline-offset-2'
const LINE = 'flex h-7.5 w-full items-center rounded-sm pr-2 text-left'
