import type { Board } from '@almanac/core/boards/board.ts'
import type { ReaderChoice } from '../../board/choice/reader-choice.ts'

/** The board as it is looked at now, for everybody who opens it. */
export function withShownDefaults(board: Board, { rangeText, chosenGrain, refresh, scope }: ReaderChoice): Board {
  return {
    ...board,
    range: rangeText,
    grain: chosenGrain,
    refresh,
    compare: [...scope.compare],
    filters: [...scope.filters],
    variables: board.variables.map((variable) => ({
      ...variable,
      values: [...(scope.variables[variable.name] ?? variable.values)],
    })),
  }
}
