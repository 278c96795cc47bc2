import { expect, test } from 'vitest'
import { dashboardRange, rangeToSearch } from './dashboard-range.ts'
import { DEFAULT_RANGE } from './dashboard-search.ts'

const NOW = Temporal.ZonedDateTime.from('2026-11-18T10:42[Europe/Berlin]')
const at = (text: string) => Temporal.ZonedDateTime.from(text)

test('without a word in the address it is the last 28 days', () => {
  expect(DEFAULT_RANGE).toBe('28d')
  const range = dashboardRange({}, NOW, 1, undefined)
  expect(range?.label).toBe('Last 28 days')
  expect(range?.from.toPlainDate().toString()).toBe('2026-10-22')
})

test('dates are read in the zone, and compared with what lies before', () => {
  const range = dashboardRange({ from: '2015-05-17', to: '2015-05-21' }, NOW, 1, undefined)
  expect(range?.from.toString()).toBe('2015-05-17T00:00:00+02:00[Europe/Berlin]')
  expect(range?.comparison).toBe('previous_period')
})

test('dates that stand the wrong way round show the default', () => {
  expect(dashboardRange({ from: '2015-05-21', to: '2015-05-17' }, NOW, 1, undefined)?.label).toBe('Last 28 days')
})

test('all time waits for the extent and has nothing to compare with', () => {
  expect(dashboardRange({ range: 'all' }, NOW, 1, undefined)).toBeUndefined()
  const extent = { from: at('2015-05-17T00:00[UTC]'), to: at('2015-05-21T00:00[UTC]') }
  expect(dashboardRange({ range: 'all' }, NOW, 1, extent)).toMatchObject({ label: 'All time', comparison: undefined })
})

test('a range goes into the address as dates when it is whole days, else as instants', () => {
  const from = at('2026-10-25T00:00[Europe/Berlin]')
  expect(rangeToSearch({ from, to: from.add({ days: 1 }) })).toEqual({ from: '2026-10-25', to: '2026-10-26' })
  expect(rangeToSearch({ from, to: from.add({ hours: 3 }) })).toEqual({
    from: '2026-10-24T22:00:00Z',
    to: '2026-10-25T01:00:00Z',
  })
})
