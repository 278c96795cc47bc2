import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type WidgetAnswer, type WidgetAsk, widgetAnswerQuery } from '../api/widget-answers.ts'
import type { ReaderChoice } from '../dashboards/board/choice/reader-choice.ts'
import { askedData } from './explore-edits.ts'
import type { Exploration } from './explore-search.ts'

export function useExploreAnswer({ data, chart }: Exploration, choice: ReaderChoice): UseQueryResult<WidgetAnswer> {
  const { scope, isPending } = choice
  const ask = useMemo<WidgetAsk>(
    () => ({ scope, data: [askedData({ data, chart })], variables: [] }),
    [scope, data, chart],
  )
  return useQuery({ ...widgetAnswerQuery(ask), enabled: !isPending, placeholderData: keepPreviousData })
}
