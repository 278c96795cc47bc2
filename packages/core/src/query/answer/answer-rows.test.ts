import { expect, test } from 'vitest'
import type { Measure } from '../../cubes/measure.ts'
import { comparisonValues, type RowShape, sortedRows, withGapsFilled } from './answer-rows.ts'

const measure = (gaps: Measure['gaps']): Measure => ({
  class: 'additive',
  part: { number: 'integer' },
  label: 'Hits',
  format: 'integer',
  better: 'higher',
  gaps,
})
const windows = [0, 1, 2].map((n) => ({ start: n * 60_000, from: n * 60_000, to: (n + 1) * 60_000 }))
const shape = (gaps: Measure['gaps'], dimensions: string[] = []): RowShape => ({
  hasTime: true,
  dimensions,
  measures: [{ name: 'hits', measure: measure(gaps) }],
})

test.each([
  { gaps: 'zero' as const, values: [0, 5, 0] },
  { gaps: 'null' as const, values: [null, 5, null] },
  { gaps: 'previous' as const, values: [null, 5, 5] },
])('a bucket without rows is $gaps where the measure says so', ({ gaps, values }) => {
  const rows = withGapsFilled([{ time: 60_000, hits: 5 }], shape(gaps), windows)
  expect(rows).toEqual(values.map((hits, n) => ({ time: n * 60_000, hits })))
})

test('each combination of dimensions that has a row has one for every bucket', () => {
  const rows = withGapsFilled(
    [
      { time: 0, path: '/a', hits: 1 },
      { time: 120_000, path: '/b', hits: 2 },
    ],
    shape('zero', ['path']),
    windows,
  )
  expect(rows).toHaveLength(6)
  expect(rows).toContainEqual({ time: 60_000, path: '/b', hits: 0 })
})

test('without any row a series is still a series', () => {
  expect(withGapsFilled([], shape('zero'), windows)).toHaveLength(3)
})

test.each([
  { now: 12, before: 8, difference: 4, percent: 50 },
  { now: 8, before: -10, difference: 18, percent: 180 },
  { now: 5, before: 0, difference: 5, percent: null },
])('from $before to $now is a difference of $difference, $percent %', ({ now, before, difference, percent }) => {
  const measures = shape('zero').measures
  expect(comparisonValues('previous_year', { hits: now }, { hits: before }, measures)).toEqual({
    'hits:previous_year': before,
    'hits:previous_year:difference': difference,
    'hits:previous_year:percent': percent,
  })
})

test('nothing to compare with is zero for a count and unknown for an average', () => {
  expect(comparisonValues('a', { hits: 3 }, {}, shape('zero').measures)['hits:a:difference']).toBe(3)
  expect(comparisonValues('a', { hits: 3 }, {}, shape('null').measures)['hits:a:difference']).toBe(null)
})

test('rows are sorted as the engine sorts: by bytes, null last, the rest after what it is the rest of', () => {
  const rows = [
    { path: '😀', hits: 1 },
    { path: '', hits: 1 },
    { path: 'Z', hits: 1 },
    { path: 'a', hits: null },
    { path: null, isRest: true, hits: 9 },
  ]
  const order = [
    { by: 'hits', direction: 'desc' as const },
    { by: 'path', direction: 'asc' as const },
  ]
  const flagged = rows.map((row) => ({ isRest: false, ...row }))
  expect(sortedRows(flagged, { order, dimensions: [] }).map(({ path }) => path)).toEqual(['', 'Z', '😀', 'a', null])
})
