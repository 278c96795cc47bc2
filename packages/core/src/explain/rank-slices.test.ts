import { expect, test } from 'vitest'
import type { SliceFigures } from './contributions.ts'
import { dimensionAnswer, type SlicedFigures, scoredSlices, tellingPairs, topSlices } from './rank-slices.ts'

const sums = (previous: number, current: number): SliceFigures => ({
  previous: { sum: previous },
  current: { sum: current },
})
const sliced = (dimension: string, figures: Record<string, SliceFigures>, isComplete = true): SlicedFigures => ({
  slices: Object.entries(figures).map(([value, one]) => ({ key: { [dimension]: value }, figures: one })),
  isComplete,
})

const WHOLE = sums(1000, 900)
const DEVICES = sliced('device', { phone: sums(500, 400), desktop: sums(400, 400), tablet: sums(100, 100) })
const COUNTRIES = sliced('country', { DE: sums(300, 205), FR: sums(400, 398), PL: sums(300, 297) })
const ENVIRONMENTS = sliced('environment', { production: WHOLE })

test('the slice that moved stands first, and dimensions with one value are nowhere', () => {
  const slices = [DEVICES, COUNTRIES, ENVIRONMENTS].flatMap((one) => scoredSlices(one, WHOLE))
  const top = topSlices(slices, 2)
  expect(top.map(({ dimensions }) => dimensions)).toEqual([{ country: 'DE' }, { device: 'phone' }])
  expect(top[0]).toMatchObject({ contribution: -95, share: 0.95, expected: -30, excess: -65 })
  expect(topSlices(slices, 100).map(({ dimensions }) => dimensions)).not.toContainEqual({ environment: 'production' })
})

test('the same rows by another name are listed once', () => {
  const campaigns = sliced('campaign', { spring: sums(500, 400), '': sums(500, 500) })
  const [first, ...others] = topSlices(
    [DEVICES, campaigns].flatMap((one) => scoredSlices(one, WHOLE)),
    10,
  )
  expect(first).toMatchObject({ dimensions: { campaign: 'spring' }, alike: [{ device: 'phone' }] })
  expect(others.map(({ dimensions }) => dimensions)).not.toContainEqual({ device: 'phone' })
})

test('what is not listed is counted exactly', () => {
  const answer = dimensionAnswer({ name: 'country', label: 'Country' }, COUNTRIES, WHOLE, 1)
  expect(answer).toMatchObject({
    values: 3,
    slices: [{ dimensions: { country: 'DE' } }],
    rest: {
      previous: { value: 700 },
      current: { value: 695 },
      contribution: -5,
      share: 0.05,
      values: 2,
      hasUncompared: false,
    },
  })
})

test('of a dimension with more values than were compared, the rest has those too', () => {
  const some = sliced('path', { '/a': sums(10, 20), '/b': sums(5, 5) }, false)
  const { rest } = dimensionAnswer({ name: 'path', label: 'Page' }, some, WHOLE, 10)
  expect(rest).toMatchObject({ previous: { value: 985 }, current: { value: 875 }, values: 0, hasUncompared: true })
})

test('a dimension whose values are all listed has no rest', () => {
  expect(dimensionAnswer({ name: 'device', label: 'Device' }, DEVICES, WHOLE, 10)).not.toHaveProperty('rest')
})

test('the rest of a ratio is a ratio', () => {
  const figures = (a: number, b: number) => ({ sum: a, denominator: b })
  const whole = { previous: figures(30, 100), current: figures(40, 100) }
  const a = { previous: figures(10, 50), current: figures(25, 60) }
  const b = { previous: figures(20, 50), current: figures(15, 40) }
  const { rest, slices } = dimensionAnswer({ name: 'c', label: 'C' }, sliced('c', { a, b }), whole, 1)
  expect(rest).toMatchObject({ previous: { numerator: 20, denominator: 50, value: 0.4 }, current: { value: 0.375 } })
  expect((slices[0]?.contribution ?? 0) + (rest?.contribution ?? 0)).toBeCloseTo(0.1, 12)
})

test('a pair is told when it says more than each of its dimensions, and not when one of them is no choice', () => {
  const singles = [DEVICES, COUNTRIES, ENVIRONMENTS].flatMap((one) => scoredSlices(one, WHOLE))
  const pairs = scoredSlices(
    {
      slices: [
        { key: { device: 'phone', country: 'DE' }, figures: sums(150, 55) },
        { key: { device: 'phone', environment: 'production' }, figures: sums(500, 400) },
      ],
      isComplete: true,
    },
    WHOLE,
  )
  expect(tellingPairs(pairs, singles).map(({ dimensions }) => dimensions)).toEqual([{ device: 'phone', country: 'DE' }])
})
