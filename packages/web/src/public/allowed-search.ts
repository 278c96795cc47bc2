import type { Board } from '@almanac/core/boards/board.ts'
import { ALL_TIME, LONG_AGO_TO_NOW } from '@almanac/core/time/range-expression.ts'
import { type BoardSearch, parseBoardSearch } from '../dashboards/board/choice/board-search.ts'

/**
 * Of what the address says, that which the link allows: the server takes nothing else, and the page must not say otherwise.
 * Where data is nobody without an account is told, so all time is a long time here.
 */
export function allowedSearch(search: BoardSearch, board: Board, allow: readonly string[]): BoardSearch {
  const may = new Set(allow)
  const { range, grain, tz, week, compare, drill, tab, refresh } = search
  const wanted = range ?? board.range
  const variables = board.variables.filter(({ name }) => may.has(name) && !CHOICES.includes(name))
  return parseBoardSearch({
    tab,
    refresh,
    ...(may.has('range') && { range, week, drill }),
    ...(may.has('range') && board.timezone === undefined && { tz }),
    ...(may.has('range') && wanted === ALL_TIME && { range: LONG_AGO_TO_NOW }),
    ...(may.has('grain') && { grain }),
    ...(may.has('compare') && { compare }),
    ...Object.fromEntries(
      variables.flatMap(({ name }) => (search[`var-${name}`] ? [[`var-${name}`, search[`var-${name}`]]] : [])),
    ),
  })
}

/** A variable that is called so is not allowed by its name. */
const CHOICES: readonly string[] = ['range', 'grain', 'compare']
