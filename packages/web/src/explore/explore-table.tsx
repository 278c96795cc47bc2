import type { CubeData } from '@almanac/core/boards/board.ts'
import type { Pick, TableDrawing } from '@almanac/core/charts/drawing.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import { drawTable } from '@almanac/core/charts/views/table.ts'
import { type ReactElement, useMemo, useRef } from 'react'
import { tableOf } from '../widgets/card/frame-table.ts'
import { LOCALE } from '../widgets/chart/locale.ts'
import { useChartTheme } from '../widgets/chart/use-chart-theme.ts'
import { useSize } from '../widgets/chart/use-size.ts'
import { TableView } from '../widgets/views/table/table-view.tsx'
import { cellOf } from './explain/cell-questions.ts'
import type { ExplainedCell } from './explore-search.ts'

interface Props {
  readonly frame: Frame
  readonly data: CubeData
  readonly title: string
  readonly onExplain: (cell: ExplainedCell) => void
  readonly onFilter: (picks: readonly Pick[], isAdditive: boolean) => void
}

/** All figures of the answer: a figure is explained, a name is filtered by. */
export function ExploreTable({ frame, data, title, onExplain, onFilter }: Props): ReactElement {
  const box = useRef<HTMLDivElement>(null)
  const { size } = useSize(box)
  const theme = useChartTheme()
  const drawing = useMemo(() => {
    const { spec, frame: shown } = tableOf({ kind: 'table' }, frame)
    if (spec.kind !== 'table' || shown.columns.length === 0) return undefined
    const look = { theme, locale: LOCALE, widthPx: 0, heightPx: 0, hidden: NONE, isAnimated: false, annotations: [] }
    const table = drawTable(spec, shown, look)
    return table.as === 'table' ? withFigurePicks(table, shown, data) : undefined
  }, [frame, data, theme])
  return (
    <div ref={box} className="h-full min-h-0">
      {drawing && size && (
        <TableView
          drawing={drawing}
          title={title}
          size={size}
          onPick={(picks, isAdditive) => {
            const [first] = picks
            if (first?.dimension !== FIGURE) return onFilter(picks, isAdditive)
            const cell = JSON.parse(String(first.value)) as ExplainedCell
            onExplain(cell)
          }}
        />
      )}
    </div>
  )
}

/** No dimension is called that: what is picked is the figure itself. */
const FIGURE = ' figure'
const NONE: ReadonlySet<string> = new Set()

function withFigurePicks(table: TableDrawing, frame: Frame, data: CubeData): TableDrawing {
  return {
    ...table,
    row: (index) => {
      const row = frame.rows[index]
      return table.row(index).map((cell, at) => {
        const measure = table.columns[at]?.key
        if (!row || measure === undefined || !data.measures.includes(measure)) return cell
        const explained = cellOf(measure, row, data)
        return explained ? { ...cell, picks: [{ dimension: FIGURE, value: JSON.stringify(explained) }] } : cell
      })
    },
  }
}
