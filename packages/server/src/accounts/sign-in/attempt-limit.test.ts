import { expect, test } from 'vitest'
import { createAttemptLimit } from './attempt-limit.ts'

function limitWithClock(maxNames = 100) {
  const clock = { ms: 1_000_000 }
  const limit = createAttemptLimit({ maxFailures: 3, windowMs: 60_000, now: () => clock.ms, maxNames })
  return { clock, limit }
}

test('after too many failures the name waits until its window ends', () => {
  const { clock, limit } = limitWithClock()
  limit.fail('ada')
  clock.ms += 10_000
  limit.fail('ada')
  expect(limit.waitMs('ada')).toBe(0)

  limit.fail('ada')
  expect(limit.waitMs('ada')).toBe(50_000)

  clock.ms += 50_000
  expect(limit.waitMs('ada')).toBe(0)
})

test('a success forgets the failures of that name alone', () => {
  const { limit } = limitWithClock()
  for (const name of ['ada', 'ada', 'ada', 'bob', 'bob', 'bob']) limit.fail(name)

  limit.succeed('ada')

  expect(limit.waitMs('ada')).toBe(0)
  expect(limit.waitMs('bob')).toBe(60_000)
})

test('the number of names kept is bounded', () => {
  const { limit } = limitWithClock(2)
  for (const name of ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'c']) limit.fail(name)

  expect(limit.waitMs('a')).toBe(0)
  expect(limit.waitMs('b')).toBe(60_000)
  expect(limit.waitMs('c')).toBe(60_000)
})
