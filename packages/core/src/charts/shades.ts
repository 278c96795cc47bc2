import type { ChartTheme } from './theme.ts'

/** Values as shades, and text that can be read on every one of them. */

/** From 0, the palest, to 1, the strongest. */
export function shadeAt(share: number, { shades }: ChartTheme): string {
  const place = Math.round(Math.min(1, Math.max(0, share)) * (shades.length - 1))
  return shades[place] as string
}

/** Where a value lies between the least and the greatest; all the same is the strongest, as a bar would be. */
export function shareBetween(value: number, least: number, greatest: number): number {
  return greatest === least ? 1 : (value - least) / (greatest - least)
}

/**
 * Shades by rank: as many values in the palest as in the strongest, so that one that is a thousand times the others does not make
 * them all pale. Equal values have equal shades.
 */
export function shareByRank(values: readonly number[]): (value: number) => number {
  const sorted = [...new Set(values)].sort((a, b) => a - b)
  const ranks = new Map(sorted.map((value, rank) => [value, sorted.length === 1 ? 1 : rank / (sorted.length - 1)]))
  return (value) => ranks.get(value) ?? 0
}

const READABLE = 4.5

/** The theme's ink or surface, whichever is the easier to read on the background; black or white where neither will do. */
export function inkOn(background: string, theme: ChartTheme): string {
  const [own, plain] = [
    [theme.ink, theme.surface],
    ['#000000', '#ffffff'],
  ].map((inks) => inks.toSorted((a, b) => contrast(b, background) - contrast(a, background))[0] as string)
  return contrast(own as string, background) >= READABLE ? (own as string) : (plain as string)
}

/** As WCAG has it: 1 for the same colour, 21 for black on white. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((one, other) => other - one) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255))
  return 0.2126 * (red as number) + 0.7152 * (green as number) + 0.0722 * (blue as number)
}

const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)
