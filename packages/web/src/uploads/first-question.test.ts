import { parseRange } from '@almanac/core/time/range-expression.ts'
import type { UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import { expect, test } from 'vitest'
import { exploreSearchOf } from './first-question.ts'

const definition = {
  timezone: 'Europe/Berlin',
  measures: [
    { name: 'rows', aggregate: 'count' },
    { name: 'amount', aggregate: 'sum' },
  ],
} as unknown as UploadDefinition

test('a table is asked for its first figure over all of its days', () => {
  const times = { first: '2010-12-01T08:26:00Z', last: '2011-12-09T23:30:00Z' }
  const { data, range = '' } = exploreSearchOf({ name: 'orders', definition, times })
  expect(JSON.parse(data ?? '')).toEqual({ from: 'cube', cube: 'orders', measures: ['amount'], grain: 'board' })
  expect(range).toBe('2010-12-01 to 2011-12-11')
  expect(parseRange(range, Temporal.Now.zonedDateTimeISO('UTC'))).toHaveProperty('range')
})

test('an empty table has the usual range', () => {
  expect(exploreSearchOf({ name: 'orders', definition, times: null })).not.toHaveProperty('range')
})
