import { expect, test } from 'vitest'
import type { ChartSpec } from '../chart-spec.ts'
import { draw } from '../draw.ts'
import type { Look } from '../drawing.ts'
import type { Frame } from '../frame.ts'
import * as frames from '../testing/frames.ts'
import { dimension, frameOf, measure, TIME } from '../testing/frames-parts.ts'
import { LOOK } from '../testing/look.ts'

function chart(spec: ChartSpec, frame: Frame, look: Partial<Look> = {}) {
  const drawing = draw(spec, frame, { ...LOOK, ...look })
  if (drawing.as !== 'chart') throw new Error(`expected a chart, got ${JSON.stringify(drawing)}`)
  return drawing
}
const dataOf = (drawing: ReturnType<typeof chart>, id: string) =>
  ([drawing.option.series].flat() as { id: string; data: unknown[] }[]).find((one) => one.id === id)?.data ?? []

test('a histogram counts every row once, in bins of round bounds', () => {
  const drawing = chart({ kind: 'histogram', value: 'basket' }, frames.ORDERS)
  const counts = dataOf(drawing, 'bins') as number[]
  expect(counts.reduce((a, b) => a + b)).toBe(400)
  expect(drawing.readings[0]?.title).toBe('€0 – €10')
})

test('a value on a bound belongs to the bin above it, the greatest to the last', () => {
  const frame = frameOf(
    [measure('n', 'N', { format: 'decimal' })],
    [0, 0.1, 0.2, 0.3, 0.3, 0.4].map((n) => ({ n })),
  )
  expect(dataOf(chart({ kind: 'histogram', bins: 4 }, frame), 'bins')).toEqual([1, 1, 1, 3])
})

test('one value is one bin', () => {
  const frame = frameOf([measure('n', 'N')], [{ n: 7 }, { n: 7 }])
  expect((dataOf(chart({ kind: 'histogram' }, frame), 'bins') as number[]).reduce((a, b) => a + b)).toBe(2)
})

test('a box of five measures is those, and a sample has its quartiles and outliers', () => {
  const five = chart({ kind: 'box_plot' }, frames.LATENCY_BY_ENDPOINT)
  expect(dataOf(five, 'boxes')[0]).toEqual([12, 31, 48, 77, 190])
  const sample = chart({ kind: 'box_plot', values: ['basket'] }, frames.ORDERS)
  expect(sample.readings.map(({ title }) => title)).toEqual(['Web', 'App', 'Shop'])
  expect(sample.readings[0]?.lines.map(({ label }) => label)).toContain('Median')
})

test('the steps of a waterfall end at their sum, and one that crosses zero is drawn on both sides of it', () => {
  const frame = frameOf(
    [dimension('step', 'Step'), measure('n', 'N')],
    [
      { step: 'a', n: 5 },
      { step: 'b', n: -8 },
      { step: 'c', n: 1 },
    ],
  )
  const drawing = chart({ kind: 'waterfall' }, frame)
  const plain = (id: string) =>
    dataOf(drawing, id).map((one) => (typeof one === 'object' ? (one as { value: number }).value : one))
  expect(plain('below')).toEqual([0, 0, -2, 0])
  expect(plain('up')).toEqual([5, 5, 0, 0])
  expect(plain('down')).toEqual([0, -3, -1, -2])
  expect(drawing.readings.map(({ title, lines }) => [title, ...lines.map(({ text }) => text)])).toEqual([
    ['a', '+5', '5'],
    ['b', '-8', '-3'],
    ['c', '+1', '-2'],
    ['Total', '-2'],
  ])
})

test('less of what is better when it is lower is good in a waterfall', () => {
  const frame = frameOf([dimension('step', 'Step'), measure('n', 'Costs', { better: 'lower' })], [{ step: 'a', n: -8 }])
  expect(chart({ kind: 'waterfall' }, frame).readings[0]?.lines[0]?.ink).toBe('good')
})

test('people have no waterfall', () => {
  const frame = frameOf(
    [dimension('step', 'Step'), measure('n', 'People', { class: 'mergeable' })],
    [{ step: 'a', n: 8 }],
  )
  expect(draw({ kind: 'waterfall' }, frame, LOOK)).toMatchObject({ as: 'empty', reason: 'unfit' })
})

test('a heat map picks by both of its dimensions, and a missing cell is no zero', () => {
  const { readings, shades } = chart({ kind: 'heat_map' }, frames.HITS_BY_COUNTRY_AND_DEVICE)
  expect(readings).toHaveLength(19)
  expect(readings[0]).toMatchObject({
    title: 'Germany · Phone',
    picks: [
      { dimension: 'country', value: 'DE' },
      { dimension: 'device', value: 'Phone' },
    ],
  })
  expect(shades).toMatchObject({ from: '240', to: '12,000' })
})

test('a calendar has a square for each day with a value, year by year where one strip would be too fine', () => {
  const drawing = chart({ kind: 'calendar_heat_map' }, frames.ORDERS_BY_DAY)
  const wide = chart({ kind: 'calendar_heat_map' }, frames.ORDERS_BY_DAY, { widthPx: 1000 })
  expect([wide.option.calendar].flat().map((strip) => strip?.range)).toEqual([['2025-09-01', '2026-11-30']])
  const values = frames.ORDERS_BY_DAY.rows.filter(({ orders }) => orders !== null).length
  expect(drawing.readings).toHaveLength(values)
  expect([drawing.option.calendar].flat().map((strip) => strip?.range)).toEqual([
    ['2025-01-01', '2025-12-31'],
    ['2026-01-01', '2026-12-31'],
  ])
})

