import type { Column } from '../../../query/query.ts'
import type { ChartOf } from '../../chart-spec.ts'
import type { Drawing, Look } from '../../drawing.ts'
import { formatNumber, type NumberStyle } from '../../format/format-number.ts'
import type { Frame } from '../../frame.ts'
import { NO_FIGURES } from '../../nothing.ts'
import { valueLines } from '../../parts/value-lines.ts'
import { axisFor, formatOf, isAdditive, labelOf, neededDimension, numberIn, UnfitFrame, valueFor } from '../../roles.ts'
import { type Category, type CategoryAxis, categoryAxis, readingAt, timeLabels } from '../categories.ts'
import { type Cell, drawCells } from '../cells.ts'
import { placeSummary } from '../place-summary.ts'

/** More rows than this are too thin to be seen. */
const MOST_ROWS = 100

/** A value for each combination of time or a dimension with another dimension. */
export function drawHeatMap(spec: ChartOf<'heat_map'>, frame: Frame, look: Look): Drawing {
  const across = axisFor(frame, spec.x, [spec.y])
  const down = neededDimension(frame, spec.y, 'its rows', [across.name])
  const column = valueFor(frame, spec.value)
  const [columns, rows] = [categoryAxis(frame, across, look), categoryAxis(frame, down, look, MOST_ROWS)]
  const format = formatOf(spec, column)
  const text = (value: number | null, style: NumberStyle) => formatNumber(value, format, style, look.locale)
  const cells = cellsOf({ spec, frame, look }, columns, rows, column)
  if (cells.length === 0) return NO_FIGURES
  const titles = (axis: CategoryAxis) => axis.categories.map(({ title }) => title)
  return drawCells(
    {
      columns: columns.isTime ? columns.categories.map((_, at) => String(at)) : titles(columns),
      columnLabels: columns.isTime ? (widthPx) => timeLabels(columns, widthPx, look.locale) : undefined,
      rows: titles(rows),
      cells,
      textOf: (value) => text(value, 'short'),
      summary: [
        placeSummary(
          `Heat map: ${labelOf(spec, column)} by ${labelOf(spec, across)} and ${labelOf(spec, down)}`,
          cells.map(({ value, reading }) => ({ value, title: reading.title })),
          (value) => text(value, 'spoken'),
        ),
        ...(columns.left + rows.left > 0
          ? [`Of ${columns.left + rows.left} further values there is no room; the table has all of them.`]
          : []),
        ...(frame.isTruncated ? ['There were more rows than the limit, and they are not drawn.'] : []),
      ].join(' '),
    },
    look,
  )
}

interface Given {
  readonly spec: ChartOf<'heat_map'>
  readonly frame: Frame
  readonly look: Look
}

function cellsOf(given: Given, columns: CategoryAxis, rows: CategoryAxis, column: Column): Cell[] {
  const { spec, frame, look } = given
  const merged = new Map<string, Frame['rows'][number]>()
  for (const row of frame.rows) {
    const [x, y] = [columns.indexOf(row), rows.indexOf(row)]
    const value = numberIn(row, column)
    if (x < 0 || y < 0 || value === null) continue
    const key = `${x} ${y}`
    const before = merged.get(key)
    if (before && !isAdditive(column)) {
      throw new UnfitFrame(
        `There are several rows for one cell, and “${column.label}” can’t be added up. Ask for two dimensions alone.`,
      )
    }
    merged.set(key, before ? { ...row, [column.name]: (numberIn(before, column) ?? 0) + value } : row)
  }
  return [...merged.entries()].map(([key, row]): Cell => {
    const [x = 0, y = 0] = key.split(' ').map(Number)
    const [category, other] = [columns.categories[x], rows.categories[y]] as [Category, Category]
    const value = numberIn(row, column) as number
    return {
      x,
      y,
      value,
      text: formatNumber(value, formatOf(spec, column), 'short', look.locale),
      reading: {
        ...readingAt(category, valueLines(given, row, column)),
        title: [category.title, other.title].join(' · '),
        picks: [...category.picks, ...other.picks],
      },
    }
  })
}
