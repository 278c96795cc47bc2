import { expect, test } from 'vitest'
import { rememberRecent } from './remember.ts'

test('an answer is made once while it is among the last ones asked for', () => {
  const made: number[] = []
  const ask = rememberRecent(2, (key) => {
    made.push(key)
    return { key }
  })
  for (const key of [1, 2, 1, 3, 1, 2]) ask(key)
  expect(made).toEqual([1, 2, 3, 2])
})
