import type { Board } from '@almanac/core/boards/board.ts'
import { createContext, useContext } from 'react'
import type { PublicRanges } from '../api/public.ts'
import type { BoardSearch } from '../dashboards/board/choice/board-search.ts'
import type { ReaderChoice } from '../dashboards/board/choice/reader-choice.ts'
import type { CrosshairStore } from '../dashboards/live/crosshair.ts'

/** What all widgets of a shared board have in common. */
interface PublicContext {
  readonly token: string
  readonly board: Board
  readonly ranges: PublicRanges
  readonly choice: ReaderChoice
  readonly search: BoardSearch
  readonly go: (search: BoardSearch) => void
  /** Whether the range is the reader's to choose: then charts can be zoomed into. */
  readonly mayZoom: boolean
  readonly crosshair: CrosshairStore
  /** Everything asks, also what nobody sees: it is about to be printed. */
  readonly isPrinting: boolean
  /** The server can't be reached: what is shown is the last that came. */
  readonly isAway: boolean
}

const Context = createContext<PublicContext | undefined>(undefined)

export const PublicProvider = Context.Provider

export function usePublicBoard(): PublicContext {
  const context = useContext(Context)
  if (!context) throw new Error('a shared widget lies on no shared board')
  return context
}
