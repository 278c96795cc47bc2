import { expect, test } from 'vitest'
import { readNumber } from './read-number.ts'

test.each([
  ['12', 12],
  ['-12.5', -12.5],
  ['+3', 3],
  ['.5', 0.5],
  ['1e18', 1e18],
  ['1E-9', 1e-9],
  ['1,234', 1234],
  ['1,234,567.89', 1_234_567.89],
  ['12,34,567', 1_234_567],
  ['1 234.5', 1234.5],
  ['1 234 567', 1_234_567],
  ["1'234.5", 1234.5],
  ['$1,234.50', 1234.5],
  ['-$5', -5],
  ['12.50 EUR', 12.5],
  ['EUR 12.50', 12.5],
  ['(1,234.50)', -1234.5],
  ['123-', -123],
  ['−7', -7],
  [' 7 ', 7],
])('%s is %d where a point is the decimal sign', (text, value) => {
  expect(readNumber(text, 'point')?.value).toBe(value)
})

test.each([
  ['1,5', 1.5],
  ['1.234,5', 1234.5],
  ['1.234.567', 1_234_567],
  ['1 234,5 €', 1234.5],
  ['99,00 €', 99],
])('%s is %d where a comma is', (text, value) => {
  expect(readNumber(text, 'comma')?.value).toBe(value)
})

test.each([
  '',
  'abc',
  '1,23',
  '1.2.3',
  '12a',
  'a12',
  '1,2345',
  '--1',
  '12 34',
  '0x10',
  'Infinity',
  'NaN',
  '1e999',
  '2026-05-17',
  '9'.repeat(100),
])('%s is no number where a point is the decimal sign', (text) => {
  expect(readNumber(text, 'point')).toBeUndefined()
})

test('a percent sign is told, and its number is what stands before it', () => {
  expect(readNumber('12.5 %', 'point')).toEqual({ value: 12.5, digits: undefined, isPercent: true })
})

test('whole numbers beyond 2^53 have all their digits', () => {
  expect(readNumber('9007199254740993', 'point')?.digits).toBe('9007199254740993')
  expect(readNumber('(9,007,199,254,740,993)', 'point')?.digits).toBe('-9007199254740993')
})
