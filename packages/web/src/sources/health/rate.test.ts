import { expect, test } from 'vitest'
import { formatRate, withRate } from './rate.ts'

test.each([
  [0, '0'],
  [1 / 60, '1 / min'],
  [0.001, '1 / min'],
  [0.5, '30 / min'],
  [1, '1 / s'],
  [2.345, '2.3 / s'],
  [12.5, '13 / s'],
  [2000, '2,000 / s'],
])('%d events a second are %s', (rate, text) => {
  expect(formatRate(rate, 'en')).toBe(text)
})

test('only the last sixty rates are kept', () => {
  let rates: readonly number[] = []
  for (let rate = 0; rate < 100; rate++) rates = withRate(rates, rate)
  expect(rates).toHaveLength(60)
  expect(rates.at(-1)).toBe(99)
})
