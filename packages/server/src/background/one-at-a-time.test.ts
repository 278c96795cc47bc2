import { expect, test } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

test('asked several times during a run, it runs once more', async () => {
  const ends: (() => void)[] = []
  const run = oneAtATime(() => new Promise<void>((resolve) => ends.push(resolve)))
  run.ask()
  expect(ends).toHaveLength(1)
  for (let n = 0; n < 3; n++) run.ask()
  expect(ends).toHaveLength(1)

  ends[0]?.()
  await Promise.resolve()
  expect(ends).toHaveLength(2)
  ends[1]?.()
  await run.stop()
  expect(ends).toHaveLength(2)
})

test('stopped, it waits for the run under way and starts no other', async () => {
  const ends: (() => void)[] = []
  const run = oneAtATime(() => new Promise<void>((resolve) => ends.push(resolve)))
  run.ask()
  run.ask()
  const stopped = run.stop()
  ends[0]?.()
  await stopped
  run.ask()

  expect(ends).toHaveLength(1)
})
