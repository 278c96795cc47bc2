import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import { expect, test } from 'vitest'
import { newCubeData } from './fitting-data.ts'
import { withNeededTotals } from './needed-totals.ts'

const totals = (chart: ChartSpec, dimensions: string[], isOverTime = false) =>
  withNeededTotals(chart, [newCubeData('web', { measures: ['visitors'], dimensions, isOverTime })]).map((one) =>
    one.from === 'cube' ? one.totals : [],
  )

test.each([
  { chart: { kind: 'number' }, dimensions: [], isOverTime: true, sets: [[]] },
  { chart: { kind: 'number' }, dimensions: [], isOverTime: false, sets: [] },
  { chart: { kind: 'line' }, dimensions: ['path'], isOverTime: true, sets: [] },
  { chart: { kind: 'donut' }, dimensions: ['path'], isOverTime: false, sets: [[]] },
  { chart: { kind: 'table' }, dimensions: ['path'], isOverTime: false, sets: [] },
  { chart: { kind: 'table', totals: true }, dimensions: ['path'], isOverTime: false, sets: [[]] },
  { chart: { kind: 'treemap' }, dimensions: ['os', 'browser'], isOverTime: false, sets: [[], ['os']] },
  { chart: { kind: 'pivot' }, dimensions: ['os'], isOverTime: true, sets: [[], ['time'], ['os']] },
] as const)('$chart by $dimensions asks for totals by $sets', ({ chart, dimensions, isOverTime, sets }) => {
  const [found = []] = totals(chart, [...dimensions], isOverTime)
  expect(found.toSorted()).toEqual([...sets].toSorted())
})

test('other data than that of cubes has no totals', () => {
  const data = [{ from: 'saved' as const, name: 'orders' }]
  expect(withNeededTotals({ kind: 'donut' }, data)).toEqual(data)
})
