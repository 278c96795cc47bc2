import { expect, test } from 'vitest'
import { correctedTime, timeInMs, tooEarly } from './event-time.ts'

test.each([
  { unit: 'text', time: '2026-01-15T12:00:00.250+02:00' },
  { unit: 'seconds', time: 1_768_471_200.25 },
  { unit: 'milliseconds', time: 1_768_471_200_250 },
  { unit: 'microseconds', time: 1_768_471_200_250_000 },
])('a time in $unit is understood by its size', ({ time }) => {
  expect(timeInMs(time)).toBe(Date.parse('2026-01-15T10:00:00.250Z'))
})

test('a number in nanoseconds is no time', () => {
  expect(timeInMs(1_768_471_200_250_000_000)).toBeNaN()
})

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const RECEIVED = Date.parse('2026-01-15T12:00:00Z')
const ago = (ms: number | undefined) => (ms === undefined ? undefined : RECEIVED - ms)

test.each([
  { what: 'no time at all is the receipt', time: undefined, sent: undefined, at: 0 },
  { what: 'without the time of sending, the time is believed', time: 3 * HOUR, sent: undefined, at: 3 * HOUR },
  { what: 'a right clock is left alone', time: 3 * HOUR, sent: 10_000, at: 3 * HOUR },
  { what: 'a clock that is slow by an hour is put right', time: 3 * HOUR, sent: HOUR, at: 2 * HOUR },
  { what: 'a clock that is fast by an hour is put right', time: 2 * HOUR, sent: -HOUR, at: 3 * HOUR },
  { what: 'a clock that is fast by years is put right', time: -90_000 * HOUR, sent: -90_001 * HOUR, at: HOUR },
  { what: 'a little in the future is believed', time: -MINUTE, sent: undefined, at: -MINUTE },
  { what: 'further in the future is the receipt', time: -MINUTE - 1, sent: undefined, at: 0 },
  { what: 'what was sent before it happened is the receipt', time: HOUR, sent: 3 * HOUR, at: 0 },
])('$what', ({ time, sent, at }) => {
  expect(correctedTime({ timeMs: ago(time), sentAtMs: ago(sent) }, RECEIVED)).toBe(RECEIVED - at)
})

test('a time before 1990 is too early', () => {
  expect(tooEarly(Date.UTC(1990, 0, 1))).toBeUndefined()
  expect(tooEarly(Date.UTC(1990, 0, 1) - 1)).toBe('expected a time after 1990, got 1989-12-31T23:59:59.999Z')
})
