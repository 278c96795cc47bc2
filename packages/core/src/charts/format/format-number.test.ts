import { expect, test } from 'vitest'
import { formatAxisNumber, formatNumber } from './format-number.ts'

test.each([
  { value: 0, format: 'integer', short: '0', exact: '0' },
  { value: 40_310, format: 'integer', short: '40,310', exact: '40,310' },
  { value: 1_234_567, format: 'integer', short: '1.235M', exact: '1,234,567' },
  { value: 1e18, format: 'integer', short: '1E18', exact: '1,000,000,000,000,000,000' },
  { value: 1e-9, format: 'integer', short: '0.000000001', exact: '0.000000001' },
  { value: 2_747_282_505, format: 'bytes', short: '2.75 GB', exact: '2,747,282,505 bytes' },
  { value: 999, format: 'bytes', short: '999 bytes', exact: '999 bytes' },
  { value: 1, format: 'bytes', short: '1 byte', exact: '1 byte' },
  { value: 0.2134, format: 'percent', short: '21.3%', exact: '21.3%' },
  { value: 0.000_25, format: 'percent', short: '0.03%', exact: '0.025%' },
  { value: 999, format: 'percent', short: '99,900%', exact: '99,900%' },
  { value: 3.14519, format: 'decimal', short: '3.15', exact: '3.14519' },
  { value: 0.34, format: 'seconds', short: '340ms', exact: '340 ms' },
  { value: 200, format: 'seconds', short: '3m 20s', exact: '3 min 20 sec' },
  { value: 58.8397, format: 'seconds', short: '58.8s', exact: '58.84 sec' },
  { value: 3599.7, format: 'seconds', short: '1h', exact: '1 hr' },
  { value: 40_310, format: 'seconds', short: '11h 12m', exact: '11 hr 11 min 50 sec' },
  { value: -1500, format: 'milliseconds', short: '-1.5s', exact: '-1.5 sec' },
] as const)('$value as $format is $short, exactly $exact', ({ value, format, short, exact }) => {
  expect(formatNumber(value, format, 'short', 'en')).toBe(short)
  expect(formatNumber(value, format, 'exact', 'en')).toBe(exact)
})

test.each([
  { value: 1226.28571428571, format: 'integer', spoken: '1,226.29' },
  { value: 1_234_567, format: 'integer', spoken: '1,234,567' },
  { value: 0, format: 'integer', spoken: '0' },
  { value: -2 / 3, format: 'decimal', spoken: '-0.667' },
  { value: 0.000_012_345_6, format: 'decimal', spoken: '0.0000123' },
  { value: 1e18, format: 'integer', spoken: '1,000,000,000,000,000,000' },
  { value: 1023.4567, format: 'bytes', spoken: '1,023.46 bytes' },
  { value: 1.23456, format: 'percent', spoken: '123.5%' },
  { value: 3599.7, format: 'seconds', spoken: '1 hr' },
] as const)('$value as $format is read aloud as $spoken', ({ value, format, spoken }) => {
  expect(formatNumber(value, format, 'spoken', 'en')).toBe(spoken)
})

test.each([
  { value: 12, currency: 'EUR', short: '€12', exact: '€12' },
  { value: 12.5, currency: 'EUR', short: '€12.50', exact: '€12.50' },
  { value: 45_310.4, currency: 'USD', short: '$45,310', exact: '$45,310.40' },
  { value: 1_234_567, currency: 'JPY', short: '¥1.235M', exact: '¥1,234,567' },
  { value: -0.004, currency: 'EUR', short: '-€0.004', exact: '-€0.004' },
  { value: 12.345, currency: undefined, short: '12.35', exact: '12.35' },
  { value: 7, currency: 'not a currency', short: '7', exact: '7' },
])('$value $currency is $short, exactly $exact', ({ value, currency, short, exact }) => {
  const format = { format: 'currency', currency } as const
  expect(formatNumber(value, format, 'short', 'en')).toBe(short)
  expect(formatNumber(value, format, 'exact', 'en')).toBe(exact)
})

test('a unit stands behind the number', () => {
  expect(formatNumber(12.5, { format: 'decimal', unit: '%' }, 'short', 'en')).toBe('12.5%')
  expect(formatNumber(12.5, { format: 'decimal', unit: 'kWh' }, 'short', 'en')).toBe('12.5 kWh')
})

test.each([undefined, null, Number.NaN])('%s is a dash', (value) => {
  expect(formatNumber(value, 'integer')).toBe('–')
})

test.each([
  { value: 0, format: 'bytes', text: '0' },
  { value: 1500, format: 'integer', text: '1.5K' },
  { value: 0.25, format: 'percent', text: '25%' },
  { value: 1e-9, format: 'decimal', text: '1E-9' },
  { value: 1e18, format: 'integer', text: '1E18' },
  { value: 7200, format: 'seconds', text: '2h' },
] as const)('on an axis, $value as $format is $text', ({ value, format, text }) => {
  expect(formatAxisNumber(value, format, 'en')).toBe(text)
})
