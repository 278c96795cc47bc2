import type { CubeData } from '@almanac/core/boards/board.ts'
import { dimensionsOf } from '@almanac/core/boards/widget-query.ts'
import type { CubeEntry } from '../../../api/cubes.ts'
import { newCubeData } from '../kinds/fitting-data.ts'

/** A measure of another cube beside a question: split, filtered and compared alike, as far as that cube can. */
export function besideData(data: CubeData, cube: CubeEntry, measure: string): CubeData {
  const has = (dimension: string) => cube.dimensions.some(({ name }) => name === dimension)
  const { grain, compare, isFixed, range } = data
  return {
    ...newCubeData(cube.name, { measures: [measure], dimensions: data.dimensions.filter(has), isOverTime: true }),
    filters: data.filters.filter((filter) => dimensionsOf(filter).every(has)),
    grain,
    compare,
    isFixed,
    ...(range !== undefined && { range }),
  }
}
