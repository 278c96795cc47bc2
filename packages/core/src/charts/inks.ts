import type { Ink } from './drawing.ts'
import type { ChartTheme } from './theme.ts'

/** The colour of an ink in a theme. */
export function colourOf(ink: Ink, theme: ChartTheme): string {
  if (typeof ink === 'number') return theme.series[(ink - 1) % theme.series.length] ?? theme.ink
  return ink === 'muted' ? theme.faint : theme[ink]
}

/** Opaque, as much of `colour` over `under` as `share` says: what lies beneath does not shine through. */
export function mixed(colour: string, under: string, share: number): string {
  const [a, b] = [channels(colour), channels(under)]
  return `#${a.map((value, i) => hex(value * share + (b[i] ?? 0) * (1 - share))).join('')}`
}

/** The colour with an alpha, as `#rrggbbaa`. */
export const faded = (colour: string, alpha: number) => `${colour.slice(0, 7)}${hex(alpha * 255)}`

const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
const hex = (value: number) => Math.round(value).toString(16).padStart(2, '0')
