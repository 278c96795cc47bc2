import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ChartTheme, CONTRAST, DARK, LIGHT } from '@almanac/core/charts/theme.ts'
import { describe, expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

/** The first block of a theme is the theme. */
function tokensOf(selector: string): ReadonlyMap<string, string> {
  const [, block = ''] = css.split(`${selector} {`)
  const body = block.slice(0, block.indexOf('}'))
  return new Map([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]))
}

const GROUNDS = ['canvas', 'surface', 'sunken', 'hover'] as const
const INKS = ['ink', 'ink-muted', 'ink-faint'] as const
const TEXT_PAIRS = [
  ...GROUNDS.flatMap((ground) => INKS.map((ink) => [ink, ground] as const)),
  ['ink', 'bar'],
  ['ink-muted', 'bar'],
  ['ink', 'accent-soft'],
  ['ink-muted', 'accent-soft'],
  ['accent-ink', 'accent-soft'],
  ['accent-ink', 'surface'],
  ['accent-ink', 'canvas'],
  ['accent-ink', 'sunken'],
  ['on-accent', 'accent'],
  ['positive', 'surface'],
  ['positive', 'positive-soft'],
  ['negative', 'surface'],
  ['negative', 'canvas'],
  ['positive', 'hover'],
  ['negative', 'hover'],
  ['negative', 'negative-soft'],
  ['warning', 'surface'],
  ['warning', 'warning-soft'],
  ['canvas', 'ink'],
] as const
const SHAPE_PAIRS = [
  ['accent', 'surface'],
  ['accent', 'canvas'],
  ['accent', 'sunken'],
  ['line-strong', 'surface'],
] as const

describe.each([
  { theme: LIGHT, selector: ':root', least: 4.5 },
  { theme: DARK, selector: ':root[data-theme="dark"]', least: 4.5 },
  { theme: CONTRAST, selector: ':root[data-theme="contrast"]', least: 7 },
])('in the $theme.name theme', ({ theme, selector, least }) => {
  const tokens = tokensOf(selector)
  const contrast = (a: string, b: string) => {
    const [dim = 0, bright = 0] = [luminance(tokens.get(a)), luminance(tokens.get(b))].sort((x, y) => x - y)
    return (bright + 0.05) / (dim + 0.05)
  }

  test.each(TEXT_PAIRS)('%s on %s can be read', (ink, ground) => {
    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(least)
  })

  test.each(SHAPE_PAIRS)('%s stands out from %s', (shape, ground) => {
    expect(contrast(shape, ground)).toBeGreaterThanOrEqual(3)
  })

  test('charts and controls have the same colours', () => {
    expect(tokensOfCharts(tokens)).toEqual(coloursOf(theme))
  })

  test('it names the tokens that all themes name', () => {
    expect([...tokens.keys()]).toEqual([...tokensOf(':root').keys()])
  })
})

const TONES = {
  ink: 'ink',
  muted: 'ink-muted',
  faint: 'ink-faint',
  line: 'line',
  grid: 'grid',
  surface: 'surface',
  sunken: 'sunken',
  good: 'positive',
  warning: 'warning',
  bad: 'negative',
} as const

function coloursOf({ name: _, font: __, ...colours }: ChartTheme) {
  return colours
}

function tokensOfCharts(tokens: ReadonlyMap<string, string>) {
  const numbered = (name: string) => [...tokens].filter(([key]) => key.startsWith(`${name}-`)).map(([, value]) => value)
  const tones = Object.entries(TONES).map(([tone, token]) => [tone, tokens.get(token)])
  return { series: numbered('series'), shades: numbered('shade'), ...Object.fromEntries(tones) }
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string | undefined): number {
  if (!hex) throw new Error('a token of the table is not in tokens.css')
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
