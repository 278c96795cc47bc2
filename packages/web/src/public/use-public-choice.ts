import type { Board } from '@almanac/core/boards/board.ts'
import { useMemo, useState } from 'react'
import type { BoardSearch } from '../dashboards/board/choice/board-search.ts'
import { type ReaderChoice, readerChoice } from '../dashboards/board/choice/reader-choice.ts'
import { useMinute } from '../dashboards/board/use-minute.ts'

const OWN_TIMEZONE = Temporal.Now.timeZoneId()

/** What the reader sees of a shared board now: the same object as long as it means the same. */
export function usePublicChoice(board: Board, search: BoardSearch): ReaderChoice {
  const minute = useMinute()
  // Where data is nobody without an account can find out; all time was replaced before.
  const next = useMemo(() => readerChoice(board, search, minute, OWN_TIMEZONE, null), [board, search, minute])
  const [kept, setKept] = useState(next)
  if (kept === next || JSON.stringify(kept) === JSON.stringify(next)) return kept
  setKept(next)
  return next
}
