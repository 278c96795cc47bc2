import type { Look } from '@almanac/core/charts/drawing.ts'
import { FONT_PX, widthOf, write } from './pen.ts'

/** Markdown as plain lines: headings are larger, lists have their dots, addresses of links are left out. */
export function proseMarks(markdown: string, look: Look): string {
  const marks: string[] = []
  let y = 8
  for (const line of markdown.split(/\r?\n/)) {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line)
    const sizePx = heading ? Math.max(FONT_PX, 20 - 2 * (heading[1] ?? '').length) : FONT_PX
    const text = plain(heading?.[2] ?? line.replace(/^\s*[-*+]\s+/, '•  ').replace(/^>\s?/, ''))
    for (const part of wrapped(text, look.widthPx - 32, sizePx)) {
      y += sizePx * 1.5
      if (y > look.heightPx - 4) return marks.join('')
      marks.push(write(part, 16, y, look, { sizePx, ...(heading && { weight: 600 }) }))
    }
    if (text === '') y += 8
  }
  return marks.join('')
}

/** A sentence in the middle of the box: why there is nothing, or what would be here. */
export function noteMarks(text: string, look: Look): string {
  const lines = wrapped(text, look.widthPx - 48, FONT_PX).slice(0, 4)
  const top = look.heightPx / 2 - ((lines.length - 1) * 20) / 2 + 4
  return lines
    .map((line, i) => write(line, look.widthPx / 2, top + i * 20, look, { anchor: 'middle', colour: look.theme.muted }))
    .join('')
}

const plain = (text: string) =>
  text
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/(\*\*|__|`|~~)/g, '')
    .replaceAll(/(^|\s)[*_]([^*_]+)[*_]/g, '$1$2')

function wrapped(text: string, widthPx: number, sizePx: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && widthOf(longer, sizePx) > widthPx) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line === '' ? lines : [...lines, line]
}
