import type { Look, PivotDrawing, TableCell, TableDrawing } from '@almanac/core/charts/drawing.ts'
import { mixed } from '@almanac/core/charts/inks.ts'
import { deltaColour, deltaText, hairline, rectangle, SMALL_PX, widthOf, write } from './pen.ts'

const ROW_PX = 26
const PAD_PX = 10
/** The widths of columns are those of the first rows. */
const MEASURED_ROWS = 100

interface Column {
  readonly label: string
  readonly align: 'left' | 'right'
}

/** As many rows as there is room for, and how many more there are. */
export function tableMarks({ columns, count, row, totals }: TableDrawing, look: Look): string {
  const fit = Math.max(1, Math.floor((look.heightPx - (totals ? 2 : 1) * ROW_PX) / ROW_PX))
  const shown = Math.min(count, fit >= count ? count : fit - 1)
  const rows = Array.from({ length: Math.max(0, shown) }, (_, index) => row(index))
  const sample = totals ? [totals, ...rows] : rows
  const places = placesOf(columns, sample.slice(0, MEASURED_ROWS), look)
  const marks = [headMarks(columns, places, 0, look)]
  rows.forEach((cells, i) => {
    marks.push(rowMarks(cells, columns, places, (i + 1) * ROW_PX, look))
  })
  let y = (rows.length + 1) * ROW_PX
  if (shown < count) {
    const more = `and ${(count - shown).toLocaleString(look.locale)} more`
    marks.push(write(more, PAD_PX, y + 17, look, { sizePx: SMALL_PX, colour: look.theme.faint }))
    y += ROW_PX
  }
  if (totals) marks.push(rowMarks(totals, columns, places, y, look, true))
  return marks.join('')
}

/** A line of headers for each dimension across, and the names of the rows in columns of their own. */
export function pivotMarks({ headers, rowDimensions, rows }: PivotDrawing, look: Look): string {
  const names = rowDimensions.length
  const columns: Column[] = [
    ...rowDimensions.map((label): Column => ({ label, align: 'left' })),
    ...Array.from({ length: rows[0]?.cells.length ?? 0 }, (): Column => ({ label: '', align: 'right' })),
  ]
  const head = Math.max(1, headers.length)
  const fit = Math.max(1, Math.floor(look.heightPx / ROW_PX) - head)
  const shown = rows.slice(0, rows.length > fit ? fit - 1 : fit)
  const bodies = shown.map((row) => [...row.names.map((text) => ({ text, value: text })), ...row.cells])
  const places = placesOf(columns, [...bodies.slice(0, MEASURED_ROWS), ...headerCells(headers, names)], look)
  const marks: string[] = []
  headers.forEach((line, i) => {
    let at = names
    for (const { text, span } of line) {
      const [from, to] = [places[at], places[at + span - 1]]
      if (from && to) {
        const end = to.x + to.widthPx - PAD_PX
        const mostPx = to.x + to.widthPx - from.x - 2 * PAD_PX
        const style = { ...HEAD, colour: look.theme.muted, anchor: 'end', mostPx } as const
        marks.push(write(text, end, i * ROW_PX + 17, look, style))
      }
      at += span
    }
  })
  const y = (head - 1) * ROW_PX
  marks.push(headMarks(columns.slice(0, names), places, y, look))
  bodies.forEach((cells, i) => {
    marks.push(rowMarks(cells, columns, places, (head + i) * ROW_PX, look, shown[i]?.isTotal))
  })
  if (shown.length < rows.length) {
    const more = `and ${(rows.length - shown.length).toLocaleString(look.locale)} more`
    const style = { sizePx: SMALL_PX, colour: look.theme.faint }
    marks.push(write(more, PAD_PX, (head + shown.length) * ROW_PX + 17, look, style))
  }
  return marks.join('')
}

const HEAD = { sizePx: SMALL_PX, weight: 500 } as const

/** The lowest line of headers stands over single columns, and makes them as wide as it is. */
function headerCells(headers: PivotDrawing['headers'], names: number): TableCell[][] {
  const last = headers.at(-1) ?? []
  if (last.some(({ span }) => span !== 1)) return []
  const none = { text: '', value: '' }
  return [[...Array.from({ length: names }, () => none), ...last.map(({ text }) => ({ text, value: text }))]]
}

