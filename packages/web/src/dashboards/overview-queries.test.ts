import { Query } from '@almanac/core/query/query.ts'
import { expect, test } from 'vitest'
import { filtersOf, seriesQuery, topQuery, totalsQuery } from './overview-queries.ts'

const from = Temporal.ZonedDateTime.from('2015-05-17T00:00[Europe/Berlin]')
const range = { from, to: from.add({ days: 4 }), comparison: 'previous_period' } as const
const scope = { search: { status: ['404'], bots: 'people' }, timezone: 'Europe/Berlin', firstDayOfWeek: 1 } as const
const mutable = { ...scope, search: { status: ['404'], bots: 'people' as const } }

test('every question of the dashboard is one that the server understands', () => {
  const queries = [
    totalsQuery(mutable, range),
    seriesQuery(mutable, range, 'day'),
    topQuery(mutable, range, { dimension: 'path', limit: 10, containing: '<b>' }),
  ]
  for (const query of queries) expect(Query.safeParse(query).error).toBeUndefined()
})

test('filters carry the types of their dimensions', () => {
  expect(filtersOf({ status: ['404', '500'], path: ['/404'], bots: 'bots' })).toEqual([
    { dimension: 'path', values: ['/404'] },
    { dimension: 'status', values: [404, 500] },
    { dimension: 'is_bot', values: [true] },
  ])
})

test('the range goes out as instants, whatever the zone', () => {
  expect(totalsQuery(mutable, range)).toMatchObject({ from: '2015-05-16T22:00:00Z', to: '2015-05-20T22:00:00Z' })
})

test('the totals are compared with as much of the time before as has passed, all time with nothing', () => {
  expect(totalsQuery(mutable, range).compare).toEqual([{ with: 'previous_period', toDate: true, as: 'before' }])
  expect(totalsQuery(mutable, { ...range, comparison: undefined })).not.toHaveProperty('compare')
})

test('the totals are a question of their own, without a grain', () => {
  expect(totalsQuery(mutable, range)).not.toHaveProperty('grain')
  expect(seriesQuery(mutable, range, 'day')).toMatchObject({ grain: 'day' })
})
