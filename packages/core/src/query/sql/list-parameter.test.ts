import { expect, test } from 'vitest'
import { bindList } from './list-parameter.ts'

test('a short list is one parameter', () => {
  const parameters = {}
  expect(bindList(parameters, 'values', 'String', ['a', 'b'])).toBe('{values:Array(String)}')
  expect(parameters).toEqual({ values: ['a', 'b'] })
})

test('an empty list is one, too', () => {
  const parameters = {}
  expect(bindList(parameters, 'values', 'Int64', [])).toBe('{values:Array(Int64)}')
  expect(parameters).toEqual({ values: [] })
})

const MOST_BYTES_OF_A_FIELD = 131_072

test.each<{ what: string; values: (string | number)[] }>([
  { what: 'starts of minutes', values: Array.from({ length: 20_000 }, (_, n) => 1_767_225_600_000 + n * 60_000) },
  { what: 'long paths', values: Array.from({ length: 1000 }, (_, n) => `/${'ü'.repeat(300)}/${n}`) },
  { what: 'quotes', values: Array.from({ length: 1000 }, () => "'".repeat(200)) },
])('a long list of $what is several parameters that the engine takes, in order', ({ values }) => {
  const parameters: Record<string, (string | number)[]> = {}
  const sql = bindList(parameters, 'values', 'Int64', values)
  const names = [...sql.matchAll(/\{(\w+):/g)].map(([, name]) => name as string)
  expect(names.length).toBeGreaterThan(1)
  expect(names.flatMap((name) => parameters[name])).toEqual(values)
  const bytesOf = (list: readonly unknown[] = []) =>
    Buffer.byteLength(
      `[${list.map((value) => (typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : value))}]`,
    )
  for (const name of names) expect(bytesOf(parameters[name])).toBeLessThan(MOST_BYTES_OF_A_FIELD)
})
