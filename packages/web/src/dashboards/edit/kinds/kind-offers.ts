import type { WidgetData } from '@almanac/core/boards/board.ts'
import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import { isStatic } from '@almanac/core/charts/static-kinds.ts'
import type { CubeEntry } from '../../../api/cubes.ts'
import type { DataShape } from './data-shape.ts'
import { shapeOf } from './data-shape.ts'
import { type Fitting, fittedData, fittingData, type Wish } from './fitting-data.ts'
import { KIND_NAMES } from './kind-catalogue.ts'
import type { KindOffer } from './kind-gallery.tsx'
import { misfit } from './kind-needs.ts'
import { proposedKinds } from './propose-kinds.ts'

/** All kinds for something that somebody wants to see, the most telling first. */
export function offersForWish(cube: CubeEntry, wish: Wish): KindOffer[] {
  const shape: DataShape = {
    hasTime: wish.isOverTime,
    dimensions: wish.dimensions,
    measures: wish.measures,
    isCohorts: false,
  }
  return offers(shape, (kind) => fittingData(kind, cube, wish), cube)
}

/** All kinds for data that is there; only one question to a cube can be changed to fit. */
export function offersForData(
  data: readonly WidgetData[],
  shape: DataShape | undefined,
  cubes: readonly CubeEntry[],
): KindOffer[] {
  const [only, second] = data
  const cube = only?.from === 'cube' && !second ? cubes.find(({ name }) => name === only.cube) : undefined
  const fit = (kind: ChartKind): Fitting =>
    cube && only?.from === 'cube' ? fittedData(kind, cube, only) : { problem: misfit(kind, shape) ?? '' }
  return offers(shape, fit, cube)
}

function offers(
  shape: DataShape | undefined,
  fit: (kind: ChartKind) => Fitting,
  cube: CubeEntry | undefined,
): KindOffer[] {
  const fitting = proposedKinds(shape)
  const others = KIND_NAMES.filter((kind) => !isStatic(kind) && !fitting.includes(kind)).map((kind): KindOffer => {
    const adapted = fit(kind)
    if ('problem' in adapted) return { kind, fit: 'never', reason: misfit(kind, shape) ?? adapted.problem }
    return { kind, fit: 'adapts', reason: cube && shape ? difference(shape, adapted.data, cube) : misfit(kind, shape) }
  })
  return [
    ...fitting.map((kind): KindOffer => ({ kind, fit: 'fits' })),
    ...others.filter((offer) => offer.fit === 'adapts'),
    ...others.filter((offer) => offer.fit === 'never'),
  ]
}

/** What is added to the data and what is left out, in two or three words. */
function difference(before: DataShape, data: readonly WidgetData[], cube: CubeEntry): string {
  const after = shapeOf(data)
  if (!after) return ''
  if (after.isCohorts) return 'asks for cohorts'
  const labelOf = (name: string) =>
    [...cube.dimensions, ...cube.measures].find((one) => one.name === name)?.label.toLowerCase() ?? name
  const onlyIn = (some: readonly string[], others: readonly string[]) =>
    some.filter((name) => !others.includes(name)).map(labelOf)
  const measured = onlyIn(after.measures, before.measures)
  const by = onlyIn(after.dimensions, before.dimensions)
  const removed = [...onlyIn(before.measures, after.measures), ...onlyIn(before.dimensions, after.dimensions)]
  return [
    ...(after.hasTime && !before.hasTime ? ['over time'] : []),
    ...(before.hasTime && !after.hasTime ? ['as totals'] : []),
    ...(by.length > 0 ? [`by ${by.join(' and ')}`] : []),
    ...(measured.length > 0 ? [`with ${measured.join(', ')}`] : []),
    ...(removed.length > 0 ? [`without ${removed.join(', ')}`] : []),
  ].join(', ')
}
