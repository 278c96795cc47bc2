import type { Board } from '@almanac/core/boards/board.ts'
import type { QueryAnswer, QueryInput } from '@almanac/core/query/query.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import { useQueries, useQuery } from '@tanstack/react-query'
import { type CubeEntry, cubesQuery } from '../../../api/cubes.ts'
import { cubeQuery } from '../../../api/queries.ts'
import { boardCubes, countMeasure } from '../../toolbar/board-dimensions.ts'

/**
 * All time of a board: from the first week in which any of its cubes has something to the end of the last one. `undefined`
 * while that is not known; asked for only where somebody wants to see it.
 */
export function useExtent(board: Board, timezone: string, isWanted: boolean): ZonedRange | null | undefined {
  const { data: cubes } = useQuery({ ...cubesQuery, enabled: isWanted })
  const queries = isWanted ? boardCubes(board, cubes ?? []).flatMap((cube) => busyWeeks(cube, timezone) ?? []) : []
  return useQueries({
    queries: queries.map((query) => ({ ...cubeQuery(query), staleTime: 60_000 })),
    combine: (results) => {
      if (!cubes || results.some(({ isPending }) => isPending)) return undefined
      return extentOf(
        results.map(({ data }, i) => ({ rows: data?.rows ?? [], measure: queries[i]?.measures[0] ?? '' })),
        timezone,
      )
    },
  })
}

/** `null`: there is nothing at all. */
export function extentOf(
  answers: readonly { readonly rows: QueryAnswer['rows']; readonly measure: string }[],
  timezone: string,
): ZonedRange | null {
  const weeks = answers
    .flatMap(({ rows, measure }) => rows.filter((row) => Number(row[measure]) !== 0))
    .map(({ time }) => Temporal.Instant.from(String(time)).toZonedDateTimeISO(timezone).toPlainDate())
    .sort(Temporal.PlainDate.compare)
  const [first, last] = [weeks.at(0), weeks.at(-1)]
  if (!first || !last) return null
  return { from: first.toZonedDateTime(timezone), to: last.add({ days: 7 }).toZonedDateTime(timezone) }
}

/** Ordered by the measure and not by time, because a series comes with all its empty buckets. */
function busyWeeks(cube: CubeEntry, timezone: string): QueryInput | undefined {
  const measure = countMeasure(cube)
  if (!measure) return undefined
  return {
    cube: cube.name,
    measures: [measure],
    from: '1970-01-01',
    to: '2200-01-01',
    grain: 'week',
    timezone,
    order: [{ by: measure, direction: 'desc' }],
  }
}
