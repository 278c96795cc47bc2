import { Board } from '@almanac/core/boards/board.ts'
import { expect, test } from 'vitest'
import type { CubeEntry } from '../../api/cubes.ts'
import { boardDimensions, countMeasure } from './board-dimensions.ts'

const dimension = (name: string, type = 'string') => ({ name, label: name.toUpperCase(), type, kind: 'expression' })
const measure = (name: string, kind: string, format: 'integer' | 'percent' = 'integer') => ({
  name,
  label: name,
  format,
  better: 'higher' as const,
  class: kind,
})
const cube = (name: string, dimensions: CubeEntry['dimensions'], measures: CubeEntry['measures'] = []): CubeEntry => ({
  name,
  label: name,
  timezone: 'UTC',
  firstDayOfWeek: 1,
  fiscalYearStart: 1,
  dimensions,
  measures,
})

const widget = (id: string, from: string) => ({
  id,
  place: { x: 0, y: 0, w: 4, h: 4 },
  chart: { kind: 'line' as const },
  data: [{ from: 'cube' as const, cube: from, measures: ['hits'] }],
})
const board = Board.parse({
  title: 'Shop',
  tabs: [{ id: 't', title: '', sections: [{ id: 's', widgets: [widget('a', 'web'), widget('b', 'revenue')] }] }],
})

test('a board can be filtered by what its cubes have, and what most have comes first', () => {
  const cubes = [
    cube('web', [dimension('path'), dimension('country')]),
    cube('revenue', [dimension('country'), dimension('price', 'number')]),
    cube('mobile', [dimension('device')]),
  ]
  const found = boardDimensions(board, cubes)
  expect(found.map(({ name, type, cubes: of }) => [name, type, of.length])).toEqual([
    ['country', 'string', 2],
    ['path', 'string', 1],
    ['price', 'number', 1],
  ])
})

test.each([
  {
    measures: [measure('people', 'mergeable'), measure('rate', 'additive', 'percent'), measure('hits', 'additive')],
    by: 'hits',
  },
  { measures: [measure('people', 'mergeable'), measure('rate', 'additive', 'percent')], by: 'rate' },
  { measures: [measure('people', 'mergeable')], by: 'people' },
  { measures: [], by: undefined },
])('values are ranked by $by', ({ measures, by }) => {
  expect(countMeasure(cube('web', [], measures))).toBe(by)
})
