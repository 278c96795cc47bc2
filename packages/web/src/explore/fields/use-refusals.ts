import type { CubeData } from '@almanac/core/boards/board.ts'
import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import type { QueryInput } from '@almanac/core/query/query.ts'
import { useQueries } from '@tanstack/react-query'
import { toApiError } from '../../api/api-error.ts'
import type { CubeEntry } from '../../api/cubes.ts'
import { askCube } from '../../api/queries.ts'

/**
 * Which measures and dimensions cannot stand beside those that are chosen, and why: by name, in the server's words. Only
 * measures that are tied to a grain or to certain dimensions can be refused, so only about these it is asked, over a single day
 * long ago: nothing is read for it.
 */
export function useRefusals(
  cube: CubeEntry | undefined,
  data: CubeData | undefined,
  scope: BoardScope,
): ReadonlyMap<string, string> {
  const candidates = cube && data ? candidateQueries(cube, data, scope) : []
  return useQueries({
    queries: candidates.map(({ query }) => ({
      queryKey: ['refusal', query],
      queryFn: ({ signal }: { signal: AbortSignal }) => refusal(query, signal),
      staleTime: 10 * 60_000,
      retry: false,
    })),
    combine: (results) =>
      new Map(
        candidates.flatMap(({ name }, i): [string, string][] => {
          const reason = results[i]?.data
          return reason ? [[name, reason]] : []
        }),
      ),
  })
}

/** The questions with one name more, for each name about which there is something to ask. */
export function candidateQueries(
  cube: CubeEntry,
  data: CubeData,
  scope: BoardScope,
): { readonly name: string; readonly query: QueryInput }[] {
  const tied = new Set(cube.measures.filter(({ class: kind }) => TIED.includes(kind)).map(({ name }) => name))
  const base = {
    cube: cube.name,
    from: '1990-01-01',
    to: '1990-01-02',
    timezone: scope.timezone,
    firstDayOfWeek: scope.firstDayOfWeek,
    filters: [...data.filters, ...scope.filters],
    ...(data.grain !== 'none' && { grain: scope.grain }),
    limit: 1,
  }
  const measures = [...tied].filter((name) => !data.measures.includes(name))
  const chosen = data.measures.filter((name) => tied.has(name))
  const dimensions =
    chosen.length === 0 ? [] : cube.dimensions.map(({ name }) => name).filter((name) => !data.dimensions.includes(name))
  return [
    ...measures.map((name) => ({ name, query: { ...base, measures: [name], dimensions: data.dimensions } })),
    ...dimensions.map((name) => ({
      name,
      query: { ...base, measures: chosen, dimensions: [...data.dimensions, name] },
    })),
  ]
}

/** Imported figures, running ones, and what is computed from them; all others stand beside anything. */
const TIED = ['exact', 'window', 'derived']

async function refusal(query: QueryInput, signal: AbortSignal): Promise<string> {
  try {
    await askCube(query, signal)
    return ''
  } catch (error) {
    signal.throwIfAborted()
    const { code, issues, message } = toApiError(error)
    if (code !== 'invalid_query') return ''
    return issues.map((issue) => issue.message).join('; ') || message
  }
}
