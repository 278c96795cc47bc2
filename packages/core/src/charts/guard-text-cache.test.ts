import { init } from 'echarts'
import { expect, test } from 'vitest'
import LRU from 'zrender/lib/core/LRU.js'
import { draw } from './draw.ts'
import { guardTextCache } from './guard-text-cache.ts'
import { dimension, frameOf, measure } from './testing/frames-parts.ts'
import { LOOK } from './testing/look.ts'

test('a name that every object has leaves the other charts alone', () => {
  guardTextCache(LRU)
  const names = ['a', '__proto__', 'constructor', 'hasOwnProperty']
  const columns = [dimension('event', 'Event'), measure('events', 'Events')]
  const frame = frameOf(
    columns,
    names.map((event) => ({ event, events: 1 })),
  )
  const before = Object.keys(Object.prototype)
  for (const kind of ['bar', 'horizontal_bar', 'donut', 'pie'] as const) {
    const drawing = draw({ kind }, frame, LOOK)
    if (drawing.as !== 'chart') throw new Error(`${kind} is no chart`)
    const chart = init(null, undefined, { renderer: 'svg', ssr: true, width: LOOK.widthPx, height: LOOK.heightPx })
    chart.setOption(drawing.option)
    expect(chart.renderToSVGString()).toContain('<svg')
    chart.dispose()
  }
  expect(Object.keys(Object.prototype)).toEqual(before)
})
