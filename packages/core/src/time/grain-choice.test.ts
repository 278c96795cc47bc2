import { expect, test } from 'vitest'
import { GRAINS } from './grain.ts'
import { autoGrain, effectiveGrain, FINER_GRAIN, whyUnreadable } from './grain-choice.ts'

const days = (count: number) => {
  const from = Temporal.ZonedDateTime.from('2026-01-01T00:00[Europe/Berlin]')
  return { from, to: from.add({ days: count }) }
}

test.each([
  { count: 1, grain: 'hour' },
  { count: 3, grain: 'hour' },
  { count: 7, grain: 'day' },
  { count: 90, grain: 'day' },
  { count: 120, grain: 'week' },
  { count: 365, grain: 'week' },
  { count: 1000, grain: 'month' },
  { count: 7000, grain: 'quarter' },
  { count: 20_000, grain: 'year' },
])('$count days are drawn by $grain', ({ count, grain }) => {
  expect(autoGrain(days(count))).toBe(grain)
})

test.each([
  { hours: 1, grain: 'minute' },
  { hours: 1.5, grain: 'minute' },
  { hours: 3, grain: 'quarter_hour' },
  { hours: 22, grain: 'quarter_hour' },
  { hours: 25, grain: 'hour' },
])('$hours hours are drawn by $grain', ({ hours, grain }) => {
  const { from } = days(1)
  expect(autoGrain({ from, to: from.add({ minutes: hours * 60 }) })).toBe(grain)
})

test.each([
  { count: 28, grain: 'hour', why: /about 672 points/ },
  { count: 7, grain: 'quarter_hour', why: /By quarter hour, .* about 672 points/ },
  { count: 1, grain: 'day', why: /not longer than one day/ },
  { count: 5, grain: 'week', why: /not longer than one week/ },
] as const)('by $grain, $count days are refused with the reason', ({ count, grain, why }) => {
  expect(whyUnreadable(days(count), grain)).toMatch(why)
})

test.each([
  { count: 7, grain: 'hour' },
  { count: 90, grain: 'week' },
  { count: 365, grain: 'day' },
] as const)('by $grain, $count days can be read', ({ count, grain }) => {
  expect(whyUnreadable(days(count), grain)).toBeUndefined()
})

test('a grain that can’t be read gives way to the automatic one', () => {
  expect(effectiveGrain(days(365), 'hour')).toBe('week')
  expect(effectiveGrain(days(365), 'month')).toBe('month')
  expect(effectiveGrain(days(365), undefined)).toBe('week')
})

test('looking into a bucket leads to ever finer grains, and ends', () => {
  for (const grain of GRAINS) {
    const finer = FINER_GRAIN[grain]
    if (finer) expect(GRAINS.indexOf(finer)).toBeLessThan(GRAINS.indexOf(grain))
    else expect(grain).toBe('minute')
  }
})
