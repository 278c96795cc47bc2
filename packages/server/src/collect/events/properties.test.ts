import { MAX_PROPERTY_COUNT, MAX_PROPERTY_DEPTH } from '@almanac/core/events/native-event.ts'
import { expect, test } from 'vitest'
import { checkProperties } from './properties.ts'

const nested = (levels: number): unknown => {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = { a: value }
  return value
}

test('good properties come back as they are, not copied', () => {
  const properties = { plan: 'pro', seats: 5, tags: ['a', null, true], address: { city: 'Zürich' } }
  expect(checkProperties(properties)).toEqual({ properties })
  expect((checkProperties(properties) as { properties: unknown }).properties).toBe(properties)
})

test('the deepest allowed nesting passes, one level more does not, nor do 100,000', () => {
  expect(checkProperties(nested(MAX_PROPERTY_DEPTH))).toHaveProperty('properties')
  expect(checkProperties(nested(MAX_PROPERTY_DEPTH + 1))).toHaveProperty('issue')
  expect(checkProperties({ a: JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) })).toMatchObject({
    issue: { message: `expected at most ${MAX_PROPERTY_DEPTH} levels` },
  })
})

test('the most allowed values pass, one more does not, however they are nested', () => {
  const list = (length: number) => ({ list: Array.from({ length }, (_, index) => index) })
  expect(checkProperties(list(MAX_PROPERTY_COUNT - 1))).toHaveProperty('properties')
  expect(checkProperties(list(MAX_PROPERTY_COUNT))).toMatchObject({ issue: { path: ['properties', 'list', 499] } })
})

test.each([
  { json: '{"a":{"__proto__":{"isAdmin":true}}}', path: ['properties', 'a', '__proto__'] },
  { json: '{"a":[1,1e400]}', path: ['properties', 'a', 1] },
  { json: '[1]', path: ['properties'] },
  { json: 'null', path: ['properties'] },
  { json: '"text"', path: ['properties'] },
])('$json is refused at $path', ({ json, path }) => {
  expect(checkProperties(JSON.parse(json))).toMatchObject({ issue: { path } })
})

test('NUL and lone surrogates are replaced in values and names, and the input is left alone', () => {
  const input = { 'a\0b': ['\ud800', { c: 'fine', d: '\0' }], e: 1 }
  expect(checkProperties(input)).toEqual({
    properties: { 'a\ufffdb': ['\ufffd', { c: 'fine', d: '\ufffd' }], e: 1 },
  })
  expect(input.e).toBe(1)
  expect(Object.keys(input)[0]).toBe('a\0b')
})

test('whole numbers that are longer than the database can hold become text', () => {
  const input = JSON.parse('{"a":1e20,"b":[-1e19],"c":18446744073709550000,"d":1e21,"e":1.5}')
  expect(checkProperties(input)).toEqual({
    properties: { a: '100000000000000000000', b: ['-10000000000000000000'], c: 18446744073709550000, d: 1e21, e: 1.5 },
  })
})
