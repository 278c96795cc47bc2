import type { ChangeAnswer, ChangeSlice, ListedSlice } from './change.ts'
import { contributionOf, type Figures, figureOf, type SliceFigures } from './contributions.ts'

/** Slices in the order in which they are worth looking at. */

export type SliceKey = Readonly<Record<string, string | number | boolean>>

/** The slices of one dimension, or of a pair. */
export interface SlicedFigures {
  readonly slices: readonly { readonly key: SliceKey; readonly figures: SliceFigures }[]
  /** False where only the largest slices are there. */
  readonly isComplete: boolean
}

type DimensionAnswer = ChangeAnswer['dimensions'][number]

/** All slices, the greatest score first; equal ones in the order of their size. */
export function scoredSlices({ slices }: SlicedFigures, whole: SliceFigures): ChangeSlice[] {
  return slices.map(({ key, figures }) => scoredSlice(key, figures, whole)).sort(byScore)
}

/** One dimension by itself: the slices with the largest contributions, and all others together. */
export function dimensionAnswer(
  { name, label }: Pick<DimensionAnswer, 'name' | 'label'>,
  sliced: SlicedFigures,
  whole: SliceFigures,
  limit: number,
): DimensionAnswer {
  const scored = scoredSlices(sliced, whole)
  const bySize = scored.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
  const shown = bySize.slice(0, limit)
  const hidden = bySize.length - shown.length
  const rest = restOf(shown, whole)
  return {
    name,
    label,
    score: scored[0]?.score ?? 0,
    values: scored.length,
    slices: shown,
    ...((hidden > 0 || !sliced.isComplete) && {
      rest: { ...rest, values: hidden, hasUncompared: !sliced.isComplete },
    }),
  }
}

/**
 * Pairs that say more than each of their two dimensions alone: a pair of which one dimension is no choice at all, such as
 * the environment, has the score of the other.
 */
export function tellingPairs(pairs: readonly ChangeSlice[], singles: readonly ChangeSlice[]): ChangeSlice[] {
  const scores = new Map(singles.map(({ dimensions, score }) => [keyText(dimensions), score]))
  return pairs.filter(({ dimensions, score }) =>
    Object.entries(dimensions).every(([name, value]) => score > (scores.get(keyText({ [name]: value })) ?? 0) * MORE),
  )
}

const MORE = 1.05

/**
 * The greatest scores of all; what has none explains nothing. Slices with the same figures are taken for the same rows under
 * several names, such as the campaign and its source, and only the first of them is listed.
 */
export function topSlices(slices: readonly ChangeSlice[], limit: number): ListedSlice[] {
  const ranked = slices.filter(({ score }) => score > 0).sort(byScore)
  const alike = Map.groupBy(ranked, ({ previous, current }) => JSON.stringify([previous, current]))
  return [...alike.values()].slice(0, limit).flatMap(([first, ...others]) => {
    return first ? [{ ...first, alike: others.map(({ dimensions }) => dimensions) }] : []
  })
}

export function sideOf(figures: Figures): ChangeSlice['current'] {
  const value = figureOf(figures) ?? null
  const { sum, denominator } = figures
  return denominator === undefined ? { value } : { value, numerator: sum, denominator }
}

function scoredSlice(key: SliceKey, figures: SliceFigures, whole: SliceFigures): ChangeSlice {
  const contribution = contributionOf(figures, whole)
  return {
    dimensions: { ...key },
    previous: sideOf(figures.previous),
    current: sideOf(figures.current),
    ...contribution,
    share: shareOf(contribution.contribution, whole),
  }
}

const byScore = (a: ChangeSlice, b: ChangeSlice) =>
  b.score - a.score ||
  Math.abs(b.contribution) - Math.abs(a.contribution) ||
  keyText(a.dimensions).localeCompare(keyText(b.dimensions))

const keyText = (key: SliceKey) => JSON.stringify(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)))

/** What the whole has and the slices have not. */
function restOf(
  slices: readonly ChangeSlice[],
  whole: SliceFigures,
): Pick<ChangeSlice, 'previous' | 'current' | 'contribution' | 'share'> {
  const left = (side: 'previous' | 'current') =>
    sideOf(
      without(
        whole[side],
        slices.map((slice) => slice[side]),
      ),
    )
  const listed = slices.reduce((sum, { contribution }) => sum + contribution, 0)
  const contribution = differenceOf(whole) - listed
  return { previous: left('previous'), current: left('current'), contribution, share: shareOf(contribution, whole) }
}

function without({ sum, denominator }: Figures, sides: readonly ChangeSlice['current'][]): Figures {
  const added = (of: (side: ChangeSlice['current']) => number) => sides.reduce((total, side) => total + of(side), 0)
  if (denominator === undefined) return { sum: sum - added(({ value }) => value ?? 0) }
  return {
    sum: sum - added(({ numerator = 0 }) => numerator),
    denominator: denominator - added((side) => side.denominator ?? 0),
  }
}

/** Of the whole, whose values exist. */
export function differenceOf({ previous, current }: SliceFigures): number {
  return (figureOf(current) ?? 0) - (figureOf(previous) ?? 0)
}

function shareOf(contribution: number, whole: SliceFigures): number | null {
  const difference = differenceOf(whole)
  return difference === 0 ? null : contribution / difference
}
