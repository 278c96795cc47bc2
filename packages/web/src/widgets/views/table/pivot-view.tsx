import type { PivotDrawing, TableCell } from '@almanac/core/charts/drawing.ts'
import { type ReactElement, useMemo, useRef } from 'react'
import { EdgeShadow } from '../../../ui/edge-shadow.tsx'
import type { ChartActions } from '../../chart/chart-view-props.ts'
import { type Size, useSize } from '../../chart/use-size.ts'
import { ACTIVE, CellView, RINGED } from './cell-view.tsx'
import { columnWidths } from './column-widths.ts'
import { Spacer } from './table-view.tsx'
import { useGridKeys } from './use-grid-keys.ts'
import { ROW_PX, useVirtualRows } from './use-virtual-rows.ts'

interface Props {
  readonly drawing: PivotDrawing
  readonly title: string
  readonly size: Size
  readonly onPick: ChartActions['onPick']
}

/** Dimensions down and across, with the totals that the engine has counted. The names of the rows stay in sight. */
export function PivotView({ drawing, title, size, onPick }: Props): ReactElement {
  const scroller = useRef<HTMLDivElement>(null)
  const { headers, rowDimensions, rows: lines } = drawing
  const names = rowDimensions.length
  const roomPx = useSize(scroller).size?.widthPx ?? size.widthPx
  const widths = useMemo(() => pivotWidths(drawing, roomPx), [drawing, roomPx])
  const rows = useVirtualRows(scroller, lines.length)
  const keys = useGridKeys({
    rows: lines.length,
    columns: widths.length,
    hasHeader: false,
    onMove: (cell) => {
      rows.show(cell.row)
      document.getElementById(keys.idOf(cell))?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    },
    onChoose: ({ row, column }, isAdditive) => {
      const picks = lines[row]?.cells[column - names]?.picks
      if (picks?.length) onPick?.(picks, isAdditive)
    },
  })
  const namesPx = leftOf(widths, names)
  // On a phone the names would leave no room for what they name.
  const isSticky = namesPx <= roomPx / 2

  return (
    <div className="relative h-full">
      <div
        ref={scroller}
        style={{ scrollPaddingLeft: isSticky ? namesPx : 0 }}
        className={`h-full overflow-auto ${RINGED}`}
      >
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are walked through.
          role="grid"
          aria-label={`${title}. ${drawing.summary}`}
          aria-rowcount={lines.length + headers.length}
          style={{ width: widths.reduce((sum, width) => sum + width, 0) }}
          className="figures table-fixed border-separate border-spacing-0 outline-none"
          {...keys.props}
        >
          <colgroup>
            {widths.map((width, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns are known by their place alone.
              <col key={column} style={{ width }} />
            ))}
          </colgroup>
          <PivotHead drawing={drawing} widths={widths} isSticky={isSticky} />
          <tbody>
            <Spacer heightPx={rows.beforePx} columns={widths.length} />
            {rows.indexes.map((row) => {
              const line = lines[row]
              if (!line) return null
              return (
                <tr
                  key={row}
                  aria-rowindex={row + headers.length + 1}
                  style={{ height: ROW_PX }}
                  className={`group ${line.isTotal ? 'font-semibold' : 'hover:bg-hover'}`}
                >
                  {rowDimensions.map((dimension, column) => {
                    const name = line.names[column] ?? ''
                    // Where the name is that of the row above, or the row is a total, there is nothing to head the row by.
                    const Cell = name ? 'th' : 'td'
                    return (
                      <Cell
                        key={dimension}
                        id={keys.idOf({ row, column })}
                        {...(name && { scope: 'row', title: name })}
                        style={{ left: leftOf(widths, column) }}
                        className={`${isSticky ? 'sticky z-5' : ''} truncate border-t border-t-grid border-line bg-surface px-4 text-left group-hover:bg-hover ${line.isTotal ? 'font-semibold' : 'font-normal'} ${column === names - 1 ? 'border-r' : ''} ${keys.active?.row === row && keys.active.column === column ? ACTIVE : ''}`}
                      >
                        <bdi>{name}</bdi>
                      </Cell>
                    )
                  })}
                  {line.cells.map((cell, index) => {
                    const column = names + index
                    return (
                      <CellView
                        key={column}
                        cell={cell}
                        align="right"
                        id={keys.idOf({ row, column })}
                        isActive={keys.active?.row === row && keys.active.column === column}
                        isStrong={line.isTotal}
                        onPick={
                          onPick && cell.picks?.length
                            ? (isAdditive) => onPick(cell.picks ?? [], isAdditive)
                            : undefined
                        }
                      />
                    )
                  })}
                </tr>
              )
            })}
            <Spacer heightPx={rows.afterPx} columns={widths.length} />
          </tbody>
        </table>
      </div>
      <EdgeShadow scroller={scroller} />
    </div>
  )
}

interface HeadProps {
  readonly drawing: PivotDrawing
  readonly widths: readonly number[]
  readonly isSticky: boolean
}

function PivotHead({ drawing, widths, isSticky }: HeadProps): ReactElement {
  const { headers, rowDimensions } = drawing
  return (
    <thead className="sticky top-0 z-10 bg-surface text-sm text-muted">
      {headers.map((line, level) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of headers are known by their place alone.
        <tr key={level} className="h-7">
          {level === 0 &&
            rowDimensions.map((dimension, column) => (
              <th
                key={dimension}
                scope="col"
                rowSpan={headers.length}
                style={{ left: leftOf(widths, column) }}
                className={`${isSticky ? 'sticky z-15' : ''} truncate border-b border-line bg-surface px-4 pb-1 text-left align-bottom font-medium ${column === rowDimensions.length - 1 ? 'border-r' : ''}`}
              >
                <bdi>{dimension}</bdi>
              </th>
            ))}
          {line.map(({ text, span, isTotal }, index) => (
            <th
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              key={index}
              scope={span > 1 ? 'colgroup' : 'col'}
              colSpan={span}
              title={text}
              className={`truncate px-4 font-medium ${level === headers.length - 1 ? 'border-b border-line pb-1 text-right align-bottom' : 'border-b border-line text-left'} ${isTotal ? 'text-ink' : ''}`}
            >
              <bdi>{text}</bdi>
            </th>
          ))}
        </tr>
      ))}
    </thead>
  )
}

function pivotWidths({ headers, rowDimensions, rowTime, rows }: PivotDrawing, roomPx: number): number[] {
  const last = headers.at(-1) ?? []
  const names = rowDimensions.map((label, at) => ({ label, isTime: at === rowTime }))
  const row = (index: number): readonly TableCell[] => {
    const line = rows[index]
    return line ? [...line.names.map((text) => ({ text, value: text })), ...line.cells] : []
  }
  return columnWidths([...names, ...last.map(({ text }) => ({ label: text }))], rows.length, row, roomPx)
}

function leftOf(widths: readonly number[], column: number): number {
  return widths.slice(0, column).reduce((sum, width) => sum + width, 0)
}
