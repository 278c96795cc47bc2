import { expect, test } from 'vitest'
import { formatAgo, formatBucket, formatRange, formatShortRange, formatTick } from './format-time.ts'

const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`)
/** The dashes and spaces between the ends of a range vary with the version of the language data. */
const plain = (text: string) => text.replaceAll(/\s*[–-]\s*/g, ' - ').replaceAll(/[\u2009\u202f\u00a0]/g, ' ')

test.each([
  { from: '2015-05-17T00:00', to: '2015-05-21T00:00', text: '17 - 20 May 2015' },
  { from: '2015-05-17T00:00', to: '2015-05-18T00:00', text: '17 May 2015' },
  { from: '2026-10-25T09:00', to: '2026-10-25T12:00', text: '25 Oct 2026, 09:00 - 12:00' },
])('$from to $to reads $text', ({ from, to, text }) => {
  expect(plain(formatRange({ from: at(from), to: at(to) }, 'en-GB'))).toBe(text)
})

test.each([
  { from: '2026-10-01T00:00', to: '2026-10-18T10:42', text: '1 - 18 Oct' },
  { from: '2025-10-01T00:00', to: '2025-11-01T00:00', text: '1 - 31 Oct 2025' },
  { from: '2026-10-17T00:00', to: '2026-10-17T10:42', text: '17 Oct, 00:00 - 10:42' },
  { from: '2026-10-17T00:00', to: '2026-10-18T00:00', text: '17 Oct' },
])('in passing, $from to $to reads $text', ({ from, to, text }) => {
  expect(plain(formatShortRange({ from: at(from), to: at(to) }, 2026, 'en-GB'))).toBe(text)
})

test.each([
  { grain: 'hour', from: '2026-11-03T14:00', to: '2026-11-03T15:00', text: 'Tue 3 Nov, 14:00 - 15:00' },
  { grain: 'day', from: '2026-11-03T00:00', to: '2026-11-04T00:00', text: 'Tue, 3 Nov 2026' },
  { grain: 'week', from: '2026-11-02T00:00', to: '2026-11-09T00:00', text: '2 - 8 Nov 2026' },
  { grain: 'month', from: '2026-11-01T00:00', to: '2026-12-01T00:00', text: 'November 2026' },
  { grain: 'quarter', from: '2026-10-01T00:00', to: '2027-01-01T00:00', text: 'Oct - Dec 2026' },
] as const)('the $grain of $from reads $text', ({ grain, from, to, text }) => {
  expect(plain(formatBucket({ start: at(from), end: at(to) }, grain, 'en-GB'))).toBe(text)
})

test.each([
  { at: '2026-11-18T10:00:00Z', text: 'now' },
  { at: '2026-11-18T10:00:05Z', text: 'now' },
  { at: '2026-11-18T09:58:30Z', text: '1 minute ago' },
  { at: '2026-11-17T09:00:00Z', text: 'yesterday' },
  { at: '2026-08-01T10:00:00Z', text: '3 months ago' },
])('$at was $text', ({ at, text }) => {
  expect(formatAgo(Temporal.Instant.from(at), Temporal.Instant.from('2026-11-18T10:00:00Z'), 'en')).toBe(text)
})

test.each([
  { locale: 'en-US', text: '6 AM' },
  { locale: 'en-GB', text: '06:00' },
  { locale: 'de', text: '06:00' },
])('six in the morning is $text under a chart in $locale', ({ locale, text }) => {
  expect(formatTick(at('2026-11-03T06:00'), 'hour', false, locale).replaceAll(/\s/g, ' ')).toBe(text)
})

test('at midnight, the day is named instead of the hour', () => {
  expect(formatTick(at('2026-11-03T00:00'), 'hour', true, 'en-GB')).toBe('3 Nov')
})
