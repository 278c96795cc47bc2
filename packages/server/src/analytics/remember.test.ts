import { expect, test } from 'vitest'
import { remember } from './remember.ts'

test('who asks while the answer is fresh gets the same one, and a new one after that', async () => {
  let [count, nowMs] = [0, 0]
  const ask = remember(
    async () => ++count,
    1000,
    () => nowMs,
  )
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1])
  nowMs = 999
  expect(await ask()).toBe(1)
  nowMs = 1000
  expect(await ask()).toBe(2)
})

test('a failure is not kept', async () => {
  let isAway = true
  const ask = remember(
    async () => {
      if (isAway) throw new Error('away')
      return 'here'
    },
    1000,
    () => 0,
  )
  await expect(ask()).rejects.toThrow('away')
  isAway = false
  expect(await ask()).toBe('here')
})
