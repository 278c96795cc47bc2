import type { TableCell } from '@almanac/core/charts/drawing.ts'

const CHARACTER_PX = 7
const PADDING_PX = 32
const LEAST_PX = 64
const MOST_PX = 340
/** Of the room: a long name leaves half of a small card to the figures. */
const MOST_SHARE = 0.45
const MOST_SAMPLED = 120

/**
 * How wide each column is, from a sample of its rows: the same however far one scrolls, as rows that are not on the screen are
 * not there. Where there is room left, the columns share it, text more than figures.
 */
export function columnWidths(
  headers: readonly string[],
  count: number,
  row: (index: number) => readonly TableCell[],
  roomPx: number,
): number[] {
  const step = Math.max(1, Math.floor(count / MOST_SAMPLED))
  const longest = headers.map((header) => header.length + 2)
  for (let index = 0; index < count; index += step) {
    for (const [column, cell] of row(index).entries())
      longest[column] = Math.max(longest[column] ?? 0, cell.text.length + (cell.delta ? cell.delta.text.length + 3 : 0))
  }
  const mostPx = Math.min(MOST_PX, Math.max(MOST_PX / 2, roomPx * MOST_SHARE))
  const widths = longest.map((characters) =>
    Math.round(Math.max(LEAST_PX, Math.min(mostPx, characters * CHARACTER_PX + PADDING_PX))),
  )
  const spare = roomPx - widths.reduce((sum, width) => sum + width, 0)
  if (spare <= 0) return widths
  const all = widths.reduce((sum, width) => sum + width, 0)
  return widths.map((width) => width + Math.floor((spare * width) / all))
}
