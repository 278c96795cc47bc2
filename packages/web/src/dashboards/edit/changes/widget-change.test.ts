import { Widget } from '@almanac/core/boards/board.ts'
import { expect, test } from 'vitest'
import { newCubeData } from '../kinds/fitting-data.ts'
import { KNOWN_CUBES } from '../testing/known-cubes.ts'
import { withChart, withData, withKind } from './widget-change.ts'

const widget = Widget.parse({
  id: 'a',
  title: 'Hits',
  place: { x: 0, y: 0, w: 6, h: 4 },
  chart: { kind: 'line', values: ['hits'], labels: { hits: 'Views' } },
  data: [{ from: 'cube', cube: 'web', measures: ['hits'], grain: 'board' }],
})

test('as a list it is asked by a dimension, and its name says so', () => {
  const list = withKind(widget, 'ranked_list', KNOWN_CUBES)
  expect(list).toMatchObject({
    title: 'Hits by channel',
    chart: { kind: 'ranked_list', labels: { hits: 'Views' } },
    data: [{ dimensions: ['channel'], grain: 'none', totals: [] }],
  })
  expect(Widget.parse(list)).toEqual(list)
})

test('cohorts and back', () => {
  const cohorts = withKind(widget, 'cohort_grid', KNOWN_CUBES)
  expect(cohorts.data).toMatchObject([{ from: 'cohorts', cohorts: { cube: 'web' } }])
  expect(withKind(cohorts, 'line', KNOWN_CUBES).data).toMatchObject([{ from: 'cube', cube: 'web', measures: ['hits'] }])
})

test('an option that names a column that is gone is left out', () => {
  const data = [newCubeData('web', { measures: ['visitors'], dimensions: [], isOverTime: true })]
  const after = withData(widget, data, KNOWN_CUBES)
  expect(after.chart).toEqual({ kind: 'line', labels: { hits: 'Views' } })
  expect(after.title).toBe('Visitors')
})

test('a title that nobody wrote outlasts the moment without a measure', () => {
  const asking = (measures: string[]) => [newCubeData('web', { measures, dimensions: [], isOverTime: true })]
  const without = withData(widget, asking([]), KNOWN_CUBES)
  expect(without.title).toBe('Hits')
  expect(withData(without, asking(['visitors']), KNOWN_CUBES, widget).title).toBe('Visitors')
})

test('a row of totals is asked for when the table shows one', () => {
  const data = [newCubeData('web', { measures: ['hits'], dimensions: ['path'], isOverTime: false })]
  const table = withChart(withData(widget, data, KNOWN_CUBES), { kind: 'table', totals: true })
  expect(table.data).toMatchObject([{ totals: [[]] }])
  expect(withChart(table, { kind: 'table' }).data).toMatchObject([{ totals: [] }])
})

test('the columns of a statement in SQL are left to its answer', () => {
  const data = [{ from: 'sql' as const, sql: 'SELECT 1 AS hits', parameters: {} }]
  expect(withData(widget, data, KNOWN_CUBES).chart).toEqual(widget.chart)
})
