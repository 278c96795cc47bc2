import type { Delta, Look } from '@almanac/core/charts/drawing.ts'
import { cutText, textWidthPx } from '@almanac/core/charts/format/text-width.ts'
import { element, textElement } from './element.ts'

/** What all views are drawn with. Sizes are those of the browser's: small type, hairlines. */
export const FONT_PX = 13
export const SMALL_PX = 11.5

interface TextStyle {
  readonly sizePx?: number
  readonly colour?: string
  readonly weight?: number
  readonly anchor?: 'start' | 'middle' | 'end'
  /** Longer text is cut. */
  readonly mostPx?: number
  /** Longer text is drawn narrower: of a figure, nothing may be missing. */
  readonly isSqueezed?: boolean
}

/** A line of text at a place; its figures are equally wide. */
export function write(text: string, x: number, y: number, { theme }: Look, style: TextStyle = {}): string {
  const { sizePx = FONT_PX, colour = theme.ink, weight, anchor, mostPx, isSqueezed = false } = style
  // The estimate is of ordinary weight.
  const roomPx = mostPx === undefined ? undefined : weight === undefined ? mostPx : mostPx / 1.06
  const shown = roomPx === undefined || isSqueezed ? text : cutText(text, roomPx, sizePx)
  const isTooWide = isSqueezed && roomPx !== undefined && widthOf(text, sizePx) > roomPx
  return textElement(shown, {
    x,
    y,
    fill: colour,
    'font-size': sizePx,
    'font-weight': weight,
    'text-anchor': anchor === 'start' ? undefined : anchor,
    ...(isTooWide && { textLength: Math.max(4, mostPx ?? 0), lengthAdjust: 'spacingAndGlyphs' }),
  })
}

export const widthOf = (text: string, sizePx = FONT_PX) => textWidthPx(text, sizePx)

export const rectangle = (x: number, y: number, width: number, height: number, fill: string, radius = 0) =>
  element('rect', { x, y, width: Math.max(0, width), height: Math.max(0, height), fill, rx: radius || undefined })

export const hairline = (x1: number, y1: number, x2: number, y2: number, stroke: string) =>
  element('line', { x1, y1, x2, y2, stroke, 'stroke-width': 1 })

/** Never by colour alone: with its arrow. */
export const deltaText = ({ text, direction }: Delta) => `${{ up: '↑', down: '↓', same: '→' }[direction]} ${text}`

export function deltaColour({ tone }: Delta, { theme }: Look): string {
  return tone === 'neutral' ? theme.muted : theme[tone]
}
