import { expect, test } from 'vitest'
import { formatAxisNumber, formatNumber } from './format-number.ts'

test.each([
  { value: 0, format: 'integer', short: '0', exact: '0' },
  { value: 40_310, format: 'integer', short: '40,310', exact: '40,310' },
  { value: 1_234_567, format: 'integer', short: '1.235M', exact: '1,234,567' },
  { value: 1e18, format: 'integer', short: '1,000,000T', exact: '1,000,000,000,000,000,000' },
  { value: 1e-9, format: 'integer', short: '0.000000001', exact: '0.000000001' },
  { value: 2_747_282_505, format: 'bytes', short: '2.75 GB', exact: '2,747,282,505 bytes' },
  { value: 999, format: 'bytes', short: '999 bytes', exact: '999 bytes' },
  { value: 1, format: 'bytes', short: '1 byte', exact: '1 byte' },
  { value: 0.2134, format: 'percent', short: '21.3%', exact: '21.3%' },
] as const)('$value as $format is $short, exactly $exact', ({ value, format, short, exact }) => {
  expect(formatNumber(value, format, 'short', 'en')).toBe(short)
  expect(formatNumber(value, format, 'exact', 'en')).toBe(exact)
})

test.each([undefined, null, Number.NaN])('%s is a dash', (value) => {
  expect(formatNumber(value, 'integer')).toBe('–')
})

test('an axis is brief', () => {
  expect(formatAxisNumber(1500, 'integer', 'en')).toBe('1.5K')
})
