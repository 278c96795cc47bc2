import { Board } from './board.ts'
import { literalCode } from './literal-code.ts'
import { withoutDefaults } from './without-defaults.ts'

/**
 * A file for the folder `boards` of a workspace that defines this board. What is usual is left out; the order is that of the
 * schema, whoever made the board; `readBoardCode` reads it back to the same board.
 */
export function boardCode(board: Board): string {
  // The parse puts the keys in order.
  const least = withoutDefaults(Board, Board.parse(board))
  return `import { defineBoard } from 'almanac/boards'\n\nexport default defineBoard(${literalCode(least)})\n`
}
