import { expect, test } from 'vitest'
import type { TableDrawing } from '../drawing.ts'
import { contrast } from '../shades.ts'
import { frameOf, HARD_NAMES, measure, PAGES, SOURCES } from '../testing/frames-parts.ts'
import { LOOK } from '../testing/look.ts'
import { DARK } from '../theme.ts'
import { drawTable } from './table.ts'

const tableOf = (spec: Omit<Parameters<typeof drawTable>[0], 'kind'>, frame = PAGES, look = LOOK) =>
  drawTable({ kind: 'table', ...spec }, frame, look) as TableDrawing
const texts = (table: TableDrawing, index: number) => table.row(index).map(({ text }) => text)

test('beside each measure stands what it is compared with', () => {
  const table = tableOf({})
  expect(table.columns.map(({ label }) => label)).toEqual([
    'Time',
    'Page',
    'Visitors',
    'Visitors, previous month',
    'Hits',
    'Error rate',
  ])
  expect(texts(table, 0)).toEqual(['Sun, Oct 18, 2026', '/', '400', '380', '900', '1.0%'])
  expect(table.row(0)[3]?.delta).toMatchObject({ text: '+5.3%', tone: 'good', against: 'Previous month' })
  expect(texts(table, 2).at(-1)).toBe('–')
})

test('the row of totals is that of the engine, and there is none where none was asked for', () => {
  expect(tableOf({ totals: true }).totals?.map(({ text }) => text)).toEqual([
    'Total',
    '',
    '2,210',
    '2,050',
    '8,958',
    '2.1%',
  ])
  expect(tableOf({}).totals).toBeUndefined()
  const without = tableOf({ totals: true }, { ...PAGES, totals: [] })
  expect(without.totals).toBeUndefined()
  expect(without.summary).toContain('rows are not added up')
})

test('only the columns that are named, by their new names', () => {
  const table = tableOf({ show: ['path', 'visitors:previous_month:percent'], labels: { path: 'Where' } })
  expect(table.columns.map(({ label }) => label)).toEqual(['Where', 'Visitors, change from previous month in %'])
  expect(texts(table, 0)).toEqual(['/', '5.26%'])
  expect(() => tableOf({ show: ['gone'] })).toThrow('There is no column “gone”')
})

test('a bar is the share of the greatest, and the rest of a list is not among them', () => {
  const table = tableOf({ bars: ['visitors'] }, SOURCES)
  expect(table.row(0)[1]?.bar).toBe(1)
  expect(table.row(3)[1]?.bar).toBeCloseTo(640 / 4210)
  expect(texts(table, 4)[0]).toBe('Everything else')
  expect(table.row(4)[0]?.picks).toBeUndefined()
})

test.each([LOOK, { ...LOOK, theme: DARK }])(
  'heat goes from the least to the greatest, and every cell can be read',
  (look) => {
    const table = tableOf({ heat: ['hits'] }, PAGES, look)
    const heats = Array.from({ length: table.count }, (_, index) => table.row(index)[4]?.heat)
    for (const heat of heats) expect(contrast(heat?.ink ?? '', heat?.background ?? '')).toBeGreaterThanOrEqual(4.5)
    expect(new Set(heats.map((heat) => heat?.background)).size).toBeGreaterThan(3)
  },
)

test('what is sorted by is the value, not its text', () => {
  const table = tableOf({}, HARD_NAMES)
  expect([0, 1, 2, 3, 4, 5].map((index) => table.value(index, 1))).toEqual([1e18, 123_456.789, 42, 1e-9, 0, null])
  expect([0, 4, 5].map((index) => texts(table, index)[0])).toEqual([
    '<img src=x onerror=alert(1)>',
    '(none)',
    '(empty)',
  ])
  for (const index of [0, 3]) expect(table.row(index)[1]?.value).toBe(table.value(index, 1))
})

test('of 200,000 rows none is made before it is shown', () => {
  let reads = 0
  const row = Object.defineProperty({}, 'value', { get: () => ++reads, enumerable: true })
  const frame = frameOf(
    [measure('value', 'Value')],
    Array.from({ length: 200_000 }, () => row),
  )
  const table = tableOf({}, frame)
  expect([table.count, reads]).toEqual([200_000, 0])
  expect(texts(table, 199_999)).toEqual(['1'])
  expect(reads).toBe(1)
})
