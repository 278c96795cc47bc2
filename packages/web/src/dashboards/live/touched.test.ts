import { expect, test } from 'vitest'
import { isTouched } from './touched.ts'

const change = { cubes: ['web'], from: '2026-11-18T10:00:00Z', to: '2026-11-18T10:00:01Z' }
const day = (date: string) => ({
  from: `${date}T00:00:00Z`,
  to: Temporal.Instant.from(`${date}T00:00:00Z`).add({ hours: 24 }).toString(),
})
const lastWeek = { compare: [{ with: 'previous_week' }] }

test.each([
  { question: { cube: 'web', ...day('2026-11-18') }, touched: true },
  { question: { cube: 'web', ...day('2026-11-17') }, touched: false },
  { question: { cube: 'web', ...day('2026-11-19') }, touched: false },
  { question: { cube: 'web', from: '2026-11-17T00:00:00Z', to: '2026-11-18T10:00:00Z' }, touched: false },
  { question: { cube: 'mobile', ...day('2026-11-18') }, touched: false },
  { question: { cube: 'web', ...day('2026-11-19'), ...lastWeek }, touched: true },
  { question: { cube: 'web', ...day('2026-11-17'), ...lastWeek }, touched: false },
  { question: { cube: 'web', ...day('2026-11-01'), range: '7d' }, touched: true },
  { question: { cube: 'mobile', ...day('2026-11-01'), range: '7d' }, touched: false },
  { question: day('2026-11-18'), touched: true },
  { question: day('2026-11-17'), touched: false },
])('$question is touched: $touched', ({ question, touched }) => {
  expect(isTouched([question], change)).toBe(touched)
})

test('one of several questions is enough', () => {
  expect(
    isTouched(
      [
        { cube: 'mobile', ...day('2026-11-18') },
        { cube: 'web', ...day('2026-11-18') },
      ],
      change,
    ),
  ).toBe(true)
  expect(isTouched([], change)).toBe(false)
})
