import type { Board } from '@almanac/core/boards/board.ts'
import { useMemo, useState } from 'react'
import { changeTo, type History, redo, startHistory, undo } from './history.ts'

export interface BoardHistory {
  readonly board: Board
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** Changes of the same step that follow at once are undone in one. */
  readonly change: (edit: (board: Board) => Board, step?: string) => void
  readonly undo: () => void
  readonly redo: () => void
}

/** The board that is edited, with everything it was before. Its functions stay the same. */
export function useBoardHistory(initial: Board): BoardHistory {
  const [history, setHistory] = useState<History<Board>>(() => startHistory(initial))
  const functions = useMemo(
    () => ({
      change: (edit: (board: Board) => Board, step?: string) => {
        const at = step === undefined ? undefined : { name: step, atMs: performance.now() }
        setHistory((now) => changeTo(now, edit(now.present), at))
      },
      undo: () => setHistory(undo),
      redo: () => setHistory(redo),
    }),
    [],
  )
  return {
    board: history.present,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    ...functions,
  }
}
