import { Query, type QueryInput } from '@almanac/core/query/query.ts'
import { expect, test } from 'vitest'
import { referenceAnswer } from './answer.ts'
import type { ReferenceCube } from './cube.ts'

/** The reference itself, on answers that were worked out by hand. */

interface Sale {
  readonly at: string
  readonly who?: string
  readonly shop: string
  readonly amount: number
}
const SALES: readonly Sale[] = [
  { at: '2026-03-28T22:30:00Z', who: 'ada', shop: 'b', amount: 1 },
  { at: '2026-03-29T00:30:00Z', who: 'ada', shop: 'a', amount: 2 },
  { at: '2026-03-29T21:59:59.999Z', who: 'bob', shop: 'a', amount: 4 },
  { at: '2026-03-29T22:00:00Z', who: 'ada', shop: 'b', amount: 8 },
  { at: '2026-04-01T10:00:00Z', shop: 'a', amount: 16 },
]

const CUBE: ReferenceCube<Sale> = {
  calendar: { timezone: 'Europe/Berlin', firstDayOfWeek: 1, fiscalYearStart: 1 },
  timeMs: ({ at }) => Date.parse(at),
  isPart: () => true,
  dimensions: { shop: { of: ({ shop }) => shop }, hour: { calendar: 'hour_of_day' } },
  measures: {
    sales: { kind: 'sum', of: () => 1, gaps: 'zero' },
    buyers: { kind: 'different', of: ({ who }) => who, gaps: 'zero' },
    average: { kind: 'ratio', numerator: ({ amount }) => amount, denominator: () => 1, gaps: 'null' },
    level: { kind: 'last', of: ({ amount }) => amount, thing: ({ shop }) => shop, gaps: 'previous' },
    buyers_7d: { kind: 'trailing', measure: 'buyers', days: 7, gaps: 'zero' },
    daily_sales: { kind: 'mean', measure: 'sales', grain: 'day', gaps: 'null' },
    share: { kind: 'share', measure: 'sales', gaps: 'null' },
  },
  defaultFilters: {},
}
const NOW = Date.parse('2026-03-31T12:00:00Z')

const ask = (query: Omit<QueryInput, 'cube'>) =>
  referenceAnswer(Query.parse({ cube: 'sales', ...query }), CUBE, SALES, NOW)

const WEEKEND = { from: '2026-03-28', to: '2026-03-31', grain: 'day' } as const

test('an event belongs to the day that a clock in the zone shows', () => {
  const { rows } = ask({ ...WEEKEND, measures: ['sales', 'buyers'] })
  expect(rows.map(({ key, values }) => [key.time, values.sales, values.buyers])).toEqual([
    ['2026-03-28T00:00:00+01:00', 1, 1],
    ['2026-03-29T00:00:00+01:00', 2, 2],
    ['2026-03-30T00:00:00+02:00', 1, 1],
  ])
})

test('the buyers of a week are not the sum of those of its days', () => {
  const { rows } = ask({ from: '2026-03-23', to: '2026-03-30', grain: 'week', measures: ['buyers', 'sales'] })
  expect(rows.map(({ values }) => [values.buyers, values.sales])).toEqual([[2, 3]])
})

test('a day without events says what the measure says of gaps', () => {
  const { rows } = ask({ from: '2026-03-30', to: '2026-04-02', grain: 'day', measures: ['sales', 'average', 'level'] })
  expect(rows.map(({ values }) => Object.values(values))).toEqual([
    [1, 8, 8],
    [0, null, 8],
    [1, 16, 16],
  ])
})

test('the last values of things are added up', () => {
  const { rows } = ask({ from: '2026-03-28', to: '2026-03-31', measures: ['level'] })
  expect(rows.map(({ values }) => values.level)).toEqual([4 + 8])
})

test('a window looks back to before the range', () => {
  const { rows } = ask({ from: '2026-03-31', to: '2026-04-01', grain: 'day', measures: ['buyers_7d'] })
  expect(rows.map(({ values }) => values.buyers_7d)).toEqual([2])
})

test('days that have not begun do not count in a mean', () => {
  const { rows } = ask({ from: '2026-03-30', to: '2026-04-30', measures: ['daily_sales'] })
  // Of 30 and 31 March and of nothing in April; the sale of 1 April lies behind now.
  expect(rows.map(({ values }) => values.daily_sales)).toEqual([1 / 2])
})

test('a top list keeps the rest in one row', () => {
  const top = { by: 'sales', count: 1, rest: true }
  const { rows } = ask({
    from: '2026-03-28',
    to: '2026-04-02',
    dimensions: ['shop'],
    measures: ['sales', 'share'],
    top,
  })
  expect(rows.map(({ key, values }) => ({ ...key, ...values }))).toEqual([
    { shop: 'a', isRest: false, sales: 3, share: 3 / 5 },
    { shop: null, isRest: true, sales: 2, share: 2 / 5 },
  ])
})

test('an hour is compared with the same hour of the day before, whatever the clocks do', () => {
  const { rows } = ask({
    from: '2026-03-29T00:00:00Z',
    to: '2026-03-29T02:00:00Z',
    grain: 'hour',
    measures: ['sales'],
    compare: [{ with: 'previous_week' }],
  })
  expect(rows.map(({ key, values }) => [key.time, values['time:previous_week']])).toEqual([
    ['2026-03-29T01:00:00+01:00', '2026-03-22T01:00:00+01:00'],
    ['2026-03-29T03:00:00+02:00', '2026-03-22T03:00:00+01:00'],
  ])
})

test('parts of the calendar are those of the zone', () => {
  const { rows } = ask({
    ...WEEKEND,
    grain: undefined,
    dimensions: ['hour'],
    measures: ['sales'],
    order: [{ by: 'hour', direction: 'asc' }],
  })
  expect(rows.map(({ key, values }) => [key.hour, values.sales])).toEqual([
    [0, 1],
    [1, 1],
    [23, 2],
  ])
})
