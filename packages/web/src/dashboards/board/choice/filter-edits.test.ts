import type { QueryFilter } from '@almanac/core/query/filter.ts'
import { expect, test } from 'vitest'
import { inverted, pickedFilters, replaced } from './filter-edits.ts'

const germany = { dimension: 'country', value: 'DE' }
const france = { dimension: 'country', value: 'FR' }
const only = (...values: string[]): QueryFilter => ({ dimension: 'country', op: 'in', values })
const other: QueryFilter = { dimension: 'path', op: 'contains', values: ['/a'] }

test.each([
  { name: 'filters by a value', filters: [other], picks: [germany], isAdditive: false, after: [other, only('DE')] },
  { name: 'takes it away again', filters: [only('DE'), other], picks: [germany], isAdditive: false, after: [other] },
  {
    name: 'goes to another value',
    filters: [only('DE'), other],
    picks: [france],
    isAdditive: false,
    after: [only('FR'), other],
  },
  {
    name: 'leaves one of several',
    filters: [only('DE', 'FR')],
    picks: [france],
    isAdditive: false,
    after: [only('FR')],
  },
  { name: 'adds with ctrl', filters: [only('DE')], picks: [france], isAdditive: true, after: [only('DE', 'FR')] },
  { name: 'takes out with ctrl', filters: [only('DE', 'FR')], picks: [germany], isAdditive: true, after: [only('FR')] },
  {
    name: 'filters by two dimensions at once',
    filters: [],
    picks: [germany, { dimension: 'paid', value: true }],
    isAdditive: false,
    after: [only('DE'), { dimension: 'paid', op: 'in', values: [true] }],
  },
  {
    name: 'does nothing for the rest',
    filters: [other],
    picks: [{ dimension: 'country', value: null }],
    isAdditive: false,
    after: [other],
  },
])('a click $name', ({ filters, picks, isAdditive, after }) => {
  expect(pickedFilters(filters, picks, isAdditive)).toEqual(after)
})

test.each<{ filter: QueryFilter; opposite: QueryFilter }>([
  { filter: only('DE'), opposite: { dimension: 'country', op: 'not_in', values: ['DE'] } },
  { filter: other, opposite: { dimension: 'path', op: 'not_contains', values: ['/a'] } },
  { filter: { dimension: 'a', op: 'empty' }, opposite: { dimension: 'a', op: 'not_empty' } },
  { filter: { dimension: 'a', op: 'range', from: 1 }, opposite: { not: { dimension: 'a', op: 'range', from: 1 } } },
  { filter: { or: [only('DE'), other] }, opposite: { not: { or: [only('DE'), other] } } },
])('a condition turned round twice is the same again', ({ filter, opposite }) => {
  expect(inverted(filter)).toEqual(opposite)
  expect(inverted(opposite)).toEqual(filter)
})

test('a condition is replaced in its place, or taken out', () => {
  expect(replaced([only('DE'), other], 0, only('FR'))).toEqual([only('FR'), other])
  expect(replaced([only('DE'), other], 0, undefined)).toEqual([other])
})
