import type { Frame } from '@almanac/core/charts/frame.ts'
import { expect, test } from 'vitest'
import { seriesNames } from './series-names.ts'

const column = (name: string, kind: 'time' | 'dimension' | 'measure') => ({
  name,
  kind,
  type: kind === 'measure' ? ('number' as const) : ('string' as const),
  label: name,
})
const frame: Frame = {
  columns: [column('time', 'time'), column('os', 'dimension'), column('hits', 'measure')],
  rows: [
    { time: 'a', os: 'Linux', hits: 1 },
    { time: 'b', os: 'Linux', hits: 1 },
    { time: 'a', os: '', hits: 1 },
    { time: 'a', os: null, isRest: true, hits: 1 },
  ],
  totals: [],
  timezone: 'UTC',
  firstDayOfWeek: 1,
  grain: 'day',
  openFrom: undefined,
  from: undefined,
  to: undefined,
  comparisons: [],
  asOf: undefined,
  isTruncated: false,
}
const without = (name: string): Frame => ({ ...frame, columns: frame.columns.filter((one) => one.name !== name) })

test('over time the values of the dimension have colours, each once, and the rest has none', () => {
  expect(seriesNames({ kind: 'line' }, frame)).toEqual(['Linux', ''])
})

test('along a dimension the measures have colours', () => {
  expect(seriesNames({ kind: 'bar' }, without('time'))).toEqual(['hits'])
  expect(seriesNames({ kind: 'line' }, without('os'))).toEqual(['hits'])
})

test('parts of a whole have the colours of their dimension', () => {
  expect(seriesNames({ kind: 'donut' }, without('time'))).toEqual(['Linux', ''])
})

test('with several measures each pair has a colour', () => {
  const two = { ...frame, columns: [...frame.columns, column('users', 'measure')] }
  expect(seriesNames({ kind: 'line' }, two)).toEqual(['Linux · hits', 'Linux · users', ' · hits', ' · users'])
})

test('before the answer nothing is known', () => {
  expect(seriesNames({ kind: 'line' }, undefined)).toEqual([])
})
