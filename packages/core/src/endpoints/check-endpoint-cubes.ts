import type { CubeDefinition } from '../cubes/cube.ts'
import { AppError, type Issue } from '../errors.ts'
import type { Query } from '../query/query.ts'
import { resolveQuery } from '../query/resolve/resolve-query.ts'
import { samples } from './check-endpoint.ts'
import type { EndpointDefinition } from './endpoint.ts'
import { resolveQueries } from './resolve-queries.ts'

/** What is wrong with the queries of an endpoint, asked of these cubes; for every choice of its parameters. */
export function checkEndpointCubes(
  definition: EndpointDefinition,
  cubes: readonly CubeDefinition[],
  now: Temporal.Instant,
): Issue[] {
  const issues = new Map<string, Issue>()
  for (const values of samples(definition)) {
    for (const [name, query] of Object.entries(resolveQueries(definition, values))) {
      for (const { path, message } of queryIssues(query, cubes, now)) {
        issues.set(`${name} ${message}`, { path: ['queries', name, ...path], message })
      }
    }
  }
  return [...issues.values()]
}

function queryIssues(query: Query, cubes: readonly CubeDefinition[], now: Temporal.Instant): readonly Issue[] {
  const cube = cubes.find(({ name }) => name === query.cube)
  if (!cube) {
    const known = cubes.map(({ name }) => name).join(', ')
    return [{ path: ['cube'], message: `there is no cube "${query.cube}": expected one of ${known}` }]
  }
  try {
    resolveQuery(query, cube, now)
    return []
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.issues.length > 0 ? error.issues : [{ path: [], message: error.message }]
  }
}
