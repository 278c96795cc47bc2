import { expect, test } from 'vitest'
import { filtersOf } from '../dashboards/board/choice/board-search.ts'
import { newCubeData } from '../dashboards/edit/kinds/fitting-data.ts'
import { KNOWN_CUBES } from '../dashboards/edit/testing/known-cubes.ts'
import type { Exploration } from './explore-search.ts'
import { withUsualChoice } from './usual-choice.ts'

const EUROS = { dimension: 'currency', op: 'in' as const, values: ['EUR'] }
const currencies = new Map([['revenue', 'EUR']])

function explored(measure: string, dimensions: string[] = []): Exploration {
  const data = newCubeData('revenue', { measures: [measure], dimensions, isOverTime: true })
  return { data, chart: { kind: 'line' }, title: undefined, explain: undefined, search: {} }
}

test('amounts are explored in the usual currency, as a filter that can be changed', () => {
  const { search } = withUsualChoice(explored('revenue'), KNOWN_CUBES, { scope: { filters: [] }, currencies })
  expect(filtersOf(search)).toEqual([EUROS])
})

test.each([
  { name: 'counts', shown: explored('payments'), filters: [] },
  { name: 'amounts by currency', shown: explored('revenue', ['currency']), filters: [] },
  {
    name: 'amounts with a currency that was chosen',
    shown: explored('revenue'),
    filters: [{ ...EUROS, values: ['GBP'] }],
  },
])('$name stay as they are', ({ shown, filters }) => {
  expect(withUsualChoice(shown, KNOWN_CUBES, { scope: { filters }, currencies })).toBe(shown)
})