test('a year in a narrow box is cut into strips whose squares are larger', () => {
  const days = Array.from({ length: 365 }, (_, day) => ({
    time: Temporal.PlainDate.from('2025-11-23').add({ days: day }).toString(),
    n: day,
  }))
  const frame = frameOf([TIME, measure('n', 'N')], days, { grain: 'day' })
  const { option } = chart({ kind: 'calendar_heat_map' }, frame, { widthPx: 350, heightPx: 230 })
  expect([option.calendar].flat().map((strip) => strip?.range)).toEqual([
    ['2025-11-01', '2026-05-31'],
    ['2026-06-01', '2026-11-30'],
  ])
})

test('years without room are left out of a calendar, and it says so', () => {
  const drawing = chart({ kind: 'calendar_heat_map' }, frames.ORDERS_BY_DAY, { heightPx: 120 })
  expect([drawing.option.calendar].flat()).toHaveLength(1)
  expect(drawing.summary).toContain('Earlier years have no room')
})

test('a calendar of weeks does not fit', () => {
  expect(draw({ kind: 'calendar_heat_map' }, frames.HITS_BY_BROWSER, LOOK)).toMatchObject({ reason: 'unfit' })
})

test('hours of the week begin with the first day of the week', () => {
  const titles = (firstDayOfWeek: number) => {
    const { readings, option } = chart({ kind: 'hour_weekday' }, { ...frames.HITS_BY_HOUR_AND_WEEKDAY, firstDayOfWeek })
    const cells = ([option.series].flat() as { data: { value: number[]; reading: number }[] }[])[0]?.data
    return readings[cells?.find(({ value }) => value[0] === 12 && value[1] === 0)?.reading ?? -1]?.title
  }
  expect(titles(1)).toMatch(/^Monday/)
  expect(titles(7)).toMatch(/^Sunday/)
})

test('hours of a statement that counts Sunday as 0 are those of Sunday', () => {
  const columns = [dimension('hour', 'Hour', 'number'), dimension('weekday', 'Day', 'number'), measure('n', 'N')]
  const { readings } = chart({ kind: 'hour_weekday' }, frameOf(columns, [{ hour: 3, weekday: 0, n: 4 }]))
  expect(readings[0]).toMatchObject({ title: 'Sunday, 3:00 AM – 4:00 AM', picks: [{ value: 3 }, { value: 0 }] })
})

test('hours of time are added up by hour of the week, and only of what adds up', () => {
  const rows = ['2026-10-05', '2026-10-12'].map((day) => ({ time: `${day}T09:00:00+02:00`, n: 4 }))
  const frame = (of: string) => frameOf([TIME, measure('n', 'N', { class: of })], rows, { grain: 'hour' })
  expect(chart({ kind: 'hour_weekday' }, frame('additive')).readings.map(({ lines }) => lines[0]?.text)).toEqual(['8'])
  expect(draw({ kind: 'hour_weekday' }, frame('mergeable'), LOOK)).toMatchObject({ reason: 'unfit' })
})

test('the area of a bubble, not its width, is its value', () => {
  const frame = frameOf(
    [dimension('what', 'What'), measure('x', 'X'), measure('y', 'Y'), measure('size', 'Size')],
    [
      { what: 'a', x: 1, y: 1, size: 100 },
      { what: 'b', x: 2, y: 2, size: 25 },
      { what: 'c', x: 3, y: 3, size: 0 },
    ],
  )
  const sizes = (dataOf(chart({ kind: 'bubble' }, frame), 'points') as { symbolSize: number }[]).map(
    (one) => one.symbolSize,
  )
  const [a = 0, b = 0, least = 0] = sizes
  expect((a - least) / (b - least)).toBeCloseTo(2)
})

test('points are read by their name, and picked by it and by their series', () => {
  const { readings, legend } = chart({ kind: 'scatter' }, frames.CAMPAIGNS)
  expect(legend.map(({ label }) => label)).toEqual(['Search', 'Video', 'Social', 'E-mail', 'Audio'])
  expect(readings[0]).toEqual({
    title: 'Autumn guitars',
    lines: [
      { label: 'Channel', text: 'Search', ink: 1 },
      { label: 'Cost', text: '€1,200' },
      { label: 'Installs', text: '410' },
    ],
    picks: [
      { dimension: 'campaign', value: 'Autumn guitars' },
      { dimension: 'channel', value: 'Search' },
    ],
  })
})

test('of very many points some are drawn, and it says how many', () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => ({ x: i, y: (i * 7) % 101 }))
  const { readings, summary } = chart({ kind: 'scatter' }, frameOf([measure('x', 'X'), measure('y', 'Y')], rows))
  expect(readings).toHaveLength(5000)
  expect(summary).toContain('5000 of them are drawn')
})

test('measures on the spokes of a radar have scales of their own', () => {
  const { option, readings } = chart({ kind: 'radar' }, frames.SKILLS)
  const { indicator } = option.radar as { indicator: { name: string; max: number }[] }
  expect(indicator.map(({ max }) => max)).toEqual([0.06, 8, 360, 0.8, 2])
  expect(readings[1]).toMatchObject({ title: 'Newsletter', picks: [{ dimension: 'source', value: 'Newsletter' }] })
})

test('two spokes are no radar', () => {
  const frame = frameOf(
    [dimension('d', 'D'), measure('n', 'N')],
    [
      { d: 'a', n: 1 },
      { d: 'b', n: 2 },
    ],
  )
  expect(draw({ kind: 'radar' }, frame, LOOK)).toMatchObject({
    reason: 'unfit',
    text: expect.stringContaining('three'),
  })
})
