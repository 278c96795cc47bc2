import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { Measure } from '@almanac/core/cubes/measure.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { ChangeAnswer, ChangeRequest, ChangeSlice } from '@almanac/core/explain/change.ts'
import { figureOf, type SliceFigures } from '@almanac/core/explain/contributions.ts'
import {
  differenceOf,
  dimensionAnswer,
  type SlicedFigures,
  scoredSlices,
  sideOf,
  tellingPairs,
  topSlices,
} from '@almanac/core/explain/rank-slices.ts'
import { summedMeasures } from '@almanac/core/explain/ratio-parts.ts'
import { withUsualFilters } from '@almanac/core/explain/usual-filters.ts'
import type { RunQueryDeps } from '../query/run-query.ts'
import { withoutSegments } from './cell.ts'
import { withRatioTables } from './ratio-tables.ts'
import { createSliceReader, type SliceReader } from './slice-figures.ts'

/** Which slices account for the difference between two stretches of time. */
export async function explainChange(
  deps: RunQueryDeps,
  request: ChangeRequest,
  signal?: AbortSignal,
): Promise<ChangeAnswer> {
  const startedAt = performance.now()
  const cube = deps.registry.definition(request.cube)
  const measure = measureOf(request.measure, cube)
  const dimensions = request.dimensions ?? usualDimensions(cube)
  const plain = await withoutSegments(deps, request, cube)
  const reader = createSliceReader(
    { ...deps, registry: withRatioTables(deps.registry) },
    { ...plain, filters: withUsualFilters(plain.filters, cube) },
    summedMeasures(request.measure, measure) ?? refuse(request.measure, measure, cube),
    signal,
  )
  const whole = await reader.whole()
  const found = hasValues(whole) ? await readSlices(reader, dimensions, whole) : { byDimension: new Map(), pairs: [] }
  const { from, to } = reader.ranges().current
  const before = reader.ranges().previous
  const label = (name: string) => cube.dimensions[name]?.label ?? name
  return {
    cube: cube.name,
    measure: request.measure,
    label: measure.label,
    class: measure.class,
    format: measure.format,
    current: { from, to, ...sideOf(whole.current) },
    previous: { ...before, ...sideOf(whole.previous) },
    ...differences(whole),
    slices: topSlices([...allScored(found.byDimension, whole), ...found.pairs], request.limit),
    dimensions: [...found.byDimension]
      .map(([name, sliced]) => dimensionAnswer({ name, label: label(name) }, sliced, whole, request.limit))
      .sort((a, b) => b.score - a.score),
    explanation: measure.class === 'additive' ? OF_SUMS : OF_RATIOS,
    meta: {
      queries: reader.queryCount(),
      elapsedMs: performance.now() - startedAt,
      asOf: reader.asOf(),
    },
  }
}

const SCORE =
  'The score is what the contribution differs from the expected one by, times the part of the contribution in both together: ' +
  'slices that changed as everything did have none.'
const OF_SUMS =
  'The contribution of a slice is its own difference. Expected is what it would have been, had all slices changed by the same ' +
  `percentage. ${SCORE}`
const OF_RATIOS =
  'The contribution of a slice is its rate effect, by which its own ratio has changed, and its mix effect, by which it has become ' +
  'a greater or smaller part of the whole. Expected is what it would have been, had the ratios of all slices changed alike. ' +
  SCORE

function measureOf(name: string, cube: CubeDefinition): Measure {
  const measure = Object.hasOwn(cube.measures, name) ? cube.measures[name] : undefined
  if (measure) return measure
  const known = Object.keys(cube.measures).join(', ')
  throw new AppError('invalid_query', `the cube ${cube.name} has no measure "${name}": expected one of ${known}`)
}

/** Parts of the calendar differ between any two stretches of time, and explain no more than that. */
function usualDimensions({ dimensions }: CubeDefinition): string[] {
  return Object.entries(dimensions).flatMap(([name, { kind }]) => (kind === 'calendar' ? [] : [name]))
}

function refuse(name: string, measure: Measure, cube: CubeDefinition): never {
  const others = Object.entries(cube.measures).flatMap(([other, one]) => (summedMeasures(other, one) ? [other] : []))
  const hint =
    others.length === 0
      ? 'Compare it by a dimension in a query.'
      : `Ask about ${others.join(', ')}, or compare "${name}" by a dimension in a query.`
  throw new AppError(
    'invalid_query',
    `the difference of "${name}" is not made up of slices: ${WHY_NOT[measure.class](measure)}`,
    { hint },
  )
}

const WHY_NOT: Record<Measure['class'], (measure: Measure) => string> = {
  additive: () => '',
  decomposable: () => '',
  mergeable: () => 'who or what is counted once can be in several slices, so their values do not add up to it',
  extremal: () => 'it is the value of one single row, whatever the others are',
  last_value: () => 'it is what was there at the end, which nothing within the time adds up to',
  exact: () => 'its slices do not add up to it',
  derived: (measure) =>
    `it is computed as ${'formula' in measure ? measure.formula : 'a formula'}; ask about the measures in it`,
  window: (measure) =>
    `it looks back on other times; ask about ${'measure' in measure ? measure.measure : 'its measure'}`,
}

const hasValues = (whole: SliceFigures) =>
  figureOf(whole.previous) !== undefined && figureOf(whole.current) !== undefined

function differences(whole: SliceFigures): Pick<ChangeAnswer, 'difference' | 'percent'> {
  if (!hasValues(whole)) return { difference: null, percent: null }
  const before = figureOf(whole.previous) ?? 0
  const difference = differenceOf(whole)
  return { difference, percent: before === 0 ? null : (difference / Math.abs(before)) * 100 }
}

interface FoundSlices {
  readonly byDimension: ReadonlyMap<string, SlicedFigures>
  readonly pairs: readonly ChangeSlice[]
}

const PAIRED_DIMENSIONS = 3
const PAIRED_VALUES = 20

/** Every dimension by itself, then each two of those that say most, by the values that say most. */
async function readSlices(
  reader: SliceReader,
  dimensions: readonly string[],
  whole: SliceFigures,
): Promise<FoundSlices> {
  const sliced = await reader.byDimensions(dimensions)
  const byDimension = new Map(dimensions.map((name, i) => [name, sliced[i] as SlicedFigures]))
  const best = dimensions
    .map((name) => ({ name, slices: scoredSlices(byDimension.get(name) as SlicedFigures, whole) }))
    .filter(({ slices }) => (slices[0]?.score ?? 0) > 0)
    .sort((a, b) => (b.slices[0]?.score ?? 0) - (a.slices[0]?.score ?? 0))
    .slice(0, PAIRED_DIMENSIONS)
    .map(({ name, slices }) => ({
      name,
      values: slices.slice(0, PAIRED_VALUES).flatMap((slice) => slice.dimensions[name] ?? []),
    }))
  const couples = best.flatMap((a, i) => best.slice(i + 1).map((b) => [a, b] as const))
  const pairs = await reader.byPairs(couples)
  const scored = pairs.flatMap((pair) => scoredSlices(pair, whole))
  return { byDimension, pairs: tellingPairs(scored, allScored(byDimension, whole)) }
}

function allScored(byDimension: ReadonlyMap<string, SlicedFigures>, whole: SliceFigures): ChangeSlice[] {
  return [...byDimension.values()].flatMap((sliced) => scoredSlices(sliced, whole))
}
