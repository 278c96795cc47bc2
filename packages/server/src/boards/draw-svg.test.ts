import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import { draw } from '@almanac/core/charts/draw.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import { AXES_CASES } from '@almanac/core/charts/testing/cases-axes.ts'
import { CASES } from '@almanac/core/charts/testing/cases-parts.ts'
import { HITS_BY_BROWSER, HOSTILE_NAMES } from '@almanac/core/charts/testing/frames.ts'
import { LOOK } from '@almanac/core/charts/testing/look.ts'
import { DARK } from '@almanac/core/charts/theme.ts'
import { expect, test } from 'vitest'
import { drawSvg } from './draw-svg.ts'
import { escaped } from './svg/element.ts'

const svgOf = (spec: ChartSpec, frame: Frame, title?: string, look = LOOK) =>
  drawSvg(draw(spec, frame, look), look, title)

test.each([...CASES, ...AXES_CASES])('$name is well-formed, at any size and in the dark', async ({ spec, frame }) => {
  for (const [widthPx, heightPx] of [
    [640, 320],
    [120, 80],
  ] as const) {
    const svg = await svgOf(spec, frame, 'A <title> & "more"', { ...LOOK, theme: DARK, widthPx, heightPx })
    expect(problemOf(svg)).toBeUndefined()
    expect(svg).not.toMatch(/NaN|undefined|Infinity|<img|<script|<b>/)
    expect(svg).toContain('A &lt;')
  }
})

test('the title and the legend stand above the chart and make the picture higher', async () => {
  const bare = await svgOf({ kind: 'line', legend: 'none' }, HITS_BY_BROWSER)
  const full = await svgOf({ kind: 'line' }, HITS_BY_BROWSER, 'Hits by browser')
  const height = (svg: string) => Number(/ height="(\d+)"/.exec(svg)?.[1])
  expect(height(bare)).toBe(LOOK.heightPx)
  expect(height(full)).toBeGreaterThan(LOOK.heightPx + 40)
  for (const text of ['Hits by browser', 'Chrome', 'Everything else', 'Previous period'])
    expect(full).toContain(`>${text}</text>`)
})

test('what is switched off in the legend is not in the picture', async () => {
  const svg = await svgOf({ kind: 'line' }, HITS_BY_BROWSER, '', { ...LOOK, hidden: new Set(['Chrome']) })
  expect(svg).not.toContain('>Chrome</text>')
})

test('those who do not see it are told what it shows', async () => {
  expect(await svgOf({ kind: 'bar' }, HOSTILE_NAMES, 'Pages')).toContain(
    'aria-label="Pages. Bar chart: Hits by &lt;b&gt;Title',
  )
})

test('two charts in one page do not share the names of their clips', async () => {
  const own = (svg: string) => new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, name]) => name))
  const [one, other] = [await svgOf({ kind: 'line' }, HITS_BY_BROWSER), await svgOf({ kind: 'line' }, HITS_BY_BROWSER)]
  expect(own(one).size).toBeGreaterThan(0)
  expect(own(one).intersection(own(other)).size).toBe(0)
})

test('what XML forbids is left out', () => {
  expect(escaped('a\u0000\u0008b\ud800c<\n')).toBe('ab\ufffdc&lt;\n')
})

/** The first tag that is not closed in its place, or text that is not escaped; nothing when all is well. */
function problemOf(svg: string): string | undefined {
  const open: string[] = []
  for (const [tag, closing, name, rest] of svg.matchAll(
    /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*\/?>|<|&(?!(?:amp|lt|gt|quot|#39|#x?[\da-f]+);)/g,
  )) {
    if (name === undefined) return `${tag} in ${svg.slice(0, 80)}`
    if (closing) {
      if (open.pop() !== name) return `</${name}>${rest ?? ''}`
    } else if (!tag.endsWith('/>')) open.push(name)
  }
  return open.length === 0 ? undefined : open.join(' ')
}
