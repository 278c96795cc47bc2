import type { Painting } from './paint-element.ts'

/** The text of a node, line by line where the page has broken it, cut with an ellipsis where the page cuts it. */
export function paintText(node: Text, parent: Element, style: CSSStyleDeclaration, painting: Painting): void {
  const { context, originXPx, originYPx } = painting
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
  context.letterSpacing = style.letterSpacing === 'normal' ? '0px' : style.letterSpacing
  context.fillStyle = style.color
  context.textBaseline = 'alphabetic'
  context.direction = style.direction as CanvasDirection
  const edges = edgesOf(parent)
  for (const { text, rect } of linesOf(node)) {
    const shown = edges ? fitted(context, text, edges.right - rect.left) : text
    const right = shown === text ? rect.right : Math.min(rect.right, edges?.right ?? rect.right)
    // The canvas has no tabular figures: what is aligned at the right has to end there.
    const isRight = style.textAlign === 'right' || style.textAlign === 'end' || style.direction === 'rtl'
    context.textAlign = isRight ? 'right' : 'left'
    const x = (isRight ? right : rect.left) - originXPx
    const y = rect.top - originYPx + context.measureText(shown).fontBoundingBoxAscent
    context.fillText(shown, x, y)
    if (style.textDecorationLine.includes('line-through'))
      context.fillRect(rect.left - originXPx, rect.top - originYPx + rect.height / 2, right - rect.left, 1)
  }
}

interface Line {
  readonly text: string
  readonly rect: DOMRect
}

/** Words that stand side by side are one line. */
function linesOf(node: Text): Line[] {
  const range = document.createRange()
  range.selectNodeContents(node)
  const rects = range.getClientRects()
  const [first] = rects
  if (!first || node.data.trim() === '') return []
  if (rects.length === 1) return [{ text: node.data.replaceAll(/\s+/g, ' ').trim(), rect: first }]
  const lines: { text: string; rect: DOMRect }[] = []
  for (const { 0: word, index } of node.data.matchAll(/\S+\s*|./gu)) {
    range.setStart(node, index)
    range.setEnd(node, index + word.trimEnd().length)
    const rect = range.getBoundingClientRect()
    const last = lines.at(-1)
    if (last && Math.abs(last.rect.top - rect.top) < 2) {
      last.text += word
      last.rect = DOMRect.fromRect({ ...box(last.rect), width: rect.right - last.rect.left })
    } else lines.push({ text: word, rect })
  }
  return lines
}

function box({ x, y, width, height }: DOMRect) {
  return { x, y, width, height }
}

/** The nearest element around it that cuts its text. */
function edgesOf(parent: Element): DOMRect | undefined {
  for (let element: Element | null = parent; element; element = element.parentElement) {
    const { textOverflow, overflowX, display } = getComputedStyle(element)
    if (textOverflow === 'ellipsis' && overflowX === 'hidden') return contentOf(element)
    if (display === 'block' && element !== parent) return undefined
  }
  return undefined
}

function contentOf(element: Element): DOMRect {
  const { paddingRight } = getComputedStyle(element)
  const rect = element.getBoundingClientRect()
  return DOMRect.fromRect({ ...box(rect), width: rect.width - Number.parseFloat(paddingRight) })
}

function fitted(context: CanvasRenderingContext2D, text: string, roomPx: number): string {
  if (context.measureText(text).width <= roomPx + 1) return text
  const characters = [...text]
  let [low, high] = [0, characters.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (context.measureText(`${characters.slice(0, middle).join('')}…`).width <= roomPx) low = middle
    else high = middle - 1
  }
  return `${characters.slice(0, low).join('').trimEnd()}…`
}
