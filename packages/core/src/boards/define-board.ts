import { described } from '../cubes/define/schema-issues.ts'
import { AppError } from '../errors.ts'
import type { Board, BoardInput } from './board.ts'
import { readBoard } from './read-board.ts'

/** The module `almanac/boards` of a workspace. */

export type { BoardInput, WidgetInput } from './board.ts'

/** Checks the board and fills in what was left out. Throws one `invalid_config` with everything that is wrong. */
export function defineBoard(input: BoardInput): Board {
  const read = readBoard(input)
  if ('board' in read) return read.board
  const { issues } = read
  const list = issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  const count = issues.length === 1 ? 'a mistake' : `${issues.length} mistakes`
  throw new AppError('invalid_config', `the board ${described(input?.title)} has ${count}: ${list}`, { issues })
}
