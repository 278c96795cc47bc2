import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import type { QueryInput } from '@almanac/core/query/query.ts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { toApiError } from '../../api/api-error.ts'
import type { CubeEntry } from '../../api/cubes.ts'
import { cubeQuery } from '../../api/queries.ts'
import { countMeasure } from './board-dimensions.ts'

type Scalar = string | number | boolean

export interface ValueSource {
  readonly cube: CubeEntry | undefined
  readonly dimension: string
  readonly type: 'string' | 'number' | 'boolean'
}

export interface FoundValues {
  /** The most frequent first; `undefined` while they are looked up. */
  readonly values: readonly { readonly value: Scalar; readonly count: number }[] | undefined
  readonly problem: string | undefined
  /** There are more than were looked up. */
  readonly hasMore: boolean
}

const MOST = 100

/** The values of a dimension within the board's range, those first that occur most. Text is searched by the server. */
export function useValues(source: ValueSource, scope: BoardScope, typed: string): FoundValues {
  const query = valuesQuery(source, scope, typed)
  const result = useQuery({
    ...cubeQuery(query ?? NO_QUERY),
    enabled: query !== undefined,
    placeholderData: keepPreviousData,
  })
  const measure = query?.measures[0] ?? ''
  const values = result.data?.rows.flatMap((row) => {
    const value = row[source.dimension]
    return value === null || value === undefined ? [] : [{ value, count: Number(row[measure] ?? 0) }]
  })
  return {
    values: query ? values : [],
    problem: result.error ? toApiError(result.error).message : undefined,
    hasMore: result.data?.meta.truncated ?? false,
  }
}

export function valuesQuery(
  { cube, dimension, type }: ValueSource,
  scope: BoardScope,
  typed: string,
): QueryInput | undefined {
  const measure = cube && countMeasure(cube)
  if (!measure) return undefined
  const wanted = typed.trim()
  return {
    cube: cube.name,
    measures: [measure],
    dimensions: [dimension],
    filters: type === 'string' && wanted !== '' ? [{ dimension, op: 'contains', values: [wanted] }] : [],
    from: scope.from,
    to: scope.to,
    timezone: scope.timezone,
    order: [{ by: measure, direction: 'desc' }],
    limit: MOST,
  }
}

const NO_QUERY: QueryInput = { cube: '', measures: [''], from: '', to: '' }
