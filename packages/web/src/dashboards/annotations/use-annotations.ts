import type { Board } from '@almanac/core/boards/board.ts'
import type { ChartAnnotation } from '@almanac/core/charts/drawing.ts'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Annotation, annotationsQuery } from '../../api/annotations.ts'
import { widgetAnswerQuery } from '../../api/widget-answers.ts'
import type { ReaderChoice } from '../board/choice/reader-choice.ts'
import { queryAnnotations } from './query-annotations.ts'

interface Found {
  /** `undefined` while they are on their way, or hidden. */
  readonly all: readonly Annotation[] | undefined
  /** As charts draw them. */
  readonly marks: readonly ChartAnnotation[]
}

/** What was entered, and what the board's own statements find. A statement that fails leaves the others as they are. */
export function useAnnotations(board: Board, slug: string | undefined, { scope, hasAnnotations }: ReaderChoice): Found {
  const { tags, queries } = board.annotations
  const entered = useQuery({
    ...annotationsQuery({ from: scope.from, to: scope.to, tags, board: slug }),
    enabled: hasAnnotations,
    placeholderData: keepPreviousData,
  })
  const made = useQueries({
    queries: queries.map(({ sql }) => ({
      ...widgetAnswerQuery({
        ...(slug !== undefined && { board: slug }),
        scope,
        data: [{ from: 'sql', sql, parameters: {} }],
        variables: board.variables,
      }),
      enabled: hasAnnotations,
    })),
    combine: (results) => results.map(({ data }) => data?.frame),
  })
  return useMemo(() => {
    if (!hasAnnotations) return { all: undefined, marks: [] }
    const ofQueries = queries.flatMap(({ name }, i) => {
      const frame = made[i]
      return frame ? queryAnnotations(name, frame) : []
    })
    const all = [...(entered.data ?? []), ...ofQueries].toSorted((a, b) => a.at.localeCompare(b.at))
    const marks = all.map(({ at, until, title }) => ({ at, title, ...(until && { until }) }))
    return { all: entered.data || ofQueries.length > 0 ? all : undefined, marks }
  }, [hasAnnotations, entered.data, made, queries])
}
