import { paintElement } from './paint-element.ts'

const SCALE = 2
/** Around what is on the card, which has a margin of its own at both sides. */
const EDGE_PX = 8
const TEXT_LEFT_PX = 24
const PADDING_PX = 20
const TITLE_PX = 16
const NOTE_PX = 12

interface Picture {
  readonly title: string
  /** Beneath: the range and the moment that the figures are of. */
  readonly note: string | undefined
}

/** What the element shows as a picture of twice its size, with a title above and a note below. */
export async function widgetPng(element: HTMLElement, { title, note }: Picture): Promise<Blob> {
  const { left, top, width, height } = element.getBoundingClientRect()
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  const font = getComputedStyle(document.body).fontFamily
  const headPx = title ? TITLE_PX + 16 : 0
  const footPx = note ? NOTE_PX + 16 : 0

  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil((width + 2 * EDGE_PX) * SCALE)
  canvas.height = Math.ceil((height + 2 * PADDING_PX + headPx + footPx) * SCALE)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser has no canvas to paint the picture on')
  context.scale(SCALE, SCALE)
  context.fillStyle = token('--surface')
  context.fillRect(0, 0, canvas.width, canvas.height)

  context.textBaseline = 'top'
  context.fillStyle = token('--ink')
  context.font = `600 ${TITLE_PX}px ${font}`
  context.fillText(title, TEXT_LEFT_PX, PADDING_PX, width - 32)
  context.fillStyle = token('--ink-muted')
  context.font = `${NOTE_PX}px ${font}`
  if (note) context.fillText(note, TEXT_LEFT_PX, PADDING_PX + headPx + height + 12, width - 32)

  const bodyYPx = PADDING_PX + headPx
  context.beginPath()
  context.rect(EDGE_PX, bodyYPx, width, height)
  context.clip()
  withoutHover(element, () =>
    paintElement(element, { context, originXPx: left - EDGE_PX, originYPx: top - bodyYPx, scale: SCALE }),
  )
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made'))), 'image/png'),
  )
}

/** Where the menu was, the pointer lies on a row: that it does is no part of the figures. */
function withoutHover({ style }: HTMLElement, paint: () => void): void {
  style.setProperty('--hover', 'var(--surface)')
  try {
    paint()
  } finally {
    style.removeProperty('--hover')
  }
}
