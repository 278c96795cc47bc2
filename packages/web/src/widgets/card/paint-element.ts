import { pictureOf } from '../chart/pictures.ts'
import { paintShape } from './paint-shape.ts'
import { paintText } from './paint-text.ts'

/**
 * Paints what an element shows, as it is on the screen now, into a canvas: for pictures to download. It knows what our views are
 * made of (boxes, borders, text, paths, charts) and no more. The browser's own way, an image of the page inside an SVG, may
 * not be read back in Safari and has no fonts.
 */
export interface Painting {
  readonly context: CanvasRenderingContext2D
  /** Of the painted element's upper left corner, in the window. */
  readonly originXPx: number
  readonly originYPx: number
  /** Device pixels for a CSS pixel. */
  readonly scale: number
}

export function paintElement(element: Element, painting: Painting): void {
  const style = getComputedStyle(element)
  const box = boxOf(element, painting)
  if (style.visibility === 'hidden' || style.opacity === '0' || (box.width <= 1 && box.height <= 1)) return
  const { context } = painting
  context.save()
  context.globalAlpha *= Number(style.opacity)
  paintBox(context, box, style)
  if (style.overflow !== 'visible') clip(context, box, style)
  if (element instanceof SVGElement) paintDrawing(element, painting)
  else if (element.hasAttribute('data-picture')) paintPicture(element, box, painting)
  else if (element instanceof HTMLImageElement) paintImage(element, box, style, context)
  else paintChildren(element, style, painting)
  context.restore()
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function boxOf(element: Element, { originXPx, originYPx }: Painting): Box {
  const { left, top, width, height } = element.getBoundingClientRect()
  return { x: left - originXPx, y: top - originYPx, width, height }
}

/** What lies above the rest comes last: a header that stays in sight covers the rows below it. */
function paintChildren(element: Element, style: CSSStyleDeclaration, painting: Painting): void {
  const layers = [...element.childNodes].map((child, index) => ({ child, index, level: levelOf(child) }))
  for (const { child } of layers.sort((a, b) => a.level - b.level || a.index - b.index)) {
    if (child instanceof Element) paintElement(child, painting)
    else if (child instanceof Text) paintText(child, element, style, painting)
  }
}

function levelOf(node: Node): number {
  if (!(node instanceof Element)) return 0
  const { position, zIndex } = getComputedStyle(node)
  if (position === 'static') return 0
  return zIndex === 'auto' ? 0.5 : Number(zIndex)
}

function paintBox(context: CanvasRenderingContext2D, box: Box, style: CSSStyleDeclaration): void {
  const radius = Number.parseFloat(style.borderTopLeftRadius) || 0
  if (!isClear(style.backgroundColor)) {
    context.fillStyle = style.backgroundColor
    context.beginPath()
    context.roundRect(box.x, box.y, box.width, box.height, Math.min(radius, box.height / 2, box.width / 2))
    context.fill()
  }
  for (const side of SIDES) paintBorder(context, box, style, side)
}

const SIDES = ['top', 'right', 'bottom', 'left'] as const

function paintBorder(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Box,
  style: CSSStyleDeclaration,
  side: (typeof SIDES)[number],
): void {
  const thickness = Number.parseFloat(style.getPropertyValue(`border-${side}-width`))
  const kind = style.getPropertyValue(`border-${side}-style`)
  const colour = style.getPropertyValue(`border-${side}-color`)
  if (!thickness || kind === 'none' || isClear(colour)) return
  const half = thickness / 2
  const [fromX, toX] = side === 'right' ? [x + width - half, x + width - half] : [x + (side === 'left' ? half : 0), 0]
  const [fromY, toY] = side === 'bottom' ? [y + height - half, y + height - half] : [y + (side === 'top' ? half : 0), 0]
  const isAcross = side === 'top' || side === 'bottom'
  context.save()
  context.strokeStyle = colour
  context.lineWidth = thickness
  if (kind !== 'solid') context.setLineDash(kind === 'dotted' ? [thickness, thickness] : [thickness * 3, thickness * 2])
  context.beginPath()
  context.moveTo(isAcross ? x : fromX, isAcross ? fromY : y)
  context.lineTo(isAcross ? x + width : toX || fromX, isAcross ? toY || fromY : y + height)
  context.stroke()
  context.restore()
}

function clip(context: CanvasRenderingContext2D, box: Box, style: CSSStyleDeclaration): void {
  context.beginPath()
  context.roundRect(box.x, box.y, box.width, box.height, Number.parseFloat(style.borderTopLeftRadius) || 0)
  context.clip()
}

function paintPicture(element: Element, box: Box, { context, scale }: Painting): void {
  const picture = pictureOf(element, scale)
  if (picture) context.drawImage(picture, box.x, box.y, box.width, box.height)
}

function paintDrawing(element: SVGElement, painting: Painting): void {
  for (const shape of element.querySelectorAll<SVGGeometryElement>('path, line, circle, rect, polyline, polygon'))
    paintShape(shape, painting)
}

/** A picture of another origin would lock the canvas: what it shows is said instead. */
function paintImage(
  image: HTMLImageElement,
  box: Box,
  style: CSSStyleDeclaration,
  context: CanvasRenderingContext2D,
): void {
  const { protocol, origin } = new URL(image.currentSrc || image.src, location.href)
  const isOurs = origin === location.origin || protocol === 'data:'
  if (!isOurs || image.naturalWidth === 0) {
    context.fillStyle = style.color
    context.font = `${style.fontSize} ${style.fontFamily}`
    context.textBaseline = 'top'
    context.fillText(image.alt, box.x + 8, box.y + 8, Math.max(0, box.width - 16))
    return
  }
  const fit = style.objectFit === 'cover' ? Math.max : Math.min
  const share = fit(box.width / image.naturalWidth, box.height / image.naturalHeight)
  const [width, height] = [image.naturalWidth * share, image.naturalHeight * share]
  context.save()
  clip(context, box, style)
  context.drawImage(image, box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height)
  context.restore()
}

/** Computed colours end in their alpha: `rgba(0, 0, 0, 0)` or `oklab(… / 0)`. */
function isClear(colour: string): boolean {
  return colour === 'transparent' || /^rgba\(.*, 0\)$/.test(colour) || /\/ 0\)$/.test(colour)
}
