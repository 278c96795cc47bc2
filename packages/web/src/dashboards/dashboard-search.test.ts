import { expect, test } from 'vitest'
import { parseSearch, stringifySearch } from '../app/search-params.ts'
import { clearFilters, type DashboardSearch, parseDashboardSearch, toggleFilter } from './dashboard-search.ts'

const FULL: DashboardSearch = {
  from: '2015-05-17',
  to: '2015-05-21T10:00:00Z',
  grain: 'hour',
  timezone: 'Asia/Kathmandu',
  measure: 'visitors',
  bots: 'people',
  refresh: 'off',
  path: ['/a', '/<b>'],
  referrer: [''],
  status: ['404'],
  source: ['website'],
}

test('an address says the same after it was written and read', () => {
  expect(parseDashboardSearch(parseSearch(stringifySearch({ ...FULL })))).toEqual(FULL)
})

test.each([
  { raw: { range: 'forever' } },
  { raw: { range: 'toString' } },
  { raw: { from: '2015-05-17' } },
  { raw: { from: '2015-02-30', to: '2015-03-01' } },
  { raw: { from: '2015-05-17T10:00', to: '2015-05-18' } },
  { raw: { grain: 'second' } },
  { raw: { timezone: 'Mars/Olympus' } },
  { raw: { timezone: '+02:00' } },
  { raw: { measure: 'sales' } },
  { raw: { bots: 'none' } },
  { raw: { unknown: 'x' } },
  { raw: { status: 'abc' } },
])('$raw is dropped', ({ raw }) => {
  expect(parseDashboardSearch(raw)).toEqual({})
})

test('a named range wins over dates', () => {
  expect(parseDashboardSearch({ range: '7d', from: '2015-05-17', to: '2015-05-21' })).toEqual({ range: '7d' })
})

test('a second click on a value takes its filter away', () => {
  const once = toggleFilter({}, 'status', '404')
  expect(once).toEqual({ status: ['404'] })
  expect(toggleFilter(once, 'status', '500')).toEqual({ status: ['404', '500'] })
  expect(toggleFilter(once, 'status', '404')).toEqual({})
})

test('clearing filters keeps the range', () => {
  expect(clearFilters(FULL)).toEqual({
    from: '2015-05-17',
    to: '2015-05-21T10:00:00Z',
    grain: 'hour',
    timezone: 'Asia/Kathmandu',
    measure: 'visitors',
    refresh: 'off',
  })
})
