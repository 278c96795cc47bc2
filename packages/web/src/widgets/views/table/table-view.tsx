import type { TableDrawing } from '@almanac/core/charts/drawing.ts'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactElement, useMemo, useRef, useState } from 'react'
import { EdgeShadow } from '../../../ui/edge-shadow.tsx'
import type { ChartActions } from '../../chart/chart-view-props.ts'
import { type Size, useSize } from '../../chart/use-size.ts'
import { ACTIVE, CellView, RINGED } from './cell-view.tsx'
import { columnWidths } from './column-widths.ts'
import { nextSorting, type Sorting, sortedRows } from './sort-rows.ts'
import { type GridKeys, useGridKeys } from './use-grid-keys.ts'
import { ROW_PX, useVirtualRows } from './use-virtual-rows.ts'

interface Props {
  readonly drawing: TableDrawing
  readonly title: string
  readonly size: Size
  readonly onPick: ChartActions['onPick']
  /** Before the reader has chosen. */
  readonly sorting?: Sorting | undefined
}

/** A table that stays quick with 200,000 rows: sorted by its headers, walked through with the arrow keys. */
export function TableView({ drawing, title, size, onPick, sorting: first }: Props): ReactElement {
  const scroller = useRef<HTMLDivElement>(null)
  const [sorting, setSorting] = useState(first)
  const roomPx = useSize(scroller).size?.widthPx ?? size.widthPx
  const { columns, count, totals } = drawing
  const place = useMemo(() => sortedRows(drawing, sorting), [drawing, sorting])
  const cells = (row: number) => drawing.row(place ? place(row) : row)
  const widths = useMemo(
    () =>
      columnWidths(
        columns.map(({ label, sort }) => ({ label, isTime: sort === 'time' })),
        count + (totals ? 1 : 0),
        (index) => (totals && index === 0 ? totals : drawing.row(totals ? index - 1 : index)),
        roomPx,
      ),
    [columns, count, totals, drawing, roomPx],
  )
  const rows = useVirtualRows(scroller, count)
  const [firstPx = 0] = widths
  // On a phone, figures without the name of their row say nothing; and a long name leaves room for them.
  const isPinned = columns.length > 1 && firstPx <= roomPx / 2
  const sort = (column: number) => setSorting(nextSorting(column, columns[column]?.sort ?? 'text', sorting))
  const keys = useGridKeys({
    rows: count,
    columns: columns.length,
    hasHeader: true,
    onMove: (cell) => {
      if (cell.row >= 0) rows.show(cell.row)
      document.getElementById(keys.idOf(cell))?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    },
    onChoose: ({ row, column }, isAdditive) => {
      if (row < 0) return sort(column)
      const picks = cells(row)[column]?.picks
      if (picks?.length) onPick?.(picks, isAdditive)
    },
  })

  return (
    <div className="relative h-full">
      <div
        ref={scroller}
        style={{ scrollPaddingLeft: isPinned ? firstPx : 0 }}
        className={`h-full scroll-pt-8 overflow-auto ${RINGED}`}
      >
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are walked through.
          role="grid"
          aria-label={`${title}. ${drawing.summary}`}
          aria-rowcount={count + 1}
          aria-colcount={columns.length}
          style={{ width: widths.reduce((sum, width) => sum + width, 0) }}
          className="figures table-fixed border-separate border-spacing-0 outline-none"
          {...keys.props}
        >
          <colgroup>
            {columns.map(({ key }, column) => (
              <col key={key} style={{ width: widths[column] }} />
            ))}
          </colgroup>
          <TableHead drawing={drawing} sorting={sorting} keys={keys} onSort={sort} isPinned={isPinned} />
          <tbody>
            <Spacer heightPx={rows.beforePx} columns={columns.length} />
            {rows.indexes.map((row) => (
              <tr key={row} aria-rowindex={row + 2} style={{ height: ROW_PX }} className="group hover:bg-hover">
                {cells(row).map((cell, column) => (
                  <CellView
                    key={columns[column]?.key ?? column}
                    cell={cell}
                    align={columns[column]?.align ?? 'left'}
                    id={keys.idOf({ row, column })}
                    isActive={keys.active?.row === row && keys.active.column === column}
                    isPinned={isPinned && column === 0}
                    onPick={
                      onPick && cell.picks?.length ? (isAdditive) => onPick(cell.picks ?? [], isAdditive) : undefined
                    }
                  />
                ))}
              </tr>
            ))}
            <Spacer heightPx={rows.afterPx} columns={columns.length} />
          </tbody>
          {totals && (
            <tfoot className="sticky bottom-0 z-10 bg-surface">
              <tr style={{ height: ROW_PX }}>
                {totals.map((cell, column) => (
                  <CellView
                    key={columns[column]?.key ?? column}
                    cell={cell}
                    align={columns[column]?.align ?? 'left'}
                    id={keys.idOf({ row: count, column })}
                    isActive={false}
                    isPinned={isPinned && column === 0}
                    isStrong
                  />
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      <EdgeShadow scroller={scroller} />
    </div>
  )
}

interface HeadProps {
  readonly drawing: TableDrawing
  readonly sorting: Sorting | undefined
  readonly keys: GridKeys
  readonly onSort: (column: number) => void
  readonly isPinned: boolean
}

function TableHead({ drawing, sorting, keys, onSort, isPinned }: HeadProps): ReactElement {
  return (
    <thead className="sticky top-0 z-10 bg-surface text-sm text-muted">
      <tr aria-rowindex={1}>
        {drawing.columns.map(({ key, label, align }, column) => {
          const direction = sorting?.column === column ? sorting.direction : undefined
          const isActive = keys.active?.row === -1 && keys.active.column === column
          return (
            <th
              key={key}
              id={keys.idOf({ row: -1, column })}
              scope="col"
              aria-sort={direction === undefined ? 'none' : direction === 'asc' ? 'ascending' : 'descending'}
              className={`border-b border-line p-0 font-medium ${isPinned && column === 0 ? 'sticky left-0 z-10 bg-surface' : ''} ${isActive ? ACTIVE : ''}`}
            >
              <button
                type="button"
                tabIndex={-1}
                title={label}
                onClick={() => onSort(column)}
                className={`group flex h-8 w-full items-center gap-1 px-4 hover:text-ink ${align === 'right' ? 'flex-row-reverse text-right' : 'text-left'}`}
              >
                <bdi className="truncate">{label}</bdi>
                <SortMark direction={direction} />
              </button>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function SortMark({ direction }: { direction: Sorting['direction'] | undefined }): ReactElement {
  const Icon = direction === 'asc' ? ArrowUp : ArrowDown
  const tone = direction ? 'text-ink' : 'opacity-0 group-hover:opacity-60'
  return <Icon size={12} aria-hidden className={`shrink-0 ${tone}`} />
}

/** In place of the rows that are out of sight. */
export function Spacer({ heightPx, columns }: { heightPx: number; columns: number }): ReactElement | null {
  if (heightPx <= 0) return null
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height: heightPx }} className="p-0" />
    </tr>
  )
}
