import type { Board } from '@almanac/core/boards/board.ts'
import type { ChartAnnotation } from '@almanac/core/charts/drawing.ts'
import { createContext, useContext } from 'react'
import type { CrosshairStore } from '../live/crosshair.ts'
import type { BoardSearch } from './choice/board-search.ts'
import type { ReaderChoice } from './choice/reader-choice.ts'

/** What all widgets of a board have in common. */
export interface BoardContext {
  readonly board: Board
  /** Of the saved board; a board that is being made has none. */
  readonly slug: string | undefined
  readonly choice: ReaderChoice
  readonly search: BoardSearch
  readonly go: (search: BoardSearch) => void
  readonly crosshair: CrosshairStore
  readonly annotations: readonly ChartAnnotation[]
  /** Everything asks, also what nobody sees: it is about to be printed. */
  readonly isPrinting: boolean
  /** The server can't be reached: what is shown is the last that came. */
  readonly isAway: boolean
  /** The name of a dimension. */
  readonly labelOf: (dimension: string) => string
  /** Begins an annotation at a moment; absent where the reader may not. */
  readonly onAnnotate: ((at: string) => void) | undefined
}

const Context = createContext<BoardContext | undefined>(undefined)

export const BoardProvider = Context.Provider

export function useBoard(): BoardContext {
  const context = useContext(Context)
  if (!context) throw new Error('a widget lies on no board')
  return context
}
