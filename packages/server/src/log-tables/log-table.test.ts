import { expect, test } from 'vitest'
import { type FoundColumns, grown, type LogTable, leftOutPaths, MAX_COLUMNS } from './log-table.ts'

const EMPTY: LogTable = { eventName: 'shop.pay', viewName: 'shop_pay', columns: [] }
const found = (columns: Record<string, string[]>): FoundColumns => new Map(Object.entries(columns))

test('a new key is a new column, behind the others', () => {
  const first = grown(EMPTY, found({ price: ['Int64'], name: ['String'] }))
  expect(first.columns.map(({ column }) => column)).toEqual(['name', 'price'])
  const second = grown(first, found({ amount: ['Int64'] }))
  expect(second.columns.map(({ column }) => column)).toEqual(['name', 'price', 'amount'])
})

test('types are gathered, and a column keeps its name', () => {
  const table = [{ n: ['Int64'] }, { n: ['String', 'Int64'] }, { n: ['Float64'] }].map(found).reduce(grown, EMPTY)
  expect(table.columns).toEqual([{ path: 'n', column: 'n', types: ['Float64', 'Int64', 'String'] }])
})

test('a table that has everything already is the same object', () => {
  const table = grown(EMPTY, found({ a: ['Int64', 'String'], 'a.b': ['Bool'] }))
  expect(grown(table, found({ a: ['String'] }))).toBe(table)
  expect(grown(table, found({}))).toBe(table)
  expect(grown(table, found({ empty: [] }))).toBe(table)
})

test('keys that look alike are columns of their own', () => {
  const { columns } = grown(EMPTY, found({ 'user.id': ['Int64'], user_id: ['String'], 'user-id': ['Bool'] }))
  expect(columns.map(({ path, column }) => [path, column])).toEqual([
    ['user-id', 'user_id'],
    ['user.id', 'user_id_2'],
    ['user_id', 'user_id_3'],
  ])
})

test.each(['a`b', 'a\\b', '', 'a..b', '.a', 'a.', 'a\nb', 'a\u0000', '\ud800', 'a\u202eb', 'x'.repeat(201)])(
  'the key %j is no column, and is said to be left out',
  (path) => {
    const keys = found({ [path]: ['Int64'], fine: ['Int64'] })
    const table = grown(EMPTY, keys)
    expect(table.columns.map(({ column }) => column)).toEqual(['fine'])
    expect(leftOutPaths(table, keys)).toEqual([path])
  },
)

test('there are so many columns and no more', () => {
  const many = found(Object.fromEntries(Array.from({ length: MAX_COLUMNS + 7 }, (_, n) => [`k${n}`, ['Int64']])))
  const table = grown(EMPTY, many)
  expect(table.columns).toHaveLength(MAX_COLUMNS)
  expect(leftOutPaths(table, many)).toHaveLength(7)
  expect(grown(table, many)).toBe(table)
})
