import { expect, test } from 'vitest'
import { TINY_CUBE } from '../feeds/testing/tiny-cube.ts'
import { stepPlan } from './step-plan.ts'

const plan = (seconds: number, name: string) => {
  const measure = TINY_CUBE.measures[name]
  if (!measure) throw new Error(`no measure ${name}`)
  const { grain, mode, warning } = stepPlan(seconds, measure)
  return [grain, mode, warning !== undefined]
}

test.each([
  { seconds: 15, hits: ['minute', 'bucket', true], visitors: ['minute', 'bucket', true] },
  { seconds: 60, hits: ['minute', 'bucket', false], visitors: ['minute', 'bucket', false] },
  { seconds: 300, hits: ['minute', 'sum', true], visitors: ['quarter_hour', 'bucket', true] },
  { seconds: 900, hits: ['quarter_hour', 'bucket', false], visitors: ['quarter_hour', 'bucket', false] },
  { seconds: 1800, hits: ['quarter_hour', 'sum', true], visitors: ['hour', 'bucket', true] },
  { seconds: 3601, hits: ['day', 'bucket', true], visitors: ['day', 'bucket', true] },
  { seconds: 86_400, hits: ['day', 'bucket', false], visitors: ['day', 'bucket', false] },
  { seconds: 172_800, hits: ['day', 'sum', true], visitors: ['week', 'bucket', true] },
  { seconds: 604_800, hits: ['week', 'bucket', false], visitors: ['week', 'bucket', false] },
  { seconds: 2_592_000, hits: ['day', 'sum', true], visitors: ['month', 'bucket', true] },
])('a step of $seconds s adds up hits and never visitors', ({ seconds, hits, visitors }) => {
  expect(plan(seconds, 'hits')).toEqual(hits)
  expect(plan(seconds, 'visitors')).toEqual(visitors)
})

test('a step longer than a year is refused for what does not add up', () => {
  expect(() => plan(400 * 86_400, 'visitors')).toThrow('longer than a year')
})
