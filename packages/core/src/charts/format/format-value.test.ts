import { expect, test } from 'vitest'
import { dimension, TIME } from '../testing/frames-parts.ts'
import { formatMoment, formatValue, parseTime } from './format-value.ts'

const calendar = { timezone: 'Europe/Berlin', firstDayOfWeek: 1, grain: undefined }
const plain = (text: string) => text.replaceAll(/\s*[–-]\s*/g, ' - ').replaceAll(/[\u2009\u202f\u00a0]/g, ' ')

test.each([
  { name: 'page', value: null, text: '(none)' },
  { name: 'page', value: '', text: '(empty)' },
  { name: 'is_bot', value: true, text: 'Yes' },
  { name: 'status', value: 404, text: '404' },
  { name: 'country', value: 'DE', text: 'Germany' },
  { name: 'billing_country', value: 'FR', text: 'France' },
  { name: 'country', value: 'de', text: 'de' },
  { name: 'page', value: 'DE', text: 'DE' },
])('$value of $name reads $text', ({ name, value, text }) => {
  expect(formatValue(value, dimension(name, name), calendar, 'en')).toBe(text)
})

test('a time reads as what its bucket covers, and to the minute where there are no buckets', () => {
  expect(plain(formatMoment('2026-10-05T00:00:00+02:00', { ...calendar, grain: 'week' }, 'en-GB'))).toBe(
    '5 - 11 Oct 2026',
  )
  expect(plain(formatMoment('2026-10-05', calendar, 'en-GB'))).toBe('Mon, 5 Oct 2026')
  expect(plain(formatMoment('2026-10-05T08:30:00Z', calendar, 'en-GB'))).toBe('5 Oct 2026, 10:30')
  expect(formatValue('soon', TIME, calendar, 'en')).toBe('soon')
})

test.each([
  { text: '2026-10-05T00:00:00+02:00', at: '2026-10-04T22:00:00Z' },
  { text: '2026-10-04T22:00:00Z', at: '2026-10-04T22:00:00Z' },
  { text: '2026-10-05', at: '2026-10-04T22:00:00Z' },
  { text: '2026-10-05 10:30:00', at: '2026-10-05T08:30:00Z' },
  { text: '2026-10-05T10:30:00.250', at: '2026-10-05T08:30:00.25Z' },
])('$text in Berlin is $at', ({ text, at }) => {
  expect(parseTime(text, 'Europe/Berlin')?.toInstant().toString()).toBe(at)
})

test.each(['', 'yesterday', '2026-13-01', null, 5, undefined])('%s is no time', (value) => {
  expect(parseTime(value, 'UTC')).toBeUndefined()
})
