import { REFRESH } from '@almanac/core/boards/board.ts'
import { expect, test } from 'vitest'
import { parseSearch, stringifySearch } from '../../../app/search-params.ts'
import {
  type BoardSearch,
  changed,
  comparisonsOf,
  filtersOf,
  parseBoardSearch,
  REFRESH_CHOICES,
  variablesOf,
  withComparisons,
  withFilters,
  withVariable,
} from './board-search.ts'

const throughAddress = (search: BoardSearch) => parseBoardSearch(parseSearch(stringifySearch(search)))

test('an address says all that was chosen, and is read back to it', () => {
  let search = changed(
    {},
    {
      tab: 'money',
      range: 'now-7d/d to now',
      grain: 'day',
      tz: 'Asia/Kathmandu',
      week: 7,
      refresh: '30s',
      drill: ['12mo|month', '2026-03-01 to 2026-04-01|day'],
      annotations: 'off',
    },
  )
  search = withComparisons(search, [
    { with: 'previous_year', align: 'weekday', toDate: true },
    { with: 'previous_week', align: 'date', toDate: false },
  ])
  search = withFilters(search, [{ dimension: 'path', op: 'in', values: ['/a&b=c', '<img src=x>', 'عروض'] }], [])
  search = withVariable(search, 'plan', ['pro', '~all'])
  expect(throughAddress(search)).toEqual(search)
  expect(parseBoardSearch(search)).toEqual(search)
  expect(comparisonsOf(search)?.map((one) => one.with)).toEqual(['previous_year', 'previous_week'])
  expect(filtersOf(search)?.[0]).toMatchObject({ values: ['/a&b=c', '<img src=x>', 'عروض'] })
  expect(variablesOf(search)).toEqual({ plan: ['pro', '~all'] })
})

test('an address without anything is as the board says', () => {
  expect(throughAddress({})).toEqual({})
  expect([comparisonsOf({}), filtersOf({}), variablesOf({})]).toEqual([undefined, undefined, {}])
})

test('that nothing is chosen can be said where the board itself has something', () => {
  const own = [{ dimension: 'country', op: 'in' as const, values: ['DE'] }]
  const search = withVariable(withFilters(withComparisons({}, []), [], own), 'plan', [])
  expect(comparisonsOf(throughAddress(search))).toEqual([])
  expect(filtersOf(throughAddress(search))).toEqual([])
  expect(variablesOf(throughAddress(search))).toEqual({ plan: [] })
})

test('filters that are the board’s own are not in the address', () => {
  const own = [{ dimension: 'country', op: 'in' as const, values: ['DE'] }]
  expect(withFilters({ filters: '[]' }, own, own)).toEqual({})
})

test.each([
  { raw: { grain: 'fortnight', tz: '+01:00', week: '9', refresh: '1s', annotations: 'maybe' }, search: {} },
  { raw: { range: ['28d', '7d'] }, search: {} },
  { raw: { range: 'x'.repeat(201) }, search: {} },
  { raw: { edit: 'true' }, search: { edit: true } },
  { raw: { edit: 'yes' }, search: {} },
  { raw: { 'var-plan': 'pro', 'var-No': 'x', 'var-__proto__': 'x', other: 'x' }, search: { 'var-plan': ['pro'] } },
  {
    raw: { from: '2015-05-17', to: '2015-05-18', timezone: 'UTC' },
    search: { range: '2015-05-17 to 2015-05-18', tz: 'UTC' },
  },
])('$raw is understood as $search', ({ raw, search }) => {
  expect(parseBoardSearch(raw)).toEqual(search)
})

test('what no comparison is called is left out', () => {
  expect(comparisonsOf({ compare: ['previous_year', 'tomorrow', 'none'] })).toEqual([
    { with: 'previous_year', align: 'date', toDate: false },
  ])
})

test('the choices of refreshing are the board’s', () => {
  expect(REFRESH_CHOICES).toEqual(REFRESH)
})
