import { expect, test } from 'vitest'
import { type Contribution, contributionOf, type Figures, figureOf, type SliceFigures } from './contributions.ts'

const sums = (previous: number, current: number): SliceFigures => ({
  previous: { sum: previous },
  current: { sum: current },
})
const ratios = (before: [number, number], after: [number, number]): SliceFigures => ({
  previous: { sum: before[0], denominator: before[1] },
  current: { sum: after[0], denominator: after[1] },
})

function wholeOf(slices: readonly SliceFigures[]): SliceFigures {
  const added = (side: keyof SliceFigures): Figures => {
    const sum = slices.reduce((total, slice) => total + slice[side].sum, 0)
    if (slices[0]?.[side].denominator === undefined) return { sum }
    return { sum, denominator: slices.reduce((total, slice) => total + (slice[side].denominator ?? 0), 0) }
  }
  return { previous: added('previous'), current: added('current') }
}

function explain(slices: readonly SliceFigures[]): Contribution[] {
  const whole = wholeOf(slices)
  return slices.map((slice) => contributionOf(slice, whole))
}

const total = (contributions: readonly Contribution[], key: 'contribution' | 'excess') =>
  contributions.reduce((sum, one) => sum + one[key], 0)

test('a slice that alone has changed accounts for the whole difference, and the others for nothing', () => {
  const [phones, desktops] = explain([sums(500, 400), sums(500, 500)])
  expect(phones).toMatchObject({ contribution: -100, expected: -50, excess: -50 })
  expect(desktops).toMatchObject({ contribution: 0, expected: -50, excess: 50, score: 0 })
  expect(phones?.score).toBeCloseTo((50 * 100) / (100 + 50), 9)
})

test('slices that all change by the same percentage explain nothing, however large', () => {
  for (const { score } of explain([sums(900, 990), sums(100, 110)])) expect(score).toBeCloseTo(0, 6)
})

test('a small slice that was lost comes before the large one that it is not', () => {
  const [campaign, none] = explain([sums(300, 0), sums(13_700, 16_450)])
  expect(campaign?.score).toBeGreaterThan(none?.score ?? 0)
})

test('the one value of a dimension explains nothing', () => {
  expect(explain([sums(1000, 900)])[0]?.score).toBe(0)
  expect(explain([ratios([50, 100], [90, 120])])[0]?.score).toBeCloseTo(0, 12)
})

test('where there was nothing before, everything is new and nothing is special', () => {
  expect(explain([sums(0, 80), sums(0, 20)]).map(({ contribution, score }) => [contribution, score])).toEqual([
    [80, 0],
    [20, 0],
  ])
})

test('slices that moved against each other are found though the whole stood still', () => {
  expect(explain([sums(100, 200), sums(300, 200)]).map(({ score }) => score)).toEqual([100, 100])
})

test('a ratio that changes in every slice alike is all rate and no mix', () => {
  const [a, b] = explain([ratios([10, 100], [20, 100]), ratios([30, 300], [60, 300])])
  expect(a).toMatchObject({ mixEffect: 0, rateEffect: expect.closeTo(0.025, 12), excess: expect.closeTo(0, 12) })
  expect(b).toMatchObject({ mixEffect: 0, rateEffect: expect.closeTo(0.075, 12), excess: expect.closeTo(0, 12) })
})

test('a ratio that changes although no slice does (Simpson) is all mix and no rate', () => {
  const slices = [ratios([50, 100], [100, 200]), ratios([10, 100], [5, 50])]
  const contributions = explain(slices)
  for (const { rateEffect } of contributions) expect(rateEffect).toBeCloseTo(0, 12)
  const whole = wholeOf(slices)
  expect(total(contributions, 'contribution')).toBeCloseTo(
    (figureOf(whole.current) ?? 0) - (figureOf(whole.previous) ?? 0),
    12,
  )
  expect(contributions[0]?.mixEffect).toBeGreaterThan(0)
})

test('a slice that is new has brought its part and no change of rate', () => {
  const [, fresh] = explain([ratios([10, 100], [10, 100]), ratios([0, 0], [90, 100])])
  expect(fresh).toMatchObject({ rateEffect: expect.closeTo(0, 12) })
  expect(fresh?.mixEffect).toBeGreaterThan(0)
})

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

test('contributions sum to the difference to a part in 10⁹, and what exceeds the expected sums to nothing', () => {
  const next = random(7)
  for (let round = 0; round < 500; round++) {
    const isRatio = round % 2 === 0
    // Slices without a denominator at one time, with and without a numerator, are among them.
    const amount = () => (next() < 0.2 ? 0 : Math.round(next() * 1000))
    const slices = Array.from({ length: 1 + Math.floor(next() * 20) }, () =>
      isRatio ? ratios([amount(), amount()], [amount(), amount()]) : sums(amount(), amount()),
    )
    const whole = wholeOf(slices)
    const [before, after] = [figureOf(whole.previous), figureOf(whole.current)]
    if (before === undefined || after === undefined) continue
    const contributions = slices.map((slice) => contributionOf(slice, whole))
    const size = Math.max(1, Math.abs(after - before))
    expect(Math.abs(total(contributions, 'contribution') - (after - before)) / size, `round ${round}`).toBeLessThan(
      1e-9,
    )
    expect(Math.abs(total(contributions, 'excess')) / size, `round ${round}`).toBeLessThan(1e-9)
    for (const { contribution, rateEffect, mixEffect } of contributions) {
      if (rateEffect !== undefined) expect(rateEffect + (mixEffect ?? 0)).toBeCloseTo(contribution, 12)
    }
  }
})
