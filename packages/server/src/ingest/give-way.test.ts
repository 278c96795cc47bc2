import { expect, test } from 'vitest'
import { createGiveWay, type Moment, processorTimes, type StoredBatch } from './give-way.ts'

const BATCH: StoredBatch = { frames: 16_000, bytes: 8_000_000, elapsedMs: 400, backlogBytes: 4_000_000 }
/** A second in which 30,000 requests came and both processors were busy. */
const RUSH = { bytes: 15_000_000, idleMs: 40 }

function pauseAfter(second: { bytes: number; idleMs: number }, batch: Partial<StoredBatch> = {}): number {
  const moments: Moment[] = [
    { atMs: 0, durableEnd: 100, processors: { idle: 5000, all: 9000 } },
    { atMs: 1000, durableEnd: 100 + second.bytes, processors: { idle: 5000 + second.idleMs, all: 11_000 } },
  ]
  let i = 0
  return createGiveWay(() => moments[i++] as Moment)({ ...BATCH, ...batch })
}

test('in a rush of requests on busy processors it rests for three times as long as it worked', () => {
  expect(pauseAfter(RUSH)).toBeCloseTo(1200)
  expect(pauseAfter(RUSH, { elapsedMs: 2000 })).toBeCloseTo(6000)
  expect(pauseAfter(RUSH, { elapsedMs: 60_000 })).toBe(6000)
})

test.each([
  { why: 'the processors have time', second: { ...RUSH, idleMs: 600 } },
  { why: 'few requests come', second: { ...RUSH, bytes: 2_000_000 } },
  { why: 'the requests carry many events each', second: RUSH, batch: { frames: 160 } },
  { why: 'too much waits', second: RUSH, batch: { backlogBytes: 600_000_000 } },
  { why: 'nothing was read', second: RUSH, batch: { frames: 0, bytes: 0 } },
])('as fast as it can: $why', ({ second, batch }) => {
  expect(pauseAfter(second, batch)).toBe(0)
})

test('each batch is judged by what came since the one before', () => {
  const moments = [0, 1, 2].map((n) => ({
    atMs: n * 1000,
    durableEnd: n === 2 ? 15_000_000 : 15_000_000 * n,
    processors: { idle: 0, all: n * 2000 },
  }))
  const giveWay = createGiveWay(() => moments.shift() as Moment)
  expect([giveWay(BATCH), giveWay(BATCH)]).toEqual([expect.closeTo(1200), 0])
})

test('the processors say how much of their time was idle', () => {
  const { idle, all } = processorTimes()
  expect(idle).toBeGreaterThan(0)
  expect(all).toBeGreaterThan(idle)
})
