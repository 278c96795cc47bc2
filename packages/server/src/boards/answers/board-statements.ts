import { isDeepStrictEqual } from 'node:util'
import { type Board, widgetsOf } from '@almanac/core/boards/board.ts'
import type { SqlData } from './prepare-data.ts'

/** Whether a statement, with its own parameters, is one that somebody with the right to has put on the board. */
export function isOfBoard(data: SqlData, board: Board): boolean {
  return statementsOf(board).some((one) => isDeepStrictEqual(one, data))
}

function statementsOf(board: Board): SqlData[] {
  const ofWidgets = widgetsOf(board).flatMap(({ data }) => data.filter((one) => one.from === 'sql'))
  const ofAnnotations = board.annotations.queries.map(({ sql }): SqlData => ({ from: 'sql', sql, parameters: {} }))
  return [...ofWidgets, ...ofAnnotations]
}
