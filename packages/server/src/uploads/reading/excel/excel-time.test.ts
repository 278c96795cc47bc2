import { expect, test } from 'vitest'
import { excelTime } from './excel-time.ts'

test.each([
  { days: 46_159, kind: 'date', text: '2026-05-17' },
  { days: 46_159.430902777, kind: 'date', text: '2026-05-17T10:20:30' },
  { days: 46_158.999999999, kind: 'date', text: '2026-05-17' },
  { days: 1, kind: 'date', text: '1900-01-01' },
  { days: 59, kind: 'date', text: '1900-02-28' },
  { days: 61, kind: 'date', text: '1900-03-01' },
  { days: 2_958_465, kind: 'date', text: '9999-12-31' },
  { days: 2_958_466, kind: 'date', text: 2_958_466 },
  { days: -1, kind: 'date', text: -1 },
  { days: 0.4375, kind: 'clock', text: '10:30:00' },
  { days: 0.999999999, kind: 'clock', text: '23:59:59' },
  { days: 46_159.4375, kind: 'clock', text: '2026-05-17T10:30:00' },
  { days: 1.50347222, kind: 'duration', text: '36:05:00' },
  { days: -0.5, kind: 'duration', text: '-12:00:00' },
] as const)('$days as a $kind is $text', ({ days, kind, text }) => {
  expect(excelTime(days, kind, false)).toBe(text)
})

test.each([
  { days: 0, text: '1904-01-01' },
  { days: 44_697, text: '2026-05-17' },
])('$days since 1904 is $text', ({ days, text }) => {
  expect(excelTime(days, 'date', true)).toBe(text)
})
