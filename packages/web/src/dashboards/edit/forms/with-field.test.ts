import { expect, test } from 'vitest'
import { withField } from './with-field.ts'

interface Row {
  readonly name: string
  readonly limit?: number
}

test('a field that is taken away is not there any more, and one of zero is', () => {
  const row: Row = { name: 'hits', limit: 10 }
  expect(Object.keys(withField(row, 'limit', undefined))).toEqual(['name'])
  expect(withField(row, 'limit', 0)).toEqual({ name: 'hits', limit: 0 })
  expect(row).toEqual({ name: 'hits', limit: 10 })
})
