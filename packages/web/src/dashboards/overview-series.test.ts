import { expect, test } from 'vitest'
import { bucketsOf } from './buckets.ts'
import { figuresOf, seriesOf } from './overview-series.ts'

const from = Temporal.ZonedDateTime.from('2026-11-17T00:00[Europe/Berlin]')
const buckets = bucketsOf({ from, to: from.add({ days: 4 }) }, 'day', 1)
const now = Temporal.Instant.from('2026-11-18T12:00Z')
const row = { time: '2026-11-18T00:00:00+01:00', hits: 7, visitors: 3, bytes: 100, errors: 0 }

test('past buckets without a row are zero, those ahead are unknown', () => {
  const points = seriesOf([row], buckets, now).map(({ state, figures }) => [state, figures?.hits])
  expect(points).toEqual([
    ['closed', 0],
    ['open', 7],
    ['ahead', undefined],
    ['ahead', undefined],
  ])
})

test('zeros that the server fills in ahead are not figures', () => {
  const zero = { ...row, time: '2026-11-20T00:00:00+01:00', hits: 0 }
  expect(seriesOf([zero], buckets, now)[3]?.figures).toBeUndefined()
})

test('a row finds its bucket by the instant, not by the text', () => {
  const [, second] = seriesOf([{ ...row, time: '2026-11-17T23:00:00Z' }], buckets, now)
  expect(second?.figures?.hits).toBe(7)
})

test('an event ahead of our clock is shown', () => {
  const points = seriesOf([{ ...row, time: '2026-11-19T00:00:00+01:00' }], buckets, now)
  expect(points[2]?.figures?.hits).toBe(7)
})

test('no row at all is all zeros', () => {
  expect(figuresOf(undefined)).toEqual({ hits: 0, visitors: 0, bytes: 0, errors: 0 })
})
