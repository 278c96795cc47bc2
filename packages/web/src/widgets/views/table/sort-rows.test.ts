import type { TableDrawing } from '@almanac/core/charts/drawing.ts'
import type { Value } from '@almanac/core/query/query.ts'
import { describe, expect, test } from 'vitest'
import { nextSorting, sortedRows } from './sort-rows.ts'

const table = (sort: 'text' | 'number' | 'time', values: readonly Value[]): TableDrawing => ({
  as: 'table',
  columns: [{ key: 'a', label: 'A', align: 'left', sort }],
  count: values.length,
  row: () => [],
  value: (row) => values[row] ?? null,
  summary: '',
})
const sorted = (sort: 'text' | 'number' | 'time', values: readonly Value[], direction: 'asc' | 'desc') => {
  const order = sortedRows(table(sort, values), { column: 0, direction })
  return values.map((_, row) => values[order?.(row) ?? row])
}

test('without a sorting the rows stay as they came', () => {
  expect(sortedRows(table('number', [2, 1]), undefined)).toBeUndefined()
})

test.each([
  { sort: 'number', values: [10, 9, null, 100], asc: [9, 10, 100, null], desc: [100, 10, 9, null] },
  { sort: 'text', values: ['b10', null, 'a', 'B9'], asc: ['a', 'B9', 'b10', null], desc: ['b10', 'B9', 'a', null] },
  {
    sort: 'time',
    values: ['2026-10-25T02:00:00+01:00', '2026-10-25T02:00:00+02:00'],
    asc: ['2026-10-25T02:00:00+02:00', '2026-10-25T02:00:00+01:00'],
    desc: ['2026-10-25T02:00:00+01:00', '2026-10-25T02:00:00+02:00'],
  },
] as const)('$sort is sorted as such, and what is missing comes last', ({ sort, values, asc, desc }) => {
  expect(sorted(sort, values, 'asc')).toEqual(asc)
  expect(sorted(sort, values, 'desc')).toEqual(desc)
})

test('200,000 rows of text are sorted', () => {
  const values = Array.from({ length: 200_000 }, (_, row) => `name ${(row * 7919) % 200_000}`)
  const order = sortedRows(table('text', values), { column: 0, direction: 'asc' })
  expect(values[order?.(0) ?? -1]).toBe('name 0')
  expect(values[order?.(199_999) ?? -1]).toBe('name 99999')
})

describe('clicks on a header', () => {
  test('begin with the greatest figure, turn round, and end where they began', () => {
    const first = nextSorting(1, 'number', undefined)
    const second = nextSorting(1, 'number', first)
    expect([first?.direction, second?.direction, nextSorting(1, 'number', second)]).toEqual(['desc', 'asc', undefined])
  })

  test('begin with A where it is text', () => {
    expect(nextSorting(0, 'text', { column: 1, direction: 'asc' })).toEqual({ column: 0, direction: 'asc' })
  })
})
