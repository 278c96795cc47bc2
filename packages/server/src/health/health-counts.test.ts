import { expect, test } from 'vitest'
import { createHealthCounts, type HealthCount } from './health-counts.ts'

const one = (overrides: Partial<HealthCount> = {}): HealthCount => ({
  source: 'website',
  environment: 'production',
  minuteMs: 0,
  kind: 'accepted',
  reason: '',
  count: 1,
  ...overrides,
})

test('what is alike is added up, and given out once', () => {
  const counts = createHealthCounts()
  counts.add(one())
  counts.add(one({ count: 4 }))
  counts.add(one({ environment: 'sandbox' }))
  counts.add(one({ minuteMs: 60_000 }))
  counts.add(one({ kind: 'rejected', reason: 'too long' }))

  expect(counts.drain().map(({ count }) => count)).toEqual([5, 1, 1, 1])
  expect(counts.drain()).toEqual([])
})

test('counts that are put back are added to those that came since', () => {
  const counts = createHealthCounts()
  counts.add(one({ count: 2 }))
  const drained = counts.drain()
  counts.add(one({ count: 3 }))
  for (const count of drained) counts.add(count)

  expect(counts.drain()).toEqual([one({ count: 5 })])
})

test('a source that finds ever new reasons has the rest counted as other, and no count is lost', () => {
  const counts = createHealthCounts()
  for (let i = 0; i < 1000; i++) counts.add(one({ kind: 'rejected', reason: `reason ${i}` }))
  counts.add(one({ source: 'shop', kind: 'rejected', reason: 'another' }))
  const drained = counts.drain()

  expect(drained).toHaveLength(52)
  expect(drained.reduce((sum, { count }) => sum + count, 0)).toBe(1001)
  expect(drained.find(({ reason }) => reason === 'other')?.count).toBe(950)
  expect(drained.at(-1)).toMatchObject({ source: 'shop', reason: 'another' })
})

test('memory is bounded while nobody takes the counts', () => {
  const counts = createHealthCounts()
  for (let i = 0; i < 50_000; i++) counts.add(one({ minuteMs: i * 60_000 }))

  expect(counts.drain()).toHaveLength(20_000)
})
