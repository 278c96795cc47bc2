import type { ChartDrawing } from '@almanac/core/charts/drawing.ts'
import { guardTextCache } from '@almanac/core/charts/guard-text-cache.ts'
import type { Size } from './element.ts'

/**
 * The marks of a chart as the inside of an `<svg>`, drawn by ECharts without a browser. The library is large and loaded when
 * the first chart is drawn.
 */
export async function chartMarks(drawing: ChartDrawing, { widthPx, heightPx }: Size): Promise<string> {
  library ??= loadLibrary()
  const { init, registerMap } = await library
  if (drawing.map === 'world') {
    const { worldGeoJson } = await import('@almanac/core/charts/maps/world.ts')
    registerMap('world', (await worldGeoJson()) as Parameters<typeof registerMap>[1])
  }
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: widthPx, height: heightPx })
  try {
    chart.setOption({ ...drawing.option, animation: false })
    return withOwnNames(inside(chart.renderToSVGString()))
  } finally {
    chart.dispose()
  }
}

let library: Promise<typeof import('echarts')> | undefined

async function loadLibrary(): Promise<typeof import('echarts')> {
  const [echarts, { default: LRU }] = await Promise.all([import('echarts'), import('zrender/lib/core/LRU.js')])
  guardTextCache(LRU)
  return echarts
}

/**
 * Without the outer element, which is ours, and without what is only for a pointer: styles of hovering, their classes, and what
 * marks belong to. Quotes in texts are escaped, so these can't be found in a name.
 */
const inside = (svg: string) =>
  svg
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replaceAll(/<style\b[^>]*>.*?<\/style>/gs, '')
    .replaceAll(/ (?:class|pointer-events|ecmeta_\w+)="[^"]*"/g, '')

let drawn = 0

/** ECharts counts its clips from zero in each chart; two of them in one page would clip each other. */
function withOwnNames(svg: string): string {
  const own = `c${drawn++ % 1_000_000}-`
  return svg.replaceAll(/(\bid="|url\(#|href="#)zr\d+-/g, `$1${own}`)
}
