import { type Board, type Variable, widgetsOf } from '@almanac/core/boards/board.ts'
import { mayChoose } from './public-scope.ts'

/**
 * A board as its readers without an account get it: how it looks, and nothing of where its figures come from. Questions,
 * statements, filters, annotations and the variables that the reader may not choose stay here.
 */
export function publicBoard(board: Board, allowed: readonly string[]): Board {
  const choices = new Set(allowed)
  const variables = board.variables.filter(({ name }) => mayChoose(name, choices)).map(publicVariable)
  const tabs = board.tabs.map((tab) => ({
    ...tab,
    sections: tab.sections.map((section) => ({
      ...section,
      widgets: section.widgets.map((widget) => ({ ...widget, data: [] })),
    })),
  }))
  const annotations = { isShown: false, tags: [], queries: [] }
  return { ...board, filters: [], variables, annotations, tabs }
}

/** Its values are asked for by its name. */
const publicVariable = (variable: Variable): Variable => ({ ...variable, cube: '', dimension: '' })

/** By the id of a widget: of each of its questions the range that it has for itself, and null for one that follows the board. */
export function publicRanges(board: Board): Record<string, (string | null)[]> {
  const own = widgetsOf(board).filter(({ data }) => data.some(({ range }) => range !== undefined))
  return Object.fromEntries(own.map(({ id, data }) => [id, data.map(({ range }) => range ?? null)]))
}
