import { NativeEvent } from '@almanac/core/events/native-event.ts'
import { expect, test } from 'vitest'
import { plainEvent } from './plain-event.ts'

// Values at and around every limit, of right and wrong kinds, for every field that the schema has and some that it has not.
const KEYS = [...Object.keys(NativeEvent.shape), 'nmae', '__proto__x', 'constructor']
const VALUES: unknown[] = [
  '',
  'a',
  'x'.repeat(50),
  'x'.repeat(51),
  'x'.repeat(100),
  'x'.repeat(101),
  'x'.repeat(200),
  'x'.repeat(201),
  'x'.repeat(1000),
  'x'.repeat(1001),
  'x'.repeat(2001),
  'x'.repeat(8193),
  'nul\0',
  'half \ud83d',
  'whole 😀',
  0,
  200,
  999,
  1000,
  -1,
  1.5,
  Number.NaN,
  null,
  undefined,
  true,
  [],
  {},
]

test.each(KEYS)('what is plain with any %s is right, and as the schema gives it', (key) => {
  for (const value of VALUES) {
    for (const event of [
      { [key]: value },
      { name: 'page_view', [key]: value },
      { name: 'page_view', url: '/', [key]: value },
    ]) {
      const plain = plainEvent(event)
      if (plain === undefined) continue
      const { properties: _, ...withoutProperties } = event as Record<string, unknown>
      expect(NativeEvent.parse(withoutProperties)).toEqual(withoutProperties)
    }
  }
})

test('an ordinary event is plain', () => {
  expect(
    plainEvent({ name: 'page_view', url: 'https://example.com/', status: 200, properties: { a: 1 } }),
  ).toBeDefined()
})

test.each([null, 7, 'text', [], [{ name: 'a' }], {}, { name: '' }, { url: '/' }])('%j is not plain', (input) => {
  expect(plainEvent(input)).toBeUndefined()
})
