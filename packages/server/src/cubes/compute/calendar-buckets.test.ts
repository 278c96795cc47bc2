import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { expect, test } from 'vitest'
import { testCube } from '../testing/test-cube.ts'
import { bucketsAround } from './calendar-buckets.ts'

const cubeIn = (timezone: string, step: 'hour' | 'quarter_hour' = 'quarter_hour'): CubeDefinition =>
  testCube({ timezone, rollups: [{ dimensions: [], step }] })
const seconds = (text: string) => Temporal.Instant.from(text).epochMilliseconds / 1000
const texts = (buckets: readonly { from: number; to: number }[], timezone: string) =>
  buckets.map(({ from, to }) =>
    [from, to]
      .map((at) => Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(timezone))
      .map((at) => at.toPlainDateTime().toString({ smallestUnit: 'minute' }))
      .join(' – '),
  )

test.each([
  { zone: 'UTC', hour: '2026-05-17T23:00Z', days: ['2026-05-17T00:00 – 2026-05-18T00:00'] },
  { zone: 'Europe/Berlin', hour: '2026-03-29T10:00Z', days: ['2026-03-29T00:00 – 2026-03-30T00:00'] },
  {
    zone: 'Asia/Kathmandu',
    hour: '2026-05-17T18:00Z',
    days: ['2026-05-17T00:00 – 2026-05-18T00:00', '2026-05-18T00:00 – 2026-05-19T00:00'],
  },
  { zone: 'Pacific/Apia', hour: '2011-12-30T09:00Z', days: ['2011-12-29T00:00 – 2011-12-31T00:00'] },
  { zone: 'Pacific/Apia', hour: '2011-12-30T10:00Z', days: ['2011-12-31T00:00 – 2012-01-01T00:00'] },
])('the hour $hour lies in the days $days of $zone', ({ zone, hour, days }) => {
  expect(texts(bucketsAround(cubeIn(zone), 'day', [seconds(hour)]), zone)).toEqual(days)
})

test('hours far apart touch the days they lie in, and none between', () => {
  const hours = ['2026-01-31T23:00Z', '2026-01-31T22:00Z', '2026-03-02T00:00Z'].map(seconds)
  expect(texts(bucketsAround(cubeIn('UTC'), 'day', hours), 'UTC')).toEqual([
    '2026-01-31T00:00 – 2026-02-01T00:00',
    '2026-03-02T00:00 – 2026-03-03T00:00',
  ])
  expect(texts(bucketsAround(cubeIn('UTC'), 'month', hours), 'UTC')).toEqual([
    '2026-01-01T00:00 – 2026-02-01T00:00',
    '2026-03-01T00:00 – 2026-04-01T00:00',
  ])
})

test('a day of a zone at :30 is not kept where rows are kept by the hour, and neither is its month', () => {
  const hour = seconds('2016-06-15T03:00Z')
  for (const level of ['day', 'month'] as const) {
    expect(bucketsAround(cubeIn('Asia/Pyongyang', 'hour'), level, [hour])).toMatchObject([{ isKept: false }])
    expect(bucketsAround(cubeIn('Asia/Pyongyang'), level, [hour])).toMatchObject([{ isKept: true }])
  }
  expect(bucketsAround(cubeIn('Asia/Pyongyang', 'hour'), 'day', [seconds('2020-06-15T03:00Z')])).toMatchObject([
    { isKept: true },
  ])
})

test('a day that begins before 1970 or ends after 2106 is not kept', () => {
  expect(bucketsAround(cubeIn('Asia/Tokyo'), 'day', [0])).toMatchObject([{ isKept: false }])
  expect(bucketsAround(cubeIn('UTC'), 'day', [2 ** 32 - 3600])).toMatchObject([{ isKept: false }])
  expect(bucketsAround(cubeIn('UTC'), 'day', [0])).toMatchObject([{ isKept: true }])
})
