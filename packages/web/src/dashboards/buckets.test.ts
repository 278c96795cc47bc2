import type { Grain } from '@almanac/core/time/grain.ts'
import { expect, test } from 'vitest'
import { bucketsOf } from './buckets.ts'

const range = (from: string, to: string, zone: string) => ({
  from: Temporal.ZonedDateTime.from(`${from}[${zone}]`),
  to: Temporal.ZonedDateTime.from(`${to}[${zone}]`),
})

test.each<{ from: string; to: string; zone: string; grain: Grain; count: number }>([
  { from: '2026-03-29T00:00', to: '2026-03-30T00:00', zone: 'Europe/Berlin', grain: 'hour', count: 23 },
  { from: '2026-10-25T00:00', to: '2026-10-26T00:00', zone: 'Europe/Berlin', grain: 'hour', count: 25 },
  { from: '2026-10-20T00:00', to: '2026-10-30T00:00', zone: 'Europe/Berlin', grain: 'day', count: 10 },
  { from: '2018-11-02T00:00', to: '2018-11-07T00:00', zone: 'America/Sao_Paulo', grain: 'day', count: 5 },
  { from: '2026-11-18T00:00', to: '2026-11-19T00:00', zone: 'Asia/Kathmandu', grain: 'hour', count: 24 },
  { from: '2026-01-01T00:00', to: '2027-01-01T00:00', zone: 'UTC', grain: 'month', count: 12 },
  { from: '2026-01-01T00:00', to: '2027-01-01T00:00', zone: 'UTC', grain: 'quarter', count: 4 },
])('$from to $to in $zone has $count buckets by $grain', ({ from, to, zone, grain, count }) => {
  const buckets = bucketsOf(range(from, to, zone), grain, 1)
  expect(buckets).toHaveLength(count)
  for (const [index, bucket] of buckets.entries()) {
    const next = buckets[index + 1]
    if (next) expect(next.start.equals(bucket.end)).toBe(true)
  }
})

test('the hour that comes twice is two buckets', () => {
  const texts = bucketsOf(range('2026-10-25T01:00', '2026-10-25T04:00', 'Europe/Berlin'), 'hour', 1).map(({ start }) =>
    start.toString({ timeZoneName: 'never' }),
  )
  expect(texts).toEqual([
    '2026-10-25T01:00:00+02:00',
    '2026-10-25T02:00:00+02:00',
    '2026-10-25T02:00:00+01:00',
    '2026-10-25T03:00:00+01:00',
  ])
})

test.each([
  { firstDayOfWeek: 1, start: '2026-11-16' },
  { firstDayOfWeek: 7, start: '2026-11-15' },
])('a week from day $firstDayOfWeek on begins $start', ({ firstDayOfWeek, start }) => {
  const [first] = bucketsOf(range('2026-11-18T00:00', '2026-11-19T00:00', 'UTC'), 'week', firstDayOfWeek)
  expect(first?.start.toPlainDate().toString()).toBe(start)
})
