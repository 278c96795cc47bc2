import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import { useQueries } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { CubeEntry } from '../../api/cubes.ts'
import { cubeQuery } from '../../api/queries.ts'
import { valuesQuery } from '../toolbar/use-values.ts'
import { CURRENCY, hasAmounts } from './kinds/usual-filters.ts'

/** By cube that has amounts in different currencies: the one that occurs most within the range, as far as it is known yet. */
export function useCurrencies(cubes: readonly CubeEntry[], scope: BoardScope): ReadonlyMap<string, string> {
  const questions = useMemo(
    () =>
      cubes
        .filter((cube) => hasAmounts(cube))
        .flatMap((cube) => valuesQuery({ cube, dimension: CURRENCY, type: 'string' }, scope, '') ?? []),
    [cubes, scope],
  )
  const combine = useCallback(
    (results: readonly Answered[]) =>
      new Map(
        results.flatMap(({ data }, i) => {
          const found = data?.rows
            .map((row) => row[CURRENCY])
            .find((value) => typeof value === 'string' && value !== '')
          const cube = questions[i]?.cube
          return typeof found === 'string' && cube !== undefined ? [[cube, found] as const] : []
        }),
      ),
    [questions],
  )
  return useQueries({ queries: questions.map((question) => cubeQuery(question)), combine })
}

interface Answered {
  readonly data: { readonly rows: readonly Readonly<Record<string, unknown>>[] } | undefined
}