interface ColumnPlace {
  readonly x: number
  readonly widthPx: number
}

/**
 * As wide as the widest text. Where that is too much, names are cut before figures are: half a figure is a wrong one. What is left
 * over is shared by the widths.
 */
function placesOf(
  columns: readonly Column[],
  rows: readonly (readonly TableCell[])[],
  { widthPx }: Look,
): ColumnPlace[] {
  const natural = columns.map(({ label }, at) => {
    // Totals are bold.
    const texts = rows.map((cells) => widthOf(cells[at]?.text ?? '') * 1.1 + deltaPx(cells[at]))
    return Math.min(320, Math.max(Math.min(84, widthOf(label, SMALL_PX) * 1.06), ...texts)) + 2 * PAD_PX + 4
  })
  const sumOf = (isMeant: (column: Column) => boolean) =>
    natural.reduce((total, own, at) => total + (isMeant(columns[at] as Column) ? own : 0), 0)
  const [names, figures] = [sumOf(({ align }) => align === 'left'), sumOf(({ align }) => align === 'right')]
  const roomForNames = Math.max(widthPx - figures, Math.min(names, widthPx * 0.25))
  const isTight = names + figures > widthPx
  const share = (column: Column) => {
    if (!isTight) return widthPx / (names + figures || 1)
    return column.align === 'left' ? roomForNames / (names || 1) : (widthPx - roomForNames) / (figures || 1)
  }
  let x = 0
  return natural.map((own, at) => {
    const place = { x, widthPx: own * share(columns[at] as Column) }
    x += place.widthPx
    return place
  })
}

const deltaPx = (cell: TableCell | undefined) =>
  cell?.delta ? widthOf(deltaText(cell.delta), SMALL_PX) * 1.04 + 10 : 0

function headMarks(columns: readonly Column[], places: readonly ColumnPlace[], y: number, look: Look): string {
  const labels = columns.map(({ label, align }, at) => {
    const place = places[at] as ColumnPlace
    return write(label, textX(place, align), y + 17, look, {
      ...HEAD,
      colour: look.theme.muted,
      anchor: align === 'right' ? 'end' : 'start',
      mostPx: place.widthPx - 2 * PAD_PX,
    })
  })
  return [...labels, hairline(0, y + ROW_PX, look.widthPx, y + ROW_PX, look.theme.line)].join('')
}

function rowMarks(
  cells: readonly TableCell[],
  columns: readonly Column[],
  places: readonly ColumnPlace[],
  y: number,
  look: Look,
  isTotal = false,
): string {
  const { theme } = look
  const marks = [isTotal ? rectangle(0, y, look.widthPx, ROW_PX, theme.sunken) : '']
  cells.forEach((cell, at) => {
    const place = places[at]
    if (!place) return
    const align = columns[at]?.align ?? 'left'
    if (cell.heat) marks.push(rectangle(place.x + 1, y + 1, place.widthPx - 2, ROW_PX - 2, cell.heat.background, 3))
    if (cell.bar !== undefined && !cell.heat) {
      const widthPx = (place.widthPx - 8) * Math.min(1, Math.max(0, cell.bar))
      marks.push(
        rectangle(place.x + 4, y + 3, widthPx, ROW_PX - 6, mixed(theme.series[0] ?? theme.ink, theme.surface, 0.16), 3),
      )
    }
    const change = deltaPx(cell)
    if (cell.delta) {
      marks.push(
        write(deltaText(cell.delta), place.x + place.widthPx - PAD_PX, y + 17, look, {
          sizePx: SMALL_PX,
          colour: deltaColour(cell.delta, look),
          anchor: 'end',
        }),
      )
    }
    marks.push(
      write(cell.text, textX(place, align) - (align === 'right' ? change : 0), y + 17, look, {
        colour: cell.heat?.ink ?? theme.ink,
        anchor: align === 'right' ? 'end' : 'start',
        ...(isTotal && { weight: 600 }),
        isSqueezed: align === 'right',
        mostPx: place.widthPx - 2 * PAD_PX - change,
      }),
    )
  })
  marks.push(hairline(0, y + ROW_PX, look.widthPx, y + ROW_PX, theme.line))
  return marks.join('')
}

const textX = ({ x, widthPx }: ColumnPlace, align: Column['align']) =>
  align === 'right' ? x + widthPx - PAD_PX : x + PAD_PX
