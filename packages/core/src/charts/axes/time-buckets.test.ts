import { expect, test } from 'vitest'
import type { Frame } from '../frame.ts'
import { frameOf, TIME } from '../testing/frames-parts.ts'
import { timeBuckets } from './time-buckets.ts'

const bucketsOf = (times: readonly string[], more: Partial<Frame> = {}) =>
  timeBuckets(
    frameOf(
      [TIME],
      times.map((time) => ({ time })),
      more,
    ),
    'time',
  )
const days = ({ buckets }: ReturnType<typeof bucketsOf>) => buckets.map(({ start }) => start.toPlainDate().toString())

test('days without a row have their place, over the day that is an hour longer, too', () => {
  const all = bucketsOf(['2026-10-27T00:00:00+01:00', '2026-10-24T00:00:00+02:00'], { grain: 'day' })
  expect(days(all)).toEqual(['2026-10-24', '2026-10-25', '2026-10-26', '2026-10-27'])
  expect(all.indexes.get('2026-10-27T00:00:00+01:00')).toBe(3)
})

test.each([
  { grain: 'year', times: ['2024-01-01', '2026-01-01'], count: 3 },
  { grain: 'quarter', times: ['2026-02-01', '2026-05-01', '2026-11-01'], count: 4 },
  { grain: 'month', times: ['2026-01-01', '2026-02-01', '2026-04-01'], count: 4 },
  { grain: 'week', times: ['2026-10-05', '2026-10-19'], count: 3 },
  { grain: 'day', times: ['2026-10-05', '2026-10-06', '2026-10-09'], count: 5 },
  { grain: 'hour', times: ['2026-10-05T10:00', '2026-10-05T12:00'], count: 3 },
])('times that look like a $grain are $count of them', ({ grain, times, count }) => {
  const all = bucketsOf(times)
  expect([all.grain, all.buckets.length]).toEqual([grain, count])
})

test('times that are no buckets stand as they are, in order', () => {
  const all = bucketsOf(['2026-10-05T10:00:07', '2026-10-05T09:59:01', '2026-10-06T00:00:00'])
  expect(all.grain).toBeUndefined()
  expect(all.buckets.map(({ text }) => text)).toEqual([
    '2026-10-05T09:59:01',
    '2026-10-05T10:00:07',
    '2026-10-06T00:00:00',
  ])
})

test('two rows a century apart are no hundred years of minutes', () => {
  expect(bucketsOf(['1926-01-01', '2026-01-01'], { grain: 'minute' }).buckets).toHaveLength(2)
})

test('the same instant with another offset is the same bucket', () => {
  const all = bucketsOf(['2026-10-05T00:00:00+02:00', '2026-10-04T22:00:00Z'], { grain: 'day' })
  expect([...all.indexes.values()]).toEqual([0, 0])
})

test('what can grow is open, what has not begun lies ahead, and what the range cuts is a part', () => {
  const { buckets } = bucketsOf(['2026-10-05', '2026-10-06', '2026-10-07'], {
    grain: 'day',
    from: '2026-10-05T10:00:00+02:00',
    to: '2026-10-08T00:00:00+02:00',
    openFrom: '2026-10-06T00:00:00+02:00',
    asOf: '2026-10-06T09:00:00+02:00',
  })
  expect(buckets.map(({ state, isPart }) => [state, isPart])).toEqual([
    ['closed', true],
    ['open', false],
    ['ahead', false],
  ])
})

test('rows without a time have no place', () => {
  expect(bucketsOf(['', 'soon', '2026-10-05'], { grain: 'day' }).buckets).toHaveLength(1)
})
