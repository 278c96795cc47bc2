import type { CubeDefinition } from '../cubes/cube.ts'
import type { QueryFilter } from '../query/filter.ts'

/** A query's filters with the cube's own said aloud: a further filter on one of their dimensions would put it out of force. */
export function withUsualFilters(filters: readonly QueryFilter[], cube: CubeDefinition): QueryFilter[] {
  const named = new Set(filters.flatMap(dimensionsOf))
  const usual = Object.entries(cube.defaultFilters)
    .filter(([dimension]) => !named.has(dimension))
    .map(([dimension, values]): QueryFilter => ({ dimension, op: 'in', values: [...values] }))
  return [...filters, ...usual]
}

function dimensionsOf(filter: QueryFilter): string[] {
  if ('and' in filter) return filter.and.flatMap(dimensionsOf)
  if ('or' in filter) return filter.or.flatMap(dimensionsOf)
  if ('not' in filter) return dimensionsOf(filter.not)
  return [filter.dimension]
}
