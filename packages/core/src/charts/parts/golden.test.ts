import { init, registerMap } from 'echarts'
import { beforeAll, expect, test } from 'vitest'
import { ChartSpec } from '../chart-spec.ts'
import { draw } from '../draw.ts'
import type { ChartDrawing } from '../drawing.ts'
import { WORLD_MAP, worldGeoJson } from '../maps/world.ts'
import { CASES } from '../testing/cases-parts.ts'
import { LOOK } from '../testing/look.ts'
import { plainDrawing } from '../testing/plain-drawing.ts'
import { CONTRAST, DARK } from '../theme.ts'

beforeAll(async () => {
  registerMap(WORLD_MAP, (await worldGeoJson()) as never)
})

test.each(CASES)('$name is drawn as its golden file says', async ({ name, spec, frame }) => {
  await expect(plainDrawing(draw(spec, frame, LOOK))).toMatchFileSnapshot(`../golden/${name}.json`)
})

test.each(CASES)('the spec of $name is valid as it is', ({ spec }) => {
  expect(ChartSpec.parse(spec)).toEqual(spec)
})

const charts = CASES.flatMap(({ name, spec, frame }) => {
  const drawing = draw(spec, frame, LOOK)
  return drawing.as === 'chart' ? [{ name, spec, frame, drawing }] : []
})

test.each(charts)('every mark of $name has its own reading, and every reading a mark', ({ drawing }) => {
  const found = readingsIn(drawing.option)
  expect(found.toSorted((a, b) => a - b)).toEqual(drawing.readings.map((_, at) => at))
})

test.each(charts)('ECharts draws $name at any size, in every theme, and names are never markup', ({ spec, frame }) => {
  for (const [widthPx, heightPx] of [
    [640, 320],
    [160, 100],
    [1600, 900],
  ] as const) {
    for (const theme of [LOOK.theme, DARK, CONTRAST]) {
      const drawing = draw(spec, frame, { ...LOOK, theme, widthPx, heightPx }) as ChartDrawing
      const svg = svgOf(drawing, widthPx, heightPx)
      expect(svg).toContain('<path')
      expect(svg).not.toMatch(/<img|<script|NaN/)
    }
  }
})

function svgOf({ option }: ChartDrawing, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption(option)
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

function readingsIn(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(readingsIn)
  if (typeof value !== 'object' || value === null) return []
  const own = 'reading' in value && typeof value.reading === 'number' ? [value.reading] : []
  return [...own, ...Object.values(value).flatMap(readingsIn)]
}
