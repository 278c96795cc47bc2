import { expect, test } from 'vitest'
import { healthReason } from './health-reason.ts'

test.each([
  { message: 'time: expected a time from 1970 on, got 12', reason: 'time: expected a time from 1970 on' },
  { message: 'Invalid input: expected string, received number', reason: 'Invalid input: expected string' },
  {
    message: `could not be understood: Unexpected token 'x', "{"ip":"192.0.2.7"" is not valid JSON`,
    reason: 'could not be understood',
  },
  { message: 'a\n  b', reason: 'a b' },
  { message: '', reason: '' },
])('"$message" is counted as "$reason"', ({ message, reason }) => {
  expect(healthReason(message)).toBe(reason)
})

test('a long reason is cut', () => {
  expect(healthReason('x'.repeat(100_000))).toHaveLength(160)
})
