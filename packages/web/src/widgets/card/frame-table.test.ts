import type { Frame } from '@almanac/core/charts/frame.ts'
import { expect, test } from 'vitest'
import { tableOf } from './frame-table.ts'

const frame = (kind: 'time' | 'dimension') =>
  ({
    columns: [{ name: 'a', kind, type: 'string', label: 'A' }],
    rows: [
      { a: '1', b: 'most' },
      { a: '1', b: 'least' },
      { a: '2', b: 'most' },
    ],
    totals: [],
  }) as unknown as Frame

test('a chart over time has its newest row first, and the rows of one time in their order', () => {
  expect(tableOf({ kind: 'line' }, frame('time')).frame.rows).toEqual([
    { a: '2', b: 'most' },
    { a: '1', b: 'most' },
    { a: '1', b: 'least' },
  ])
})

test('other rows keep their order, and names and formats go along', () => {
  const labels = { a: 'Name' }
  const table = tableOf({ kind: 'bar', labels }, frame('dimension'))
  expect(table.frame.rows).toEqual(frame('dimension').rows)
  expect(table.spec).toEqual({ kind: 'table', labels, totals: false })
})
