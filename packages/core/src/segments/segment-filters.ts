import type { CubeDefinition } from '../cubes/cube.ts'
import { AppError, type Issue } from '../errors.ts'
import type { QueryFilter } from '../query/filter.ts'
import { problemsWith } from './check-segment.ts'
import type { Segment } from './segment.ts'

/**
 * The filters of the segments that a query names, in that order. Throws `invalid_query` with everything that is wrong: names
 * that nobody gave, segments of other cubes, and those whose dimensions the cube no longer has.
 */
export function segmentFilters(
  names: readonly string[],
  segments: ReadonlyMap<string, Segment>,
  cube: CubeDefinition,
): QueryFilter[] {
  const issues: Issue[] = []
  const filters = names.flatMap((name, i) => {
    const segment = segments.get(name)
    if (!segment) {
      issues.push({ path: ['segments', i], message: unknownSegment(name, segments, cube) })
      return []
    }
    for (const { message } of problemsWith(segment, cube)) {
      issues.push({ path: ['segments', i], message: `the segment "${name}" does not fit: ${message}` })
    }
    return [segment.filter]
  })
  if (issues.length === 0) return filters
  throw new AppError('invalid_query', issues.map(({ message }) => message).join('; '), {
    hint: 'almanac segments list shows all segments and the cubes that they fit.',
    issues,
  })
}

function unknownSegment(name: string, segments: ReadonlyMap<string, Segment>, cube: CubeDefinition): string {
  const known = [...segments.values()].filter((segment) => problemsWith(segment, cube).length === 0)
  if (known.length === 0) return `there is no segment "${name}", and none for the cube ${cube.name}`
  const names = known.map((segment) => segment.name).toSorted()
  return `there is no segment "${name}": expected one of ${names.join(', ')}`
}
