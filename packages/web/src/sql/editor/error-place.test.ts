import { expect, test } from 'vitest'
import { errorPlace } from './error-place.ts'

const marked = (sql: string, message: string, path?: (string | number)[]) => {
  const place = errorPlace({ message, issues: path ? [{ path, message: '' }] : [] }, sql)
  return place && sql.slice(place.from, place.to)
}

test.each([
  { path: ['sql', 2, 1], sql: 'SELECT 1\nFORM events', word: 'FORM' },
  { path: ['sql', 1, 8], sql: 'SELECT ,1', word: ',' },
  // At the end there is nothing but what stands before.
  { path: ['sql', 1, 12], sql: 'SELECT 1 +a', word: 'a' },
  { path: ['sql', 9, 9], sql: 'SELECT 1', word: '1' },
  { path: ['parameters', 'n'], sql: 'SELECT {n: UInt8}', word: '{n:' },
])('the place $path of $sql is $word', ({ path, sql, word }) => {
  expect(marked(sql, '', path)).toBe(word)
})

test.each([
  { message: 'Unknown expression identifier `coun` in scope SELECT coun', word: 'coun' },
  { message: 'Function with name `coun` does not exist.', word: 'coun' },
  { message: "Unknown table expression identifier 'evets' in scope", word: 'evets' },
])('a name that the engine does not know is found: $message', ({ message, word }) => {
  expect(marked('SELECT country, coun FROM evets', message)).toBe(word)
})

test('an error without a place has none', () => {
  expect(errorPlace({ message: 'Memory limit exceeded', issues: [] }, 'SELECT 1')).toBeUndefined()
})
