import { expect, test } from 'vitest'
import { parseTypedRange, spokenRange } from './spoken-range.ts'

// A Sunday.
const now = Temporal.ZonedDateTime.from('2026-11-22T19:00[Europe/Berlin]')

test.each([
  { typed: 'last 3 weeks', text: 'now-3w to now' },
  { typed: 'Past 2 Weeks', text: 'now-2w to now' },
  { typed: ' past  two weeks ', text: 'now-2w to now' },
  { typed: 'last twelve days', text: 'now-12d to now' },
  { typed: 'last 14 days', text: 'now-14d to now' },
  { typed: 'last seven days', text: '7d' },
  { typed: 'past 12 months', text: '12mo' },
  { typed: 'last 2 quarters', text: 'now-2q to now' },
  { typed: 'past week', text: 'now-1w to now' },
  { typed: 'last week', text: 'last-week' },
  { typed: 'last month', text: 'last-month' },
  { typed: 'LAST QUARTER', text: 'last-quarter' },
  { typed: 'last year', text: 'last-year' },
  { typed: 'this week', text: 'this-week' },
  { typed: 'this year', text: 'this-year' },
  { typed: 'month to date', text: 'now/M to now' },
  { typed: 'today', text: 'today' },
  { typed: 'Yesterday', text: 'yesterday' },
  { typed: 'march', text: '2026-03' },
  { typed: 'Mar 2025', text: '2025-03' },
  { typed: 'sept. 2026', text: '2026-09' },
  { typed: 'november', text: '2026-11' },
  { typed: 'december', text: '2025-12' },
  { typed: 'q3 2026', text: '2026-07-01 to 2026-10-01' },
  { typed: '2025 Q4', text: '2025-10-01 to 2026-01-01' },
  { typed: 'q4', text: '2026-10-01 to 2027-01-01' },
  { typed: 'since monday', text: '2026-11-16 to now' },
  { typed: 'since sun', text: '2026-11-22 to now' },
  { typed: 'since 3 march', text: '2026-03-03 to now' },
  { typed: 'since March 3rd, 2024', text: '2024-03-03 to now' },
  { typed: 'since 24 december', text: '2025-12-24 to now' },
  { typed: 'since 29 february', text: '2024-02-29 to now' },
  { typed: 'since march', text: '2026-03 to now' },
  { typed: 'since yesterday', text: '2026-11-21 to now' },
  { typed: 'since 2025', text: '2025 to now' },
  { typed: '3 march', text: '2026-03-03' },
])('"$typed" means $text, which is a range', ({ typed, text }) => {
  expect(spokenRange(typed, now)).toBe(text)
  expect(parseTypedRange(typed, now)).toMatchObject({ text, range: {} })
})

test.each([
  'last',
  'last 0 days',
  'ma',
  'marchy',
  'q5',
  '2025 q1 2026',
  'since',
  'since 31 april',
  'since constructor',
  '31 april 2026',
  '12',
])('"%s" means nothing', (typed) => {
  expect(spokenRange(typed, now)).toBeUndefined()
  expect(parseTypedRange(typed, now)).toMatchObject({ problem: expect.stringContaining('such as last 3 weeks') })
})

test.each(['2025', 'now-7d/d to now', '28d', '2026-01-01 to 2026-02-01'])('%s stays as it is', (typed) => {
  expect(parseTypedRange(typed, now)).toMatchObject({ text: typed, range: {} })
})

test('last week begins on the first day of the reader', () => {
  const [monday, sunday] = [1, 7].map((first) => parseTypedRange('last week', now, first))
  const begins = (parsed: typeof monday) => parsed && 'range' in parsed && parsed.range.from.toPlainDate().toString()
  expect([monday, sunday].map(begins)).toEqual(['2026-11-09', '2026-11-15'])
})

test('the day is that of the zone of the reader', () => {
  const late = Temporal.ZonedDateTime.from('2026-11-30T23:30[America/New_York]')
  expect(spokenRange('december', late)).toBe('2025-12')
  expect(spokenRange('december', late.withTimeZone('Asia/Tokyo'))).toBe('2026-12')
})

test('what ends before it begins says so', () => {
  expect(parseTypedRange('2026-02-01 to 2026-01-01', now)).toMatchObject({
    problem: expect.stringContaining('ends before it begins'),
  })
})
