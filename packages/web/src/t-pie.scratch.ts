import * as echarts from 'echarts'
import { draw } from '@almanac/core/charts/draw.ts'
import { LOOK } from '@almanac/core/charts/testing/look.ts'
import { frameOf, dimension, measure } from '@almanac/core/charts/testing/frames-parts.ts'
const frame = (names: string[]) => frameOf([dimension('event', 'Event'), measure('events', 'Events')], names.map((event) => ({ event, events: 1 })))
const names = ['"q', '<img src=x onerror=alert(1)>', '__proto__', 'constructor', 'x'.repeat(190), '{{7*7}}', 'ar']
const sizes = [[390, 220], [200, 220], [390, 180], [250, 190], [700, 300], [390, 220], [100, 50], [390, 10]]
for (const legend of ['right', undefined, 'top'] as const) for (const anim of [false, true]) {
  const chart = echarts.init(null as never, undefined, { renderer: 'svg', ssr: true, width: 390, height: 220 })
  for (const n of [7, 3, 7, 1, 5]) for (const [widthPx, heightPx] of sizes as [number, number][]) {
    try {
      const d = draw({ kind: 'donut', ...(legend && { legend }) }, frame(names.slice(0, n)), { ...LOOK, widthPx, heightPx, isAnimated: anim })
      if (d.as !== 'chart') { console.log(d); continue }
      chart.resize({ width: widthPx, height: heightPx })
      chart.setOption(d.option, anim ? { replaceMerge: ['series', 'xAxis', 'yAxis', 'grid', 'radar', 'calendar', 'geo', 'visualMap'] } : { notMerge: true })
    } catch (e) { console.log(legend, anim, n, widthPx, heightPx, String(e).slice(0, 100)) }
  }
}
