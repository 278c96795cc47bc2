import { describe, expect, test } from 'vitest'
import { TINY_CUBE } from '../feeds/testing/tiny-cube.ts'
import { matcherFilter } from './matcher-filter.ts'
import type { Matcher } from './promql.ts'

const filter = (op: Matcher['op'], value: string, label = 'country') => {
  const dimension = TINY_CUBE.dimensions[label]
  if (!dimension) throw new Error(`no dimension ${label}`)
  return matcherFilter({ label, op, value }, dimension)
}
const country = (op: string, ...values: string[]) => ({ dimension: 'country', op, values })

test.each([
  { op: '=' as const, value: 'DE', is: country('in', 'DE') },
  { op: '=' as const, value: '', is: country('in', '') },
  { op: '!=' as const, value: 'DE', is: { not: country('in', 'DE') } },
  { op: '=~' as const, value: 'DE|FR', is: country('in', 'DE', 'FR') },
  { op: '=~' as const, value: '(DE|FR)', is: country('in', 'DE', 'FR') },
  { op: '=~' as const, value: String.raw`a\.b\|c`, is: country('in', 'a.b|c') },
  { op: '=~' as const, value: 'D.*', is: country('starts_with', 'D') },
  { op: '=~' as const, value: '.*E', is: country('ends_with', 'E') },
  { op: '=~' as const, value: '.*x.*', is: country('contains', 'x') },
  { op: '=~' as const, value: 'D.+', is: { and: [country('starts_with', 'D'), country('not_in', 'D')] } },
  { op: '=~' as const, value: '.+', is: { dimension: 'country', op: 'not_empty' } },
  { op: '=~' as const, value: 'DE|F.*', is: { or: [country('in', 'DE'), country('starts_with', 'F')] } },
  { op: '!~' as const, value: 'DE|FR', is: { not: country('in', 'DE', 'FR') } },
])('country$op"$value" is a filter', ({ op, value, is }) => {
  expect(filter(op, value)).toEqual(is)
})

test('what matches everything is no filter', () => {
  expect(filter('=~', '.*')).toBeUndefined()
  expect(filter('=~', 'DE|.*')).toBeUndefined()
  expect(filter('=~', '.+', 'status')).toBeUndefined()
})

describe('a matcher that no filter can say is refused:', () => {
  test.each([
    { op: '=~' as const, value: '[DF]E' },
    { op: '=~' as const, value: 'D.E' },
    { op: '=~' as const, value: '^DE$' },
    { op: '=~' as const, value: String.raw`\d+` },
    { op: '=~' as const, value: 'a.*b' },
    { op: '=~' as const, value: 'D\\' },
    { op: '!~' as const, value: '.*' },
    { op: '=~' as const, value: '4.*', label: 'status' },
    { op: '=' as const, value: '', label: 'status' },
  ])('$op"$value"', ({ op, value, label }) => {
    expect(() => filter(op, value, label)).toThrow()
  })
})
