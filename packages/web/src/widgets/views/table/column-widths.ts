import type { TableCell } from '@almanac/core/charts/drawing.ts'
import { textWidthPx } from '@almanac/core/charts/format/text-width.ts'

const FONT_PX = 13
const SMALL_FONT_PX = 12
/** What the estimate of a text may be short of, in a browser. */
const SLACK = 1.1
/** Of the font size: digits of a table are all as wide as the widest, and totals are bold. */
const DIGIT_EXTRA = 0.05
/** The arrow of a column that is sorted by. */
const SORT_MARK_PX = 16
const DELTA_PX = { margin: 8, least: 64, arrow: 14 }
const PADDING_PX = 32
const LEAST_PX = 64
const MOST_PX = 340
/** Of the room: a long name leaves half of a small card to the figures. */
const MOST_SHARE = 0.45
const MOST_SAMPLED = 120
const MOST_GIVEN = 0.2

interface WidthColumn {
  readonly label: string
  /** Of times, which say something else without their end. */
  readonly isTime?: boolean
}

/**
 * How wide each column is, from a sample of its rows: the same however far one scrolls, as rows that are not on the screen are
 * not there. Where there is room left, the columns share it, text more than figures.
 */
export function columnWidths(
  columns: readonly WidthColumn[],
  count: number,
  row: (index: number) => readonly TableCell[],
  roomPx: number,
): number[] {
  const step = Math.max(1, Math.floor(count / MOST_SAMPLED))
  const mostPx = Math.min(MOST_PX, Math.max(MOST_PX / 2, roomPx * MOST_SHARE))
  const widths = columns.map(({ label }) => columnPx(widthPx(label, SMALL_FONT_PX) + SORT_MARK_PX, mostPx))
  const isText = columns.map(({ isTime = false }) => !isTime)
  for (let index = 0; index < count; index += step) {
    for (const [column, cell] of row(index).entries()) {
      // A name may lose its end, a figure or a time nothing.
      const isWhole = isFigure(cell) || columns[column]?.isTime === true
      if (isWhole) isText[column] = false
      const px = columnPx(widthPx(cell.text, FONT_PX) + deltaPx(cell), isWhole ? MOST_PX : mostPx)
      widths[column] = Math.max(widths[column] ?? 0, px)
    }
  }
  const all = total(widths)
  const spare = roomPx - all
  if (spare < 0) return narrowed(widths, isText, -spare)
  return widths.map((width) => width + Math.floor((spare * width) / all))
}

/** Names give up a little where that saves scrolling sideways; where it would not, they stay. */
function narrowed(widths: readonly number[], isText: readonly boolean[], tooMuchPx: number): number[] {
  const share = tooMuchPx / total(widths.filter((_, column) => isText[column]))
  return widths.map((width, column) =>
    isText[column] && share <= MOST_GIVEN ? Math.floor(width * (1 - share)) : width,
  )
}

const total = (widths: readonly number[]) => widths.reduce((sum, width) => sum + width, 0)
const columnPx = (px: number, mostPx: number) => Math.ceil(Math.max(LEAST_PX, Math.min(mostPx, px + PADDING_PX)))
const isFigure = ({ value, delta }: TableCell) => typeof value === 'number' || delta !== undefined

/** Of a long text, as much as a column can be wide. */
function widthPx(text: string, fontPx: number): number {
  const start = text.slice(0, MOST_PX / 4)
  return textWidthPx(start, fontPx) * SLACK + start.replaceAll(/\D/g, '').length * fontPx * DIGIT_EXTRA
}

function deltaPx({ delta }: TableCell): number {
  if (!delta) return 0
  return DELTA_PX.margin + Math.max(DELTA_PX.least, widthPx(delta.text, SMALL_FONT_PX) + DELTA_PX.arrow)
}
