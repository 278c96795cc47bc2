import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import { expect, test } from 'vitest'
import type { CubeEntry } from '../../api/cubes.ts'
import { valuesQuery } from './use-values.ts'

const scope: BoardScope = {
  from: '2026-11-01T00:00:00Z',
  to: '2026-11-08T00:00:00Z',
  grain: 'day',
  timezone: 'UTC',
  firstDayOfWeek: 1,
  compare: [],
  filters: [],
  variables: {},
}
const cube: CubeEntry = {
  name: 'web',
  label: 'Web',
  timezone: 'UTC',
  firstDayOfWeek: 1,
  fiscalYearStart: 1,
  dimensions: [],
  measures: [{ name: 'hits', label: 'Hits', format: 'integer', better: 'higher', class: 'additive' }],
}

test('values are those of the range, the most frequent first', () => {
  const query = valuesQuery({ cube, dimension: 'path', type: 'string' }, scope, '')
  expect(query).toMatchObject({
    cube: 'web',
    measures: ['hits'],
    dimensions: ['path'],
    filters: [],
    from: scope.from,
    to: scope.to,
    order: [{ by: 'hits', direction: 'desc' }],
  })
})

test('text is searched by the server, as there may be more values than are shown; numbers are not', () => {
  const filters = [{ dimension: 'path', op: 'contains', values: ['100% <b>'] }]
  expect(valuesQuery({ cube, dimension: 'path', type: 'string' }, scope, ' 100% <b> ')).toMatchObject({ filters })
  expect(valuesQuery({ cube, dimension: 'status', type: 'number' }, scope, '40')).toMatchObject({ filters: [] })
})

test('of a cube that nobody knows, nothing is asked', () => {
  expect(valuesQuery({ cube: undefined, dimension: 'path', type: 'string' }, scope, '')).toBeUndefined()
  expect(valuesQuery({ cube: { ...cube, measures: [] }, dimension: 'path', type: 'string' }, scope, '')).toBeUndefined()
})
