import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const [light = '', dark = ''] = [...css.matchAll(/:root[^{]*\{([^}]*)\}/g)].map((match) => match[1] ?? '')
const tokensOf = (block: string) =>
  new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]))

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
  ['on-accent', 'accent'],
  ['positive', 'surface'],
  ['negative', 'surface'],
  ['positive', 'hover'],
  ['negative', 'hover'],
  ['negative', 'negative-soft'],
  ['warning', 'warning-soft'],
  ['canvas', 'ink'],
] as const
const SHAPE_PAIRS = [
  ['accent', 'surface'],
  ['accent', 'canvas'],
  ['line-strong', 'surface'],
] as const

describe.each([
  { theme: 'light', tokens: tokensOf(light) },
  { theme: 'dark', tokens: tokensOf(dark) },
])('in the $theme theme', ({ tokens }) => {
  const contrast = (a: string, b: string) => {
    const [dim = 0, bright = 0] = [luminance(tokens.get(a)), luminance(tokens.get(b))].sort((x, y) => x - y)
    return (bright + 0.05) / (dim + 0.05)
  }

  test.each(TEXT_PAIRS)('%s on %s can be read', (ink, ground) => {
    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(SHAPE_PAIRS)('%s stands out from %s', (shape, ground) => {
    expect(contrast(shape, ground)).toBeGreaterThanOrEqual(3)
  })
})

test('both themes name the same tokens', () => {
  expect([...tokensOf(dark).keys()]).toEqual([...tokensOf(light).keys()])
})

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string | undefined): number {
  if (!hex) throw new Error('a token of the table is not in tokens.css')
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
