import { expect, test } from 'vitest'
import { REVENUE_CUBE } from '../../cubes/ready/revenue.ts'
import type { QueryFilter } from '../filter.ts'
import { Query } from '../query.ts'
import { resolveQuery } from '../resolve/resolve-query.ts'
import { columnsOf } from './answer-columns.ts'

function columns(filters: QueryFilter[]) {
  const query = Query.parse({
    cube: 'revenue',
    measures: ['revenue', 'payments'],
    filters,
    from: '2026-01-01',
    to: '2026-02-01',
    compare: [{ with: 'previous_period' }],
  })
  return columnsOf(resolveQuery(query, REVENUE_CUBE, Temporal.Instant.from('2026-02-01T00:00Z')))
}
const of = (list: ReturnType<typeof columns>) =>
  list.filter((one) => 'currency' in one).map(({ name, currency }) => [name, currency])

test('amounts that a filter leaves in one currency are in that one, compared ones too', () => {
  const one = columns([{ dimension: 'currency', op: 'in', values: ['EUR'] }])
  expect(of(one)).toEqual([
    ['revenue', 'EUR'],
    ['revenue:previous_period', 'EUR'],
    ['revenue:previous_period:difference', 'EUR'],
  ])
})

test.each([
  { what: 'without a filter', filters: [] },
  { what: 'with two currencies', filters: [{ dimension: 'currency', op: 'in' as const, values: ['EUR', 'USD'] }] },
  { what: 'with one that is left out', filters: [{ dimension: 'currency', op: 'not_in' as const, values: ['EUR'] }] },
  { what: 'with what is no code', filters: [{ dimension: 'currency', op: 'in' as const, values: ['<b>'] }] },
])('$what nobody knows in which currency an amount is', ({ filters }) => {
  expect(of(columns(filters))).toEqual([])
})
