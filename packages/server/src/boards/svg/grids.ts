import type { GridDrawing, Look, TimelineDrawing } from '@almanac/core/charts/drawing.ts'
import { colourOf } from '@almanac/core/charts/inks.ts'
import { hairline, rectangle, SMALL_PX, widthOf, write } from './pen.ts'

const ROW_PX = 26

/** A table of shaded cells; what is still running is paler. */
export function gridMarks({ corner, columns, rows }: GridDrawing, look: Look): string {
  const { theme, widthPx, heightPx } = look
  const fit = Math.max(1, Math.floor(heightPx / ROW_PX) - 1)
  const shown = rows.slice(0, fit)
  const labelPx = Math.min(widthPx * 0.3, Math.max(widthOf(corner), ...shown.map(({ label }) => widthOf(label))) + 20)
  const sizePx = Math.max(0, ...shown.map(({ size }) => widthOf(size))) + 20
  const cellPx = (widthPx - labelPx - sizePx - 8) / Math.max(1, columns.length)
  const head = { sizePx: SMALL_PX, colour: theme.muted } as const
  const marks = [
    write(corner, 10, 17, look, { ...head, mostPx: labelPx - 12 }),
    ...columns.map((column, at) =>
      write(column, labelPx + sizePx + (at + 0.5) * cellPx, 17, look, {
        ...head,
        anchor: 'middle',
        mostPx: cellPx - 4,
      }),
    ),
  ]
  shown.forEach(({ label, size, cells }, i) => {
    const y = (i + 1) * ROW_PX
    marks.push(write(label, 10, y + 17, look, { mostPx: labelPx - 12 }))
    marks.push(write(size, labelPx + sizePx - 10, y + 17, look, { anchor: 'end', colour: theme.muted }))
    cells.forEach(({ text, background, ink, isOpen }, at) => {
      const x = labelPx + sizePx + at * cellPx
      marks.push(rectangle(x + 1, y + 1, cellPx - 2, ROW_PX - 2, background, 3))
      // A dashed edge would be lost at this size; a dot says that it can still grow.
      const shownText = isOpen && text !== '' ? `${text}*` : text
      marks.push(
        write(shownText, x + cellPx / 2, y + 17, look, {
          anchor: 'middle',
          sizePx: SMALL_PX,
          colour: ink,
          mostPx: cellPx - 4,
        }),
      )
    })
  })
  return marks.join('')
}

/** Lanes of states along time. */
export function timelineMarks({ lanes, ticks, legend }: TimelineDrawing, look: Look): string {
  const { theme, widthPx, heightPx } = look
  const labelPx = Math.min(widthPx * 0.32, Math.max(0, ...lanes.map(({ label }) => widthOf(label))) + 22)
  const plotPx = widthPx - labelPx - 14
  const legendPx = legend.length > 0 ? 24 : 0
  const fit = Math.max(1, Math.floor((heightPx - 24 - legendPx) / 30))
  const shown = lanes.slice(0, fit)
  const x = (share: number) => labelPx + plotPx * Math.min(1, Math.max(0, share))
  const marks: string[] = []
  let at = 8
  for (const { tone, label } of legend) {
    marks.push(
      rectangle(at, 5, 10, 10, colourOf(tone, theme), 2),
      write(label, at + 16, 14, look, { sizePx: SMALL_PX, colour: theme.muted }),
    )
    at += 16 + widthOf(label, SMALL_PX) + 16
  }
  shown.forEach(({ label, spans }, i) => {
    const y = legendPx + i * 30
    marks.push(write(label, 8, y + 19, look, { mostPx: labelPx - 14 }))
    for (const { from, to, tone } of spans) {
      marks.push(rectangle(x(from) + 0.5, y + 5, Math.max(1, x(to) - x(from) - 1), 20, colourOf(tone, theme), 2))
    }
  })
  const base = legendPx + shown.length * 30
  marks.push(hairline(labelPx, base + 2, labelPx + plotPx, base + 2, theme.line))
  for (const { share, text } of ticks) {
    const anchor = share < 0.05 ? 'start' : share > 0.95 ? 'end' : 'middle'
    marks.push(write(text, x(share), base + 17, look, { sizePx: SMALL_PX, colour: theme.faint, anchor }))
  }
  return marks.join('')
}
