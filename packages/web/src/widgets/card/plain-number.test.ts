import { expect, test } from 'vitest'
import { plainNumber } from './plain-number.ts'

test.each([
  { value: -9459.189999999999, plain: -9459.19 },
  { value: 0.1 + 0.2, plain: 0.3 },
  { value: 9459.190000000031, plain: 9459.19 },
  { value: 26.563389907734365, plain: 26.5633899077 },
  { value: 1 / 3, plain: 0.333333333333 },
  { value: 12345678901.23, plain: 12345678901.23 },
  { value: 12345678901.230001, plain: 12345678901.23 },
  { value: 1234567890123456, plain: 1234567890123456 },
  { value: 1.5e-7, plain: 1.5e-7 },
  { value: 0.1 / 3e6, plain: 3.33333333333e-8 },
  { value: 1e300, plain: 1e300 },
])('$value is written as $plain', ({ value, plain }) => {
  expect(plainNumber(value)).toBe(plain)
})
