import { expect, test } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

test('two seconds of events come at once, then so many a second', () => {
  const limit = createRateLimit(10)
  const taken = (nowMs: number) =>
    Array.from({ length: 100 }, () => limit.waitMs(1, nowMs)).filter((wait) => wait === 0)

  expect(taken(0)).toHaveLength(20)
  expect(taken(1000)).toHaveLength(10)
  expect(taken(1100)).toHaveLength(1)
  expect(taken(60_000)).toHaveLength(20)
})

test('who comes too early is told how long to wait, and then gets through', () => {
  const limit = createRateLimit(2)
  limit.waitMs(4, 0)

  expect(limit.waitMs(1, 0)).toBe(500)
  expect(limit.waitMs(1, 499)).toBeGreaterThan(0)
  expect(limit.waitMs(1, 500)).toBe(0)
})

test('a batch larger than the burst gets through, and what follows waits for it', () => {
  const limit = createRateLimit(10)

  expect(limit.waitMs(1020, 0)).toBe(0)
  expect(limit.waitMs(1, 0)).toBe(100_100)
  expect(limit.waitMs(1, 100_100)).toBe(0)
})

test('one that is refused uses nothing up', () => {
  const limit = createRateLimit(1)
  limit.waitMs(2, 0)
  for (let i = 0; i < 1000; i++) expect(limit.waitMs(1, 0)).toBe(1000)

  expect(limit.waitMs(1, 1000)).toBe(0)
})

test('a rate below one event a second lets one through now and then', () => {
  const limit = createRateLimit(0.1)

  expect(limit.waitMs(1, 0)).toBe(0)
  expect(limit.waitMs(1, 0)).toBe(10_000)
  expect(limit.waitMs(1, 10_000)).toBe(0)
})

test('a clock that was set back locks nobody out', () => {
  const limit = createRateLimit(1)
  limit.waitMs(2, 1_000_000)

  expect(limit.waitMs(1, 0)).toBe(1000)
  expect(limit.waitMs(1, 1000)).toBe(0)
})
