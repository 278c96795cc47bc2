import { expect, test } from 'vitest'
import { type HealthRow, healthFigures, healthSpans } from './health-figures.ts'

const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds
const row = (overrides: Partial<HealthRow>): HealthRow => ({
  kind: 'accepted',
  reason: '',
  recent: 0,
  lastHour: 0,
  today: 0,
  ...overrides,
})

test.each([
  { now: '2026-01-15T12:30:45Z', timezone: 'UTC', today: '2026-01-15T00:00:00Z' },
  { now: '2026-01-15T23:30:00Z', timezone: 'Europe/Berlin', today: '2026-01-15T23:00:00Z' },
  { now: '2026-03-29T12:00:00Z', timezone: 'Europe/Berlin', today: '2026-03-28T23:00:00Z' },
  { now: '2026-01-15T12:30:45Z', timezone: 'Asia/Kathmandu', today: '2026-01-14T18:15:00Z' },
])('at $now, today began at $today in $timezone', ({ now, timezone, today }) => {
  expect(healthSpans(at(now), timezone).todayFromMs).toBe(at(today))
})

test('the last hour is this minute and the fifty-nine before it', () => {
  const { hourFromMs, rateFromMs } = healthSpans(at('2026-01-15T12:30:45Z'), 'UTC')

  expect(hourFromMs).toBe(at('2026-01-15T11:31:00Z'))
  expect(rateFromMs).toBe(at('2026-01-15T12:29:00Z'))
})

test('events a second are those of this and the last minute by the time that passed of them', () => {
  const spans = healthSpans(at('2026-01-15T12:30:30Z'), 'UTC')
  const rows = [row({ recent: 900 }), row({ kind: 'filtered', recent: 500, reason: 'path' })]

  expect(healthFigures({ rows, lastEventAt: undefined }, spans).eventsPerSecond).toBe(10)
})

test('reasons are in the order of how many there are, those of another span are left out', () => {
  const rows = [
    row({ kind: 'rejected', reason: 'a', lastHour: 1, today: 9 }),
    row({ kind: 'rejected', reason: 'b', lastHour: 5, today: 5 }),
    row({ kind: 'rejected', reason: 'c', today: 1 }),
    row({ kind: 'filtered', reason: 'path', lastHour: 2, today: 2 }),
    row({ kind: 'duplicate', lastHour: 3, today: 4 }),
    row({ lastHour: 10, today: 20 }),
  ]
  const figures = healthFigures({ rows, lastEventAt: new Date(5) }, healthSpans(0, 'UTC'))

  expect(figures.lastHour).toEqual({
    accepted: 10,
    duplicates: 3,
    rejected: [
      { reason: 'b', count: 5 },
      { reason: 'a', count: 1 },
    ],
    filtered: [{ reason: 'path', count: 2 }],
  })
  expect(figures.today.rejected.map(({ reason }) => reason)).toEqual(['a', 'b', 'c'])
  expect(figures.lastEventAt).toEqual(new Date(5))
})
