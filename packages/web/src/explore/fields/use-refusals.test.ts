import { expect, test } from 'vitest'
import { newCubeData } from '../../dashboards/edit/kinds/fitting-data.ts'
import { WEB } from '../testing/web-cube.ts'
import { candidateQueries } from './use-refusals.ts'

const SCOPE = {
  from: '2026-05-01T00:00:00Z',
  to: '2026-06-01T00:00:00Z',
  grain: 'day' as const,
  timezone: 'UTC',
  firstDayOfWeek: 1,
  compare: [],
  filters: [],
  variables: {},
}
const names = (measures: string[]) =>
  candidateQueries(WEB, newCubeData('web', { measures, dimensions: ['country'], isOverTime: true }), SCOPE).map(
    ({ name }) => name,
  )

test('only measures that are tied to something are asked about', () => {
  expect(names(['hits'])).toEqual(['daily_mean'])
})

test('beside such a measure, every other dimension is asked about', () => {
  expect(names(['daily_mean'])).toEqual(['device', 'channel', 'status'])
})

test('nothing is read for it: the day is before all data', () => {
  const data = newCubeData('web', { measures: ['hits'], dimensions: [], isOverTime: true })
  const [candidate] = candidateQueries(WEB, data, SCOPE)
  expect(candidate?.query).toMatchObject({ from: '1990-01-01', to: '1990-01-02', grain: 'day', limit: 1 })
})
