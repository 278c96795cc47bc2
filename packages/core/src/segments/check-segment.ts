import type { CubeDefinition } from '../cubes/cube.ts'
import type { Issue } from '../errors.ts'
import { resolveFilters } from '../query/resolve/resolve-filter.ts'
import type { Segment } from './segment.ts'

/** All that keeps a segment from being used with a cube. */
export function problemsWith({ cube: owner, filter }: Pick<Segment, 'cube' | 'filter'>, cube: CubeDefinition): Issue[] {
  if (owner !== null && owner !== cube.name) {
    return [{ path: ['cube'], message: `it belongs to the cube ${owner}, not to ${cube.name}` }]
  }
  const issues: Issue[] = []
  resolveFilters({ filters: [filter] }, { ...cube, defaultFilters: {} }, issues)
  // Of the list that the filter was put into, nobody knows.
  return issues.map(({ path, message }) => ({ path: ['filter', ...path.slice(2)], message }))
}

/** All that is wrong with a segment: one for every cube must fit one of them at least. */
export function checkSegment(segment: Pick<Segment, 'cube' | 'filter'>, cubes: readonly CubeDefinition[]): Issue[] {
  if (segment.cube !== null) {
    const cube = cubes.find(({ name }) => name === segment.cube)
    if (cube) return problemsWith(segment, cube)
    const known = cubes.map(({ name }) => name).join(', ')
    return [{ path: ['cube'], message: `there is no cube "${segment.cube}": expected one of ${known}` }]
  }
  const problems = cubes.map((cube) => problemsWith(segment, cube))
  return problems.some((issues) => issues.length === 0) ? [] : distinct(problems.flat())
}

function distinct(issues: readonly Issue[]): Issue[] {
  return [...new Map(issues.map((issue) => [`${issue.path.join(' ')} ${issue.message}`, issue])).values()]
}
