/**
 * How a difference is made up of slices, for measures that add up and for ratios of two that do. A measure that adds up is a
 * ratio without a denominator here.
 *
 * A slice's contribution to what adds up is its own difference. Had all slices changed by the same percentage, it would
 * have been `previous / total previous` of the difference: this is what was expected of it.
 *
 * A ratio is the mean of the slices' rates, weighted by their parts `w` of the denominator. Its difference is split by the
 * midpoints of both times, which leaves nothing over:
 *
 *   rate effect = (w₀ + w₁) / 2 · (r₁ − r₀)        the slice's own rate has changed
 *   mix effect  = (w₁ − w₀) · ((r₀ + r₁) / 2 − R)  the slice has become a greater or smaller part; R is (R₀ + R₁) / 2
 *
 * Had the rates of all slices changed alike and their parts not at all, a slice would have contributed `(w₀ + w₁) / 2` of
 * the difference.
 *
 * Contributions sum to the difference, and what they exceed the expected ones by sums to nothing.
 */
export interface SliceFigures {
  readonly previous: Figures
  readonly current: Figures
}

export interface Figures {
  /** The sum itself, or a ratio's numerator. */
  readonly sum: number
  /** A ratio's denominator. */
  readonly denominator?: number
}

export interface Contribution {
  readonly contribution: number
  readonly expected: number
  readonly excess: number
  readonly rateEffect?: number
  readonly mixEffect?: number
  readonly score: number
}

/** The value of a sum or ratio; `undefined` for a ratio without a denominator. */
export function figureOf({ sum, denominator }: Figures): number | undefined {
  if (denominator === undefined) return sum
  return denominator === 0 ? undefined : sum / denominator
}

/** Of one slice to the difference of the whole. Both values of the whole must exist. */
export function contributionOf(slice: SliceFigures, whole: SliceFigures): Contribution {
  return slice.current.denominator === undefined ? toSum(slice, whole) : toRatio(slice, whole)
}

function toSum(slice: SliceFigures, whole: SliceFigures): Contribution {
  const contribution = slice.current.sum - slice.previous.sum
  const difference = whole.current.sum - whole.previous.sum
  // Where there was nothing before, all that is there is new everywhere alike.
  const expected = whole.previous.sum === 0 ? contribution : (slice.previous.sum / whole.previous.sum) * difference
  return scored({ contribution, expected })
}

function toRatio(slice: SliceFigures, whole: SliceFigures): Contribution {
  const before = weighted(slice.previous, whole.previous)
  const after = weighted(slice.current, whole.current)
  // A slice that was not there at one time has had no other rate then.
  const rateBefore = before.rate ?? after.rate ?? 0
  const rateAfter = after.rate ?? before.rate ?? 0
  const meanOfWhole = (ratio(whole.previous) + ratio(whole.current)) / 2
  const part = after.weight - before.weight
  const mixEffect = part * ((rateBefore + rateAfter) / 2 - meanOfWhole)
  // As a remainder: what a slice without a denominator has in its numerator belongs to its rate.
  const rateEffect = after.share - before.share - part * ((rateBefore + rateAfter) / 2)
  const expected = ((before.weight + after.weight) / 2) * (ratio(whole.current) - ratio(whole.previous))
  return { ...scored({ contribution: rateEffect + mixEffect, expected }), rateEffect, mixEffect }
}

function weighted({ sum, denominator = 0 }: Figures, whole: Figures) {
  const total = whole.denominator ?? 0
  return { weight: denominator / total, rate: denominator === 0 ? undefined : sum / denominator, share: sum / total }
}

const ratio = ({ sum, denominator = 0 }: Figures) => sum / denominator

/**
 * A slice is worth showing when it has moved the whole, and by more or less than expected: the score is the excess, times the
 * part of the contribution in what was contributed and expected together. A slice that was expected to do nothing scores all of
 * its contribution; one that only changed as all did scores nothing, however large, and neither does one that stood still. A
 * mean of both would put the large slices first, whose small excess is the other side of what a small slice did.
 */
function scored({ contribution, expected }: Pick<Contribution, 'contribution' | 'expected'>): Contribution {
  const difference = contribution - expected
  // What floating point numbers leave over is nothing.
  const excess = Math.abs(difference) <= 1e-12 * Math.abs(contribution) ? 0 : difference
  const size = Math.abs(contribution) + Math.abs(expected)
  return { contribution, expected, excess, score: size === 0 ? 0 : (Math.abs(excess) * Math.abs(contribution)) / size }
}
