import type { Board, CubeData, Widget } from '@almanac/core/boards/board.ts'
import { chosenValues } from '@almanac/core/boards/widget-query.ts'
import type { QueryFilter } from '@almanac/core/query/filter.ts'
import { type BoardSearch, parseBoardSearch, withComparisons } from '../dashboards/board/choice/board-search.ts'
import { filtersText } from '../dashboards/board/choice/filter-text.ts'
import type { ReaderChoice } from '../dashboards/board/choice/reader-choice.ts'

/**
 * What is looked at on the page "Explore", as it stands in the address: the question as JSON, with the range, the grain, the
 * comparisons and the filters beside it as on a board. A link shows the same to everybody.
 *
 *   ?data={"cube":"web","measures":["visitors"],"grain":"board"}&chart={"kind":"line"}&range=28d
 */
export type ExploreSearch = BoardSearch & {
  readonly data?: string
  readonly chart?: string
  /** Of the widget that the question comes from; without one, it follows from the question. */
  readonly title?: string
  /** The value that is explained. */
  readonly explain?: string
}

const OWN = ['data', 'chart', 'title', 'explain'] as const
const LONGEST = 20_000

export function parseExploreSearch(raw: Readonly<Record<string, unknown>>): ExploreSearch {
  const { edit: _, tab: __, ...board } = parseBoardSearch(raw)
  const own = OWN.flatMap((key) => {
    const text = raw[key]
    return typeof text === 'string' && text !== '' && text.length <= LONGEST ? [[key, text] as const] : []
  })
  return { ...board, ...Object.fromEntries(own) }
}

/** The question of a widget with all that its board and the reader have chosen for it, also where the board's address is silent. */
export function widgetAddress(
  { chart, title }: Pick<Widget, 'chart' | 'title'>,
  data: CubeData,
  { variables }: Pick<Board, 'variables'>,
  { scope, rangeText, chosenGrain }: Pick<ReaderChoice, 'scope' | 'rangeText' | 'chosenGrain'>,
): ExploreSearch {
  const byVariables = variables.flatMap((variable): QueryFilter[] => {
    const values = chosenValues(variable, scope)
    return values.length === 0 ? [] : [{ dimension: variable.dimension, op: 'in', values: [...values] }]
  })
  const filters = data.isFixed ? [] : [...scope.filters, ...byVariables]
  return {
    data: JSON.stringify(data),
    chart: JSON.stringify(chart),
    ...(title !== '' && { title }),
    range: rangeText,
    grain: chosenGrain,
    tz: scope.timezone,
    week: scope.firstDayOfWeek,
    ...withComparisons({}, scope.compare),
    ...(filters.length > 0 && { filters: filtersText(filters) }),
  }
}
