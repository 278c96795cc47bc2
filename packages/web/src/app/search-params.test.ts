import { expect, test } from 'vitest'
import { onlyParsed, parseSearch, stringifySearch } from './search-params.ts'

test.each([
  { search: {}, text: '' },
  { search: { range: '7d' }, text: '?range=7d' },
  { search: { status: ['404', '500'] }, text: '?status=404&status=500' },
  { search: { path: '/a/b?c=d&e' }, text: '?path=/a/b%3Fc%3Dd%26e' },
  { search: { from: '2026-11-03T13:00:00Z' }, text: '?from=2026-11-03T13:00:00Z' },
  { search: { referrer: '' }, text: '?referrer=' },
])('$text says $search', ({ search, text }) => {
  expect(stringifySearch(search)).toBe(text)
  expect(parseSearch(text)).toEqual(search)
})

test.each([
  '<script>alert(1)</script>',
  'عروض/المسلسلات',
  '🎬 50 % + 1',
  `/${'long'.repeat(125)}`,
  '"[1]"',
  'true',
  '007',
])('the text %s comes back as it was', (path) => {
  expect(parseSearch(stringifySearch({ path }))).toEqual({ path })
})

test('what is undefined is not in the address', () => {
  expect(stringifySearch({ range: undefined, grain: 'day' })).toBe('?grain=day')
})

test('a key like __proto__ is a key and nothing more', () => {
  const search = parseSearch('?__proto__=x&constructor=y')
  expect(search.constructor).toBe('y')
  expect(Object.prototype.toString.call({})).toBe('[object Object]')
})

test('what a page does not understand of its address is not in its search', () => {
  const parse = onlyParsed(({ tz }): { tz?: string } => (tz === 'UTC' ? { tz } : {}))
  // As the router does it.
  const searchOf = (raw: Record<string, unknown>) => ({ ...raw, ...parse(raw) })
  expect(searchOf({ tz: 'Nowhere', other: '1' })).toEqual({})
  expect(searchOf({ tz: 'UTC' })).toEqual({ tz: 'UTC' })
})
