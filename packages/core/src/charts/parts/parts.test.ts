import { expect, test } from 'vitest'
import type { Row } from '../../query/query.ts'
import type { ChartSpec } from '../chart-spec.ts'
import { draw } from '../draw.ts'
import type { ChartDrawing, Reading } from '../drawing.ts'
import type { Frame } from '../frame.ts'
import {
  CHANNEL_PEOPLE,
  CHANNELS,
  CITIES,
  COUNTRIES_BY_VISITORS,
  dimension,
  FLOWS,
  FLOWS_IN_A_CIRCLE,
  frameOf,
  HEADLINE,
  IS_REST,
  measure,
  ONE_FIGURE,
  PLANS,
  SOURCES,
  STEP_MEASURES,
  STEPS,
} from '../testing/frames-parts.ts'
import { LOOK } from '../testing/look.ts'
import { circleIn } from './circle.ts'
import { partsOf } from './part-list.ts'

const chartOf = (spec: ChartSpec, frame: Frame, look = LOOK) => draw(spec, frame, look) as ChartDrawing
const textsOf = ({ title, lines }: Reading) => [title, ...lines.map(({ label, text }) => `${label} ${text}`)]

/** The same numbers on every run. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

test('the shares of the parts of a whole add up to one, whatever is folded, missing, negative or counted as the rest', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = randomOf(seed)
    const isAdditive = random() < 0.5
    const column = measure('value', 'Value', { class: isAdditive ? 'additive' : 'mergeable' })
    const by = dimension('name', 'Name')
    const rows = Array.from({ length: 1 + Math.floor(random() * 30) }, (_, at): Row => {
      const value = random() < 0.1 ? null : random() < 0.05 ? -5 : random() * 10 ** Math.floor(random() * 9)
      return { name: `n${at}`, isRest: false, value }
    })
    const rest = random() < 0.3 ? [{ name: null, isRest: true, value: random() * 100 }] : []
    const listed = [...rows, ...rest].reduce((sum, { value }) => sum + Math.max(0, Number(value)), 0)
    const totals = random() < 0.5 ? [{ dimensions: [], rows: [{ value: listed * (1 + random()) }] }] : []
    const frame = frameOf([by, IS_REST, column], [...rows, ...rest], { totals })
    const most = 1 + Math.floor(random() * 12)
    const { parts } = partsOf({ spec: { kind: 'pie' }, frame, look: LOOK }, { by, column, most })
    if (parts.length === 0) continue
    expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
    expect(parts.length).toBeLessThanOrEqual(most + 1)
    for (const { share } of parts) expect(share).toBeGreaterThan(0)
  }
})

test('beyond the most, what adds up is one exact part; what does not is a part without a figure', () => {
  const additive = chartOf({ kind: 'pie', most: 4 }, PLANS)
  expect(additive.readings.map(({ title }) => title)).toEqual(['Studio', 'Solo', 'Label', 'Everything else (6)'])
  expect(textsOf(additive.readings[3] as Reading)).toEqual([
    'Everything else (6)',
    'Revenue €18,445',
    'Share of all parts 15.2%',
  ])
  const people = chartOf({ kind: 'pie', most: 2 }, STEPS)
  expect(textsOf(people.readings[1] as Reading)[1]).toBe('People –')
})

test('the rest that the engine has counted is a part with its figure', () => {
  const { readings } = chartOf({ kind: 'donut' }, SOURCES)
  expect(textsOf(readings[4] as Reading)).toEqual([
    'Everything else',
    'Visitors 1,533',
    'Previous month 1,710',
    'Share of all parts 14.7%',
  ])
  expect(readings[4]?.picks).toEqual([])
})

test('what a top list leaves out is a part, where the measure adds up and its total is known', () => {
  const frame = { ...PLANS, rows: PLANS.rows.slice(0, 2), totals: [{ dimensions: [], rows: [{ revenue: 100_000 }] }] }
  const { readings } = chartOf({ kind: 'pie' }, frame)
  expect(readings.map((reading) => textsOf(reading)[1])).toEqual([
    'Revenue €48,210.50',
    'Revenue €31,940',
    'Revenue €19,849.50',
  ])
})

test('the middle of a donut is the total of the engine, or a sum that is right, or nothing', () => {
  const middle = (frame: Frame) => JSON.stringify(chartOf({ kind: 'donut' }, frame).option.graphic ?? null)
  expect(middle(SOURCES)).toContain('"8,630"')
  expect(middle(PLANS)).toContain('"€121,296"')
  expect(middle(STEPS)).toBe('null')
})

test('a part that is switched off is not drawn, and the others keep their colours', () => {
  const before = chartOf({ kind: 'pie' }, PLANS)
  const after = chartOf({ kind: 'pie' }, PLANS, { ...LOOK, hidden: new Set(['Solo']) })
  const data = (drawing: ChartDrawing) =>
    (drawing.option.series as { data: { reading: number; itemStyle: object }[] }[])[0]?.data ?? []
  expect(data(after)).toHaveLength(data(before).length - 1)
  expect(data(after)[1]?.itemStyle).toEqual(data(before)[2]?.itemStyle)
  expect(after.legend[1]).toMatchObject({ key: 'Solo', isHidden: true })
})

test('where there is no room for names the legend has them with their shares', () => {
  const small = chartOf({ kind: 'donut' }, PLANS, { ...LOOK, widthPx: 240, heightPx: 200 })
  expect(small.legendPlace).toBe('top')
  expect(small.legend[0]?.label).toBe('39.7%  Studio')
  expect(chartOf({ kind: 'donut' }, PLANS).legendPlace).toBe('none')
})

test('a step says its share of the first and of the one before', () => {
  const { readings } = chartOf({ kind: 'funnel' }, STEPS)
  expect(textsOf(readings[2] as Reading)).toEqual([
    'Register',
    'People 3,185',
    'Of Visit 17.5%',
    'Of Install 50.0%',
    'Lost on the way 3,185',
  ])
  expect(readings[2]?.picks).toEqual([{ dimension: 'step', value: 'Register' }])
})

test('steps can be measures, in the order that they are named', () => {
  const { readings } = chartOf({ kind: 'funnel', steps: ['installs', 'subscriptions'] }, STEP_MEASURES)
  expect(readings.map(({ title }) => title)).toEqual(['Installs', 'Subscriptions'])
  expect(textsOf(readings[1] as Reading)).toContain('Of Installs 6.5%')
})

test('a group of what adds up is its sum; of people it is what the engine has counted, or nothing', () => {
  const first = (frame: Frame) => textsOf(chartOf({ kind: 'treemap' }, frame).readings[0] as Reading)
  expect(first(CHANNELS)).toEqual(['Search', 'Installs 6,720', 'Share of all parts 48.9%'])
  expect(first(CHANNEL_PEOPLE)[1]).toBe('Visitors 6,100')
  expect(first({ ...CHANNEL_PEOPLE, totals: [] })[1]).toBe('Visitors –')
})

test('a part of a part is picked by the whole way to it', () => {
  const { readings } = chartOf({ kind: 'sunburst', path: ['channel', 'source'] }, CHANNELS)
  const google = readings.find(({ title }) => title === 'Search › google')
  expect(google?.picks).toEqual([
    { dimension: 'channel', value: 'Search' },
    { dimension: 'source', value: 'google' },
  ])
  expect(google?.lines.map(({ label, text }) => `${label} ${text}`)).toEqual([
    'Installs 6,330',
    'Share of Search 94.2%',
    'Share of all parts 46.1%',
  ])
})

test('a flow in a circle is refused with its way', () => {
  expect(draw({ kind: 'sankey' }, FLOWS_IN_A_CIRCLE, LOOK)).toMatchObject({
    as: 'empty',
    reason: 'unfit',
    text: expect.stringContaining('“Home” → “Pricing” → “Register” → “Home”'),
  })
})

test.each([
  { links: 'ab bc cd', circle: undefined },
  { links: 'ab ac bd cd', circle: undefined },
  { links: 'aa', circle: 'aa' },
  { links: 'ab ba', circle: 'aba' },
  { links: 'xa ab bc ca', circle: 'abca' },
])('$links goes round as $circle', ({ links, circle }) => {
  const pairs = links.split(' ').map((pair) => ({ from: pair[0] as string, to: pair[1] as string }))
  expect(circleIn(pairs)?.join('')).toBe(circle)
})

test('a way of 100,000 steps is looked through', () => {
  const links = Array.from({ length: 100_000 }, (_, at) => ({ from: `${at}`, to: `${at + 1}` }))
  expect(circleIn(links)).toBeUndefined()
  expect(circleIn([...links, { from: '100000', to: '0' }])).toHaveLength(100_002)
})

test('a place of a flow says what comes in and what goes out, and nothing is not one place on both sides', () => {
  const { readings } = chartOf({ kind: 'sankey' }, FLOWS)
  expect(readings.map(textsOf).find(([title]) => title === 'Pricing')).toEqual([
    'Pricing',
    'Visits in 820',
    'Visits out 820',
  ])
  const empty = frameOf(FLOWS.columns, [{ from: '', to: '', visits: 3 }])
  expect(chartOf({ kind: 'sankey' }, empty).readings).toHaveLength(3)
})

test('a gauge is of the whole range', () => {
  const { readings, summary } = chartOf({ kind: 'gauge' }, HEADLINE)
  expect(readings[0]?.lines[0]?.text).toBe('6,120')
  expect(summary).toContain('Visitors: 6,120')
})

test.each([
  { spec: { kind: 'gauge' as const }, frame: ONE_FIGURE, max: 1 },
  { spec: { kind: 'gauge' as const }, frame: HEADLINE, max: 10_000 },
  { spec: { kind: 'gauge' as const, target: { value: 10_000 } }, frame: HEADLINE, max: 12_000 },
  { spec: { kind: 'gauge' as const, bands: [{ to: 9000, tone: 'good' as const }] }, frame: HEADLINE, max: 9000 },
  { spec: { kind: 'gauge' as const, max: 5000 }, frame: HEADLINE, max: 5000 },
])('a gauge of $spec ends at $max', ({ spec, frame, max }) => {
  expect((chartOf(spec, frame).option.series as { max: number }[])[0]?.max).toBe(max)
})

test('one country that is far ahead leaves the others their differences', () => {
  const drawing = chartOf({ kind: 'world_map' }, COUNTRIES_BY_VISITORS)
  const data =
    (drawing.option.series as { data: { name: string; itemStyle: { areaColor: string } }[] }[])[0]?.data ?? []
  const shades = new Set(data.slice(0, 9).map(({ itemStyle }) => itemStyle.areaColor))
  expect(shades.size).toBeGreaterThanOrEqual(6)
  expect(drawing.shades).toMatchObject({ from: '220', to: '182,000' })
  expect(drawing.summary).toContain('Not on the map: (empty) 95, A1 12.')
  expect(drawing.readings[0]).toMatchObject({ title: 'United States', picks: [{ dimension: 'country', value: 'US' }] })
})

test.each([
  { country: 'WS', west: -180 },
  { country: 'FR', west: -157 },
])('the map with $country begins at $west degrees', ({ country, west }) => {
  const frame = frameOf([dimension('country', 'Country'), measure('n', 'N')], [{ country, n: 4 }])
  expect(chartOf({ kind: 'world_map' }, frame).option.series).toMatchObject([
    {
      boundingCoords: [
        [west, 83.7],
        [180, -56],
      ],
    },
  ])
})

test('a column that holds no countries is unfit, and says what was expected', () => {
  expect(draw({ kind: 'world_map' }, SOURCES, LOOK)).toMatchObject({
    as: 'empty',
    reason: 'unfit',
    text: '“Source” holds no countries: expected codes such as DE, or English names.',
  })
})

test('twice the value is twice the area of a point', () => {
  const frame = frameOf(CITIES.columns, [
    { city: 'A', lat: 0, long: 0, visits: 200 },
    { city: 'B', lat: 10, long: 10, visits: 100 },
    { city: 'C', lat: 91, long: 0, visits: 100 },
  ])
  const drawing = chartOf({ kind: 'points_map' }, frame)
  const sizes = ((drawing.option.series as { data: { symbolSize: number }[] }[])[0]?.data ?? []).map(
    ({ symbolSize }) => symbolSize,
  )
  expect(sizes).toHaveLength(2)
  expect(((sizes[0] as number) / (sizes[1] as number)) ** 2).toBeCloseTo(2)
  expect(drawing.summary).toContain('1 row has no place on the map.')
})

test('points can lie in the middle of countries', () => {
  const { readings } = chartOf({ kind: 'points_map' }, COUNTRIES_BY_VISITORS)
  expect(readings[0]).toMatchObject({ title: 'United States', lines: [{ text: '182,000' }] })
  expect(draw({ kind: 'points_map' }, SOURCES, LOOK)).toMatchObject({ reason: 'unfit' })
})

const MANY = frameOf(
  [dimension('from', 'From'), dimension('to', 'To'), measure('value', 'Value')],
  Array.from({ length: 20_000 }, (_, at) => ({ from: `f${at % 90}`, to: `t${at}`, value: 20_000 - at })),
)

test('of very many parts the least are one, and nothing of the whole is lost', () => {
  const { readings } = chartOf({ kind: 'treemap' }, MANY)
  expect(readings.length).toBeLessThan(900)
  const roots = readings.filter(({ title }) => !title.includes(' › '))
  expect(roots).toHaveLength(40)
  expect(roots.at(-1)?.title).toBe('Everything else (51)')
  const total = roots.reduce((sum, { lines }) => sum + Number(lines[0]?.text.replaceAll(',', '')), 0)
  expect(total).toBe((20_000 * 20_001) / 2)
})

test('of very many flows the largest are drawn, and the summary says how many are not', () => {
  const { readings, summary } = chartOf({ kind: 'sankey' }, MANY)
  expect(readings.filter(({ title }) => title.includes(' → '))).toHaveLength(300)
  expect(summary).toContain('19700 smaller flows are in the table alone.')
})

test('what was cut off is not added up in a group', () => {
  const { readings } = chartOf({ kind: 'treemap' }, { ...CHANNELS, isTruncated: true })
  expect(textsOf(readings[0] as Reading)[1]).toBe('Installs –')
})
