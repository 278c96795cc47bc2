import type { CubeData } from '@almanac/core/boards/board.ts'
import { dimensionsOf } from '@almanac/core/boards/widget-query.ts'
import type { CubeEntry } from '../../../api/cubes.ts'
import { usualMeasures } from '../kinds/usual-measures.ts'

/** The same question to another cube: what it does not have is left out, and it has at least one measure. */
export function keptInCube(data: CubeData, cube: CubeEntry): CubeData {
  const has = (list: readonly { readonly name: string }[]) => (name: string) => list.some((one) => one.name === name)
  const [hasMeasure, hasDimension] = [has(cube.measures), has(cube.dimensions)]
  const kept = data.measures.filter(hasMeasure)
  const measures = kept.length > 0 ? kept : usualMeasures(cube).slice(0, 1)
  const dimensions = data.dimensions.filter(hasDimension)
  const { top, ...rest } = data
  const [by] = measures
  return {
    ...rest,
    cube: cube.name,
    measures,
    dimensions,
    filters: data.filters.filter((filter) => dimensionsOf(filter).every(hasDimension)),
    having: data.having.filter(({ measure }) => measures.includes(measure)),
    order: data.order.filter((one) => measures.includes(one.by) || dimensions.includes(one.by) || one.by === 'time'),
    totals: data.totals.filter((set) => set.every((name) => dimensions.includes(name) || name === 'time')),
    segments: [],
    ...(top &&
      by !== undefined &&
      dimensions.length > 0 && { top: { ...top, by: measures.includes(top.by) ? top.by : by } }),
  }
}
