import { expect, test } from 'vitest'
import type { Row } from '../../query/query.ts'
import type { PivotDrawing } from '../drawing.ts'
import type { Frame } from '../frame.ts'
import { contrast } from '../shades.ts'
import { DEVICES_BY_CITY, dimension, frameOf, measure, PAGES, TIME } from '../testing/frames-parts.ts'
import { LOOK } from '../testing/look.ts'
import { totalsBy } from '../whole.ts'
import { drawPivot } from './pivot.ts'
import { pivotTotals } from './pivot-totals.ts'

const SPEC = { kind: 'pivot' as const, rows: ['country', 'city'], columns: ['device'] }
const pivotOf = (
  spec: Partial<typeof SPEC> & { values?: string[]; heat?: boolean } = {},
  frame: Frame = DEVICES_BY_CITY,
) => drawPivot({ ...SPEC, ...spec }, frame, LOOK) as PivotDrawing
const linesOf = ({ rows }: PivotDrawing) =>
  rows.map(({ names, cells }) => [...names, '|', ...cells.map(({ text }) => text)].join(' '))

test('groups are followed by their totals, as the engine has them', () => {
  const pivot = pivotOf({ values: ['visitors'] })
  expect(pivot.headers).toEqual([
    [
      { text: 'desktop', span: 1, isTotal: false },
      { text: 'phone', span: 1, isTotal: false },
      { text: 'Total', span: 1, isTotal: true },
    ],
  ])
  expect(linesOf(pivot)).toEqual([
    'Germany Berlin | 900 1,030 1,000',
    ' Hamburg | 600 730 690',
    'Total Germany  | 1,100 1,050 1,400',
    'France Paris | 690  850',
    'Total France  | 900  1,100',
    'United States Boston | 480 610 700',
    ' Portland | 180 310 390',
    'Total United States  | 700 650 800',
    'Total  | 2,501 1,999 4,001',
  ])
})

test('several measures stand side by side under each column', () => {
  const { headers, rows } = pivotOf()
  expect(headers.map((line) => line.map(({ text, span }) => `${text}×${span}`))).toEqual([
    ['desktop×2', 'phone×2', 'Total×2'],
    ['Visitors×1', 'Hits×1', 'Visitors×1', 'Hits×1', 'Visitors×1', 'Hits×1'],
  ])
  for (const { cells } of rows) expect(cells).toHaveLength(6)
})

test('what was not asked for is left out or blank, never added up, and the summary says what', () => {
  const some = {
    ...DEVICES_BY_CITY,
    totals: DEVICES_BY_CITY.totals.filter(({ dimensions }) => dimensions.length === 1),
  }
  const pivot = pivotOf({ values: ['visitors'] }, some)
  expect(linesOf(pivot)).toContain('Total  | 2,501 1,999 ')
  expect(linesOf(pivot)).toContain('Total Germany  |   1,400')
  expect(pivot.summary).toContain('totals of everything, by Country and Device, by Country and City.')
  const none = pivotOf({ values: ['visitors'] }, { ...DEVICES_BY_CITY, totals: [] })
  expect(none.rows.filter(({ isTotal }) => isTotal)).toEqual([])
  expect(none.headers[0]?.map(({ text }) => text)).toEqual(['desktop', 'phone'])
})

test('every total is the row of the engine for the dimensions that it is named by', () => {
  const pivot = pivotOf({ values: ['visitors', 'hits'] })
  let totals = 0
  for (const { cells, isTotal } of pivot.rows) {
    cells.forEach((cell, at) => {
      const isTotalCell = isTotal || at >= 4
      if (!isTotalCell || cell.text === '') return
      totals++
      const picks = cell.picks ?? []
      const row = totalsBy(
        DEVICES_BY_CITY,
        picks.map(({ dimension }) => dimension),
      )?.find((one) => picks.every(({ dimension, value }) => one[dimension] === value))
      expect(cell.value).toBe(row?.[at % 2 === 0 ? 'visitors' : 'hits'])
    })
  }
  expect(totals).toBe(32)
})

test('time goes across by itself, in order', () => {
  const pivot = drawPivot({ kind: 'pivot', values: ['hits'] }, PAGES, LOOK) as PivotDrawing
  expect(pivot.rowDimensions).toEqual(['Page'])
  expect(pivot.headers[0]?.map(({ text }) => text)).toEqual([
    'Sun, Oct 18, 2026',
    'Mon, Oct 19, 2026',
    'Tue, Oct 20, 2026',
    'Wed, Oct 21, 2026',
    'Total',
  ])
  expect(linesOf(pivot)).toContain('/ | 900 931 962 993 ')
})

