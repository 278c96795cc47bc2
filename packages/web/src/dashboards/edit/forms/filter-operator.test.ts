import { QueryFilter } from '@almanac/core/query/filter.ts'
import { expect, test } from 'vitest'
import { OPERATOR_WORDS } from '../../toolbar/value-words.ts'
import { withOperator } from './filter-operator.ts'

const operators = Object.keys(OPERATOR_WORDS) as (keyof typeof OPERATOR_WORDS)[]

test('from each condition to each other one the result is valid', () => {
  for (const from of operators) {
    for (const to of operators) {
      const filter = withOperator(withOperator({ dimension: 'path', op: 'empty' }, from), to)
      expect(QueryFilter.parse(filter)).toEqual(filter)
      expect(filter).toMatchObject({ dimension: 'path', op: to })
    }
  }
})

test('values stay where they still mean something', () => {
  const is = { dimension: 'path', op: 'in' as const, values: ['/a', '/b'] }
  expect(withOperator(is, 'not_in')).toEqual({ ...is, op: 'not_in' })
  expect(withOperator(withOperator(is, 'empty'), 'in')).toEqual({ ...is, values: [''] })
})
