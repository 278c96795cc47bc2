import type { ChartDrawing, LegendItem, Look } from '@almanac/core/charts/drawing.ts'
import { colourOf, mixed } from '@almanac/core/charts/inks.ts'
import { element } from './element.ts'
import { rectangle, SMALL_PX, widthOf, write } from './pen.ts'

export interface Header {
  readonly marks: string
  readonly heightPx: number
}

const LINE_PX = 20
const MARK_PX = 16
const GAP_PX = 16
const MOST_ITEM_PX = 180
const MOST_LINES = 3

/** The legend in lines above the chart: what is switched off is left out, and so is what is beyond a few lines. */
export function legendLines({ legend, legendPlace, shades }: ChartDrawing, look: Look): Header {
  if (shades) return shadesKey(shades, look)
  const items = legendPlace === 'none' ? [] : legend.filter(({ isHidden }) => !isHidden)
  const marks: string[] = []
  let [x, line] = [0, 0]
  for (const item of items) {
    const widthPx = MARK_PX + Math.min(MOST_ITEM_PX, widthOf(item.label, SMALL_PX)) + GAP_PX
    if (x > 0 && x + widthPx > look.widthPx - 16) [x, line] = [0, line + 1]
    if (line >= MOST_LINES) break
    marks.push(itemMarks(item, 8 + x, line * LINE_PX + 10, look))
    x += widthPx
  }
  const lines = Math.min(MOST_LINES, items.length === 0 ? 0 : line + 1)
  return { marks: marks.join(''), heightPx: lines === 0 ? 0 : lines * LINE_PX + 4 }
}

function itemMarks({ label, ink, mark }: LegendItem, x: number, y: number, look: Look): string {
  const colour = colourOf(ink, look.theme)
  const text = write(label, x + MARK_PX, y + 4, look, {
    sizePx: SMALL_PX,
    colour: look.theme.muted,
    mostPx: MOST_ITEM_PX,
  })
  if (mark === 'dot') return `${element('circle', { cx: x + 5, cy: y, r: 4, fill: colour })}${text}`
  if (mark === 'box') return `${rectangle(x, y - 5, 10, 10, colour, 2)}${text}`
  const stroke = mark === 'dashed' ? mixed(colour, look.theme.surface, 0.6) : colour
  const line = element('line', {
    x1: x,
    y1: y,
    x2: x + 11,
    y2: y,
    stroke,
    'stroke-width': 2,
    'stroke-dasharray': mark === 'dashed' ? '3 2' : undefined,
  })
  return `${line}${text}`
}

function shadesKey({ from, to, colours }: NonNullable<ChartDrawing['shades']>, look: Look): Header {
  const start = 8 + widthOf(from, SMALL_PX) + 8
  const style = { sizePx: SMALL_PX, colour: look.theme.muted }
  const boxes = colours.map((colour, i) => rectangle(start + i * 12, 5, 11, 10, colour, 2))
  const end = write(to, start + colours.length * 12 + 7, 14, look, style)
  return { marks: [write(from, 8, 14, look, style), ...boxes, end].join(''), heightPx: LINE_PX + 4 }
}
