import { init } from 'echarts'
import { expect, test } from 'vitest'
import { ChartSpec } from '../chart-spec.ts'
import { draw } from '../draw.ts'
import type { ChartDrawing } from '../drawing.ts'
import { AXES_CASES } from '../testing/cases-axes.ts'
import { LOOK } from '../testing/look.ts'
import { plainLines } from '../testing/plain-lines.ts'
import { CONTRAST, DARK } from '../theme.ts'

test.each(AXES_CASES)('$name is drawn as its golden file says', async ({ name, spec, frame, look }) => {
  const drawing = draw(spec, frame, { ...LOOK, ...look })
  await expect(`${plainLines(drawing)}\n`).toMatchFileSnapshot(`../golden/${name}.json`)
})

test.each(AXES_CASES)('the spec of $name is valid as it is', ({ spec }) => {
  expect(ChartSpec.parse(spec)).toEqual(spec)
})

const charts = AXES_CASES.flatMap((one) => {
  const drawing = draw(one.spec, one.frame, { ...LOOK, ...one.look })
  return drawing.as === 'chart' ? [{ ...one, drawing }] : []
})

test.each(charts)('the readings of $name are those of its places or of its marks', ({ drawing }) => {
  if (drawing.pointing === 'item') {
    const found = readingsIn(drawing.option)
    expect(found.toSorted((a, b) => a - b)).toEqual(drawing.readings.map((_, at) => at))
  } else {
    const axis = [drawing.axis === 'y' ? drawing.option.yAxis : drawing.option.xAxis].flat()[0]
    expect(axis).toMatchObject({ type: 'category' })
    expect((axis as { data: unknown[] }).data).toHaveLength(drawing.readings.length)
    expect(drawing.plot).toBeDefined()
  }
})

test.each(charts)('ECharts draws $name at any size, in every theme, and names are never markup', (one) => {
  for (const [widthPx, heightPx] of [
    [640, 320],
    [120, 80],
    [1600, 900],
  ] as const) {
    for (const theme of [LOOK.theme, DARK, CONTRAST]) {
      const drawing = draw(one.spec, one.frame, { ...LOOK, ...one.look, theme, widthPx, heightPx }) as ChartDrawing
      const svg = svgOf(drawing, widthPx, heightPx)
      expect(svg).toContain('<path')
      expect(svg).not.toMatch(/<img|<script|<b>|NaN/)
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