test('time that goes down is known as such', () => {
  const down = drawPivot({ kind: 'pivot', rows: ['path', 'time'], columns: [], values: ['hits'] }, PAGES, LOOK)
  expect(down).toMatchObject({ rowDimensions: ['Page', 'Time'], rowTime: 1 })
  expect(drawPivot({ kind: 'pivot', values: ['hits'] }, PAGES, LOOK)).not.toHaveProperty('rowTime')
})

test('columns within columns have totals of their own', () => {
  const frame = { ...DEVICES_BY_CITY }
  const pivot = drawPivot(
    { kind: 'pivot', rows: ['device'], columns: ['country', 'city'], values: ['hits'] },
    frame,
    LOOK,
  )
  expect((pivot as PivotDrawing).headers.map((line) => line.map(({ text, span }) => `${text}×${span}`))).toEqual([
    ['Germany×3', 'France×2', 'United States×3', 'Total×1'],
    ['Berlin×1', 'Hamburg×1', 'Total×1', 'Paris×1', 'Total×1', 'Boston×1', 'Portland×1', 'Total×1', '×1'],
  ])
})

test('heat is of the innermost cells, and they can be read', () => {
  const cells = pivotOf({ values: ['visitors'], heat: true }).rows.flatMap((row) =>
    row.cells.map((cell) => ({ row, cell })),
  )
  for (const { row, cell } of cells) {
    if (row.isTotal) expect(cell.heat).toBeUndefined()
    if (cell.heat) expect(contrast(cell.heat.ink, cell.heat.background)).toBeGreaterThanOrEqual(4.5)
  }
  expect(cells.some(({ cell }) => cell.heat)).toBe(true)
})

test('a pivot table says which totals it needs, the largest first, and no more than a query may ask for', () => {
  expect(pivotTotals(SPEC)).toEqual([[], ['device'], ['country'], ['country', 'device'], ['country', 'city']])
  expect(pivotTotals({ kind: 'pivot' }, ['time', 'path'])).toEqual([[], ['time'], ['path']])
  expect(pivotTotals({ kind: 'pivot', rows: ['a', 'b', 'c'], columns: ['d', 'e', 'f'] })).toHaveLength(10)
})

test('without anything to pivot by it is unfit', () => {
  expect(() => drawPivot({ kind: 'pivot' }, frameOf([measure('a', 'A')], [{ a: 1 }]), LOOK)).toThrow(
    'needs a dimension',
  )
})

test('by time alone the values stand side by side', () => {
  const frame = frameOf(
    [TIME, measure('a', 'A')],
    [
      { time: '2026-10-02T00:00:00+02:00', a: 2 },
      { time: '2026-10-01T00:00:00+02:00', a: 1 },
    ],
    { grain: 'day' },
  )
  expect(linesOf(drawPivot({ kind: 'pivot' }, frame, LOOK) as PivotDrawing)).toEqual(['| 1 2'])
})

/** The same numbers on every run. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

test('whatever goes down and across, a cell is the row of the engine for its values, or blank', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = randomOf(seed)
    const names = ['a', 'b', 'c', 'd'].slice(0, 1 + Math.floor(random() * 4))
    const down = names.slice(0, Math.floor(random() * (names.length + 1)))
    const across = names.slice(down.length)
    // Each combination has a figure of its own, which no other ones add up to.
    const rowsOf = (set: readonly string[]) =>
      set
        .reduce<Row[]>(
          (rows, name) => rows.flatMap((row) => ['x', 'y'].map((value) => ({ ...row, [name]: value }))),
          [{}],
        )
        .map((row) => ({ ...row, people: Math.floor(random() * 1e9) }))
    const totals = pivotTotals({ kind: 'pivot', rows: down, columns: across })
      .filter(() => random() < 0.8)
      .map((dimensions) => ({ dimensions, rows: rowsOf(dimensions) }))
    const columns = [...names.map((name) => dimension(name, name)), measure('people', 'People', { class: 'mergeable' })]
    const frame = frameOf(columns, rowsOf(names), { totals })
    const { rows } = drawPivot({ kind: 'pivot', rows: down, columns: across }, frame, LOOK) as PivotDrawing
    const filled = rows.flatMap(({ cells }) => cells).filter(({ text }) => text !== '')
    for (const { value, picks = [] } of filled) {
      const set = picks.map(({ dimension: name }) => name)
      const known = set.length === names.length ? frame.rows : totalsBy(frame, set)
      const row = known?.find((one) => picks.every((pick) => one[pick.dimension] === pick.value))
      expect(value).toBe(row?.people)
    }
    const known = frame.rows.length + totals.reduce((count, total) => count + total.rows.length, 0)
    expect(filled).toHaveLength(known)
  }
})
