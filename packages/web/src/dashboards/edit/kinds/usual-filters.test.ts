import type { CubeData } from '@almanac/core/boards/board.ts'
import { expect, test } from 'vitest'
import { KNOWN_CUBES, knownCube } from '../testing/known-cubes.ts'
import { newCubeData } from './fitting-data.ts'
import { hasAmounts, type UsualFilters, withCurrency, withUsualFilters } from './usual-filters.ts'

const EUROS = { dimension: 'currency', op: 'in' as const, values: ['EUR'] }
const PEOPLE = { dimension: 'is_bot', op: 'in' as const, values: [false] }
const usual: UsualFilters = { scope: { filters: [] }, variables: [], currencies: new Map([['revenue', 'EUR']]) }
const CURRENCY_VARIABLE = {
  name: 'money',
  label: 'Money',
  cube: 'revenue',
  dimension: 'currency',
  isMultiple: false,
  values: ['USD'],
}
const asked = (cube: string, measure: string, more: Partial<CubeData> = {}): CubeData => ({
  ...newCubeData(cube, { measures: [measure], dimensions: [], isOverTime: true }),
  ...more,
})
const filtersOf = (data: CubeData, world = usual) => {
  const made = withUsualFilters(data, KNOWN_CUBES, world)
  return made.from === 'cube' ? made.filters : []
}

test('visitors are people, and amounts are of the currency that occurs most', () => {
  expect(filtersOf(asked('web', 'visitors'))).toEqual([PEOPLE])
  expect(filtersOf(asked('revenue', 'revenue'))).toEqual([EUROS])
  expect(filtersOf(asked('revenue', 'payments'))).toEqual([])
})

test.each([
  { name: 'the question', data: { filters: [{ ...EUROS, values: ['USD'] }] }, world: usual },
  { name: 'its dimensions', data: { dimensions: ['currency'] }, world: usual },
  { name: 'a filter of the board', data: {}, world: { ...usual, scope: { filters: [EUROS] } } },
  { name: 'a variable of the board', data: {}, world: { ...usual, variables: [CURRENCY_VARIABLE] } },
  { name: 'nothing, as nobody has paid yet', data: {}, world: { ...usual, currencies: new Map<string, string>() } },
])('what $name says of the currency stays', ({ data, world }) => {
  const question = asked('revenue', 'revenue', data as Partial<CubeData>)
  expect(withCurrency(question, knownCube('revenue'), world)).toBe(question)
})

test('what heeds nothing of the board gets a currency of its own', () => {
  const world = { ...usual, variables: [CURRENCY_VARIABLE] }
  expect(filtersOf(asked('revenue', 'revenue', { isFixed: true }), world)).toEqual([EUROS])
})

test('only amounts without a currency of their own need one', () => {
  expect(hasAmounts(knownCube('revenue'))).toBe(true)
  expect(hasAmounts(knownCube('revenue'), ['payments'])).toBe(false)
  expect(hasAmounts(knownCube('web'))).toBe(false)
})
