import type { Look, NumberDrawing } from '@almanac/core/charts/drawing.ts'
import { mixed } from '@almanac/core/charts/inks.ts'
import { element } from './element.ts'
import { deltaColour, deltaText, rectangle, SMALL_PX, widthOf, write } from './pen.ts'

/** A figure, its changes, its shape over time and how far it is to its target. */
export function numberMarks({ label, text, deltas, sparkline, target, tone }: NumberDrawing, look: Look): string {
  const { theme, widthPx, heightPx } = look
  const sizePx = Math.max(18, Math.min(34, heightPx * 0.24, (widthPx - 32) / Math.max(4, widthOf(text, 1))))
  const marks = [
    write(label, 16, 22, look, { colour: theme.muted, mostPx: widthPx - 32 }),
    write(text, 16, 32 + sizePx, look, { sizePx, weight: 600, colour: tone ? theme[tone] : theme.ink }),
  ]
  let y = 32 + sizePx + 24
  for (const delta of deltas) {
    if (y > heightPx - 6) break
    const change = deltaText(delta)
    marks.push(write(change, 16, y, look, { sizePx: SMALL_PX, weight: 500, colour: deltaColour(delta, look) }))
    const x = 16 + widthOf(change, SMALL_PX) * 1.08 + 8
    marks.push(
      write(`vs ${delta.against}`, x, y, look, { sizePx: SMALL_PX, colour: theme.faint, mostPx: widthPx - x - 12 }),
    )
    y += 18
  }
  if (target && y < heightPx - 6) {
    const words = [target.label, target.text].join(' ')
    marks.push(write(words, 16, y, look, { sizePx: SMALL_PX, colour: theme.muted, mostPx: widthPx - 32 }))
    marks.push(rectangle(16, y + 7, widthPx - 32, 5, theme.sunken, 2.5))
    marks.push(
      rectangle(16, y + 7, (widthPx - 32) * Math.min(1, Math.max(0, target.share)), 5, theme[target.tone], 2.5),
    )
    y += 26
  }
  if (sparkline && heightPx - y > 20)
    marks.push(sparklineMarks(sparkline, { x: 16, y, widthPx: widthPx - 32, heightPx: heightPx - y - 12 }, look))
  return marks.join('')
}

interface Box {
  readonly x: number
  readonly y: number
  readonly widthPx: number
  readonly heightPx: number
}

/** From zero, so that a small wobble stays small; the part that is still running is dashed. */
function sparklineMarks(
  { values, openIndex, ghost }: NonNullable<NumberDrawing['sparkline']>,
  box: Box,
  { theme }: Look,
): string {
  const all = [...values, ...(ghost ?? [])].filter((value) => value !== null)
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)]
  const span = high - low || 1
  const path = (list: readonly (number | null)[], from: number, to: number) => {
    let isBroken = true
    return list
      .map((value, at) => {
        if (value === null || at < from || at > to) {
          isBroken = true
          return ''
        }
        const x = box.x + (at / Math.max(1, list.length - 1)) * box.widthPx
        const y = box.y + box.heightPx - ((value - low) / span) * box.heightPx
        const command = isBroken ? 'M' : 'L'
        isBroken = false
        return `${command}${x.toFixed(1)} ${y.toFixed(1)}`
      })
      .join('')
  }
  const colour = theme.series[0] ?? theme.ink
  const line = (d: string, stroke: string, dashes?: string) =>
    d === ''
      ? ''
      : element('path', {
          d,
          fill: 'none',
          stroke,
          'stroke-width': 1.5,
          'stroke-linejoin': 'round',
          'stroke-dasharray': dashes,
        })
  const last = values.length - 1
  const open = openIndex ?? values.length
  return [
    ghost ? line(path(ghost, 0, last), mixed(colour, theme.surface, 0.45), '2 3') : '',
    line(path(values, 0, Math.min(last, open - 1)), colour),
    openIndex === undefined ? '' : line(path(values, Math.max(0, open - 1), last), colour, '3 3'),
  ].join('')
}
