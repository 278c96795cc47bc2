import { createHash } from 'node:crypto'
import type { EndpointDefinition } from '@almanac/core/endpoints/endpoint.ts'
import { findEndpoint } from '@almanac/core/endpoints/endpoint-path.ts'
import { type ParameterValues, type RawParameters, readParameters } from '@almanac/core/endpoints/read-parameters.ts'
import { resolveQueries } from '@almanac/core/endpoints/resolve-queries.ts'
import { shapeAnswer } from '@almanac/core/endpoints/shape-answer.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { Query, QueryAnswer } from '@almanac/core/query/query.ts'
import type { QueryResult } from '../../query/run-query.ts'
import type { Placed } from '../check-workspace.ts'
import { type CachedAnswer, createAnswerCache } from './answer-cache.ts'

export type PlacedEndpoint = Placed<EndpointDefinition>

export interface FoundEndpoint {
  readonly endpoint: PlacedEndpoint
  readonly path: RawParameters
}

/** The named endpoints in force, and their answers. */
export interface Endpoints {
  list(): readonly PlacedEndpoint[]
  /** By an address without `/api` and without what follows the question mark. */
  find(address: string): FoundEndpoint | undefined
  /** Throws `invalid_request` with everything that is wrong with the parameters. */
  answer(found: FoundEndpoint, query: RawParameters, signal: AbortSignal): Promise<CachedAnswer>
  replace(endpoints: readonly PlacedEndpoint[]): void
}

export interface EndpointsDeps {
  /** As of one moment. */
  readonly runQueries: (queries: readonly Query[], signal: AbortSignal) => Promise<QueryResult[]>
  readonly now: () => number
}

export function createEndpoints({ runQueries, now }: EndpointsDeps): Endpoints {
  let endpoints: readonly PlacedEndpoint[] = []
  const cache = createAnswerCache({ now })

  async function compute(definition: EndpointDefinition, values: ParameterValues, signal: AbortSignal) {
    const queries = resolveQueries(definition, values)
    const results = await runQueries(Object.values(queries), signal)
    const answers = Object.keys(queries).map((name, i) => [name, answerOf(definition, name, results[i])])
    const body = JSON.stringify(shapeAnswer(definition.answer, { values, answers: Object.fromEntries(answers) }))
    return { body, etag: etagOf(body) }
  }

  return {
    list: () => endpoints,
    find(address) {
      const byPath = endpoints.map((endpoint) => ({ path: endpoint.definition.path, endpoint }))
      const found = findEndpoint(byPath, address)
      return found && { endpoint: found.endpoint.endpoint, path: found.path }
    },
    async answer({ endpoint: { definition }, path }, query, signal) {
      const values = valuesOf(definition, path, query, now())
      const key = JSON.stringify([definition.path, Object.entries(values).toSorted()])
      return cache.get(key, signal, (signal) => compute(definition, values, signal))
    },
    replace(next) {
      endpoints = next
      cache.clear()
    },
  }
}

function valuesOf(
  definition: EndpointDefinition,
  path: RawParameters,
  query: RawParameters,
  nowMs: number,
): ParameterValues {
  // What stands in the path is not asked for a second time behind the question mark.
  const twice = Object.keys(query).filter((name) => Object.hasOwn(path, name))
  const raw = {
    ...query,
    ...path,
    ...Object.fromEntries(twice.map((name) => [name, [query[name], path[name]].flat()])),
  }
  const result = readParameters(definition, raw as RawParameters, Temporal.Instant.fromEpochMilliseconds(nowMs))
  if ('values' in result) return result.values
  const { issues } = result
  const message = issues.map(({ message: words }) => words).join('; ')
  throw new AppError('invalid_request', `The parameters of ${definition.path} are not right: ${message}`, { issues })
}

function answerOf({ path, queries }: EndpointDefinition, name: string, result: QueryResult | undefined): QueryAnswer {
  if (!result) throw new Error('there is one result for each query')
  if ('error' in result) throw result.error
  const { rows, meta } = result.answer
  // A list that ends somewhere would look like all there is. A query with a limit of its own is meant to end there.
  if (!meta.truncated || queries[name]?.limit !== undefined) return result.answer
  throw new AppError('too_large', `The query "${name}" of ${path} has more than ${rows.length} rows`, {
    hint: 'Ask for a shorter time or by a coarser grain; or give the query a limit or a top in its definition.',
  })
}

/** Weak: the answer may be compressed on the way. */
function etagOf(body: string): string {
  return `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
}
