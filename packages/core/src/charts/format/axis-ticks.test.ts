import { expect, test } from 'vitest'
import { bucketStarts } from '../../time/buckets.ts'
import { axisTicks } from './axis-ticks.ts'

const starts = (from: string, to: string, grain: 'hour' | 'day' | 'week' | 'month') =>
  bucketStarts({
    from: Temporal.ZonedDateTime.from(`${from}[Europe/Berlin]`),
    to: Temporal.ZonedDateTime.from(`${to}[Europe/Berlin]`),
    grain,
    firstDayOfWeek: 1,
    fiscalYearStart: 1,
  })

test('hours are marked on round hours, and midnight is the day', () => {
  const ticks = axisTicks(starts('2026-11-17T11:00', '2026-11-18T11:00', 'hour'), 'hour', 8)
  expect(ticks.map(({ index }) => index)).toEqual([1, 4, 7, 10, 13, 16, 19, 22])
  expect(ticks.filter(({ isMajor }) => isMajor)).toEqual([{ index: 13, isMajor: true }])
})

test('many days are marked on Mondays', () => {
  const days = starts('2026-10-22T00:00', '2026-11-19T00:00', 'day')
  expect(axisTicks(days, 'day', 5).map(({ index }) => days[index]?.dayOfWeek)).toEqual([1, 1, 1, 1])
})

test('the hours of a week on a narrow chart have a label on every second day, and one alone', () => {
  const hours = starts('2026-11-16T00:00', '2026-11-23T00:00', 'hour')
  expect(axisTicks(hours, 'hour', 4).map(({ index }) => hours[index]?.hour)).toEqual([0, 0, 0, 0])
  expect(axisTicks(hours, 'hour', 2).map(({ index }) => index)).toEqual([0])
})

test.each([2, 3, 5, 8, 14])('there are never more than %i labels', (most) => {
  for (const grain of ['hour', 'day', 'week', 'month'] as const) {
    const ticks = axisTicks(
      starts('2026-01-01T00:00', grain === 'hour' ? '2026-01-15T00:00' : '2027-01-01T00:00', grain),
      grain,
      most,
    )
    expect(ticks.length).toBeLessThanOrEqual(most)
    expect(ticks.length).toBeGreaterThan(0)
  }
})
