import type { Widget } from '@almanac/core/boards/board.ts'
import type { ReaderChoice } from '../../dashboards/board/choice/reader-choice.ts'
import { askedData } from '../explore-edits.ts'
import type { Exploration } from '../explore-search.ts'

/**
 * What is looked at as a widget. On a dashboard, filters that were chosen here are a part of the question. Who keeps the range
 * keeps what it is compared with, too: the dashboard's comparisons are chosen for the dashboard's range.
 */
export function explorationWidget(
  exploration: Pick<Exploration, 'data' | 'chart'>,
  { scope, rangeText }: Pick<ReaderChoice, 'scope' | 'rangeText'>,
  keepsRange: boolean,
): Pick<Widget, 'chart' | 'data'> {
  const { filters, compare } = scope
  const own = { range: rangeText, compare: compare.length > 0 ? [...compare] : ('none' as const) }
  return {
    chart: exploration.chart,
    data: [{ ...askedData(exploration), filters: [...filters], ...(keepsRange && own) }],
  }
}
