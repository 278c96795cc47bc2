import { type Board, widgetsOf } from '@almanac/core/boards/board.ts'

/** The cube that most widgets of the board ask; of several, the one that is asked last. */
export function usualCube(board: Board): string | undefined {
  const counts = new Map<string, number>()
  for (const { data } of widgetsOf(board)) {
    for (const one of data) if (one.from === 'cube') counts.set(one.cube, (counts.get(one.cube) ?? 0) + 1)
  }
  return [...counts].toSorted(([, a], [, b]) => a - b).at(-1)?.[0]
}
