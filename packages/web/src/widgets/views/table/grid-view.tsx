import type { GridDrawing, Reading } from '@almanac/core/charts/drawing.ts'
import type { ChartTheme } from '@almanac/core/charts/theme.ts'
import { type ReactElement, useRef, useState } from 'react'
import { EdgeShadow } from '../../../ui/edge-shadow.tsx'
import type { ChartActions } from '../../chart/chart-view-props.ts'
import { FloatingReading } from '../../chart/pointing/floating-reading.tsx'
import { hintOf } from '../../chart/pointing/pointer-props.ts'
import { spoken } from '../../chart/pointing/reading-steps.ts'
import type { Point } from '../../chart/pointing/tooltip-place.ts'
import type { GridCell } from './grid-step.ts'
import { useGridKeys } from './use-grid-keys.ts'

interface Props {
  readonly drawing: GridDrawing
  readonly title: string
  readonly theme: ChartTheme
  readonly onPick: ChartActions['onPick']
}

/** Cohorts: a line for each, shaded by how many of them are left. */
export function GridView({ drawing, title, theme, onPick }: Props): ReactElement {
  const { corner, columns, rows, summary } = drawing
  const box = useRef<HTMLDivElement>(null)
  const [pointed, setPointed] = useState<{ reading: Reading; at: Point }>()
  const readingAt = ({ row, column }: GridCell) => rows[row]?.cells[column]?.reading
  const show = (cell: GridCell) => {
    const element = document.getElementById(keys.idOf(cell))
    const reading = readingAt(cell)
    element?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    setPointed(reading && element && box.current ? { reading, at: middleOf(element, box.current) } : undefined)
  }
  const choose = (cell: GridCell, isAdditive: boolean) => {
    const reading = readingAt(cell)
    if (reading?.picks.length) onPick?.(reading.picks, isAdditive)
  }
  const keys = useGridKeys({
    rows: rows.length,
    columns: columns.length,
    hasHeader: false,
    onMove: show,
    onChoose: choose,
  })

  return (
    <div className="relative h-full">
      <div ref={box} className="relative h-full overflow-auto px-4 pb-3" onPointerLeave={() => setPointed(undefined)}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are walked through.
          role="grid"
          aria-label={`${title}. ${summary}`}
          className="figures w-full border-separate border-spacing-0.5"
          {...keys.props}
          onBlur={() => {
            keys.props.onBlur()
            setPointed(undefined)
          }}
        >
          <thead className="text-sm text-muted">
            <tr>
              <th scope="col" className={`${NAME} z-20 text-left font-medium`}>
                <bdi>{corner}</bdi>
              </th>
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className="sticky top-0 z-10 h-7 bg-surface px-1 font-medium whitespace-nowrap"
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, size, cells }, row) => (
              <tr key={label}>
                <th scope="row" className={`${NAME} font-normal`}>
                  <span className="flex items-baseline justify-between gap-3">
                    <bdi className="max-w-40 truncate">{label}</bdi>
                    <span className="text-sm text-faint">{size}</span>
                  </span>
                </th>
                {columns.map((name, column) => {
                  const cell = cells[column]
                  const at = { row, column }
                  const isActive = keys.active?.row === row && keys.active.column === column
                  if (!cell) return <td key={name} id={keys.idOf(at)} />
                  return (
                    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the table's (`use-grid-keys.ts`).
                    <td
                      key={name}
                      id={keys.idOf(at)}
                      style={{ background: cell.background, color: cell.ink }}
                      onPointerEnter={() => show(at)}
                      onClick={(event) => choose(at, event.ctrlKey || event.metaKey || event.shiftKey)}
                      className={`h-7 min-w-12 rounded-sm px-1.5 text-center text-sm ${cell.isOpen ? 'italic underline decoration-dotted underline-offset-3' : ''} ${isActive ? 'outline-2 outline-accent' : ''} ${onPick && cell.reading.picks.length > 0 ? 'cursor-pointer' : ''}`}
                    >
                      {cell.text}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {pointed && (
          <FloatingReading
            {...pointed}
            chart={box}
            theme={theme}
            hint={hintOf(pointed.reading, { onPick }, keys.active ? 'keys' : 'mouse')}
          />
        )}
        <p aria-live="polite" className="sr-only">
          {keys.active && pointed && spoken(pointed.reading)}
        </p>
      </div>
      <EdgeShadow scroller={box} />
    </div>
  )
}

function middleOf(element: Element, box: Element): Point {
  const [own, outer] = [element.getBoundingClientRect(), box.getBoundingClientRect()]
  return { xPx: own.left - outer.left + own.width / 2, yPx: own.top - outer.top + own.height / 2 }
}

const NAME = 'sticky top-0 left-0 h-7 bg-surface pr-2 text-left whitespace-nowrap'
