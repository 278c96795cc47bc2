import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startTrashLoop } from './trash-loop.ts'

const START = Date.UTC(2026, 0, 1)
const HOUR_MS = 3_600_000
beforeEach(() => vi.useFakeTimers({ now: START }))
afterEach(() => vi.useRealTimers())

test('what has been in the trash too long is looked for at once, and then once an hour', async () => {
  const asked: number[] = []
  const trash = { empty: async (now: Date) => asked.push(now.getTime() - START) }
  const loop = startTrashLoop({ trash, logger: pino({ enabled: false }), now: Date.now })

  await vi.advanceTimersByTimeAsync(2 * HOUR_MS + 1000)
  await loop.stop()
  await vi.advanceTimersByTimeAsync(HOUR_MS)
  expect(asked).toEqual([0, HOUR_MS, 2 * HOUR_MS])
})
