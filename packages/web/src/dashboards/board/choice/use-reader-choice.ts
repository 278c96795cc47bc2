import type { Board } from '@almanac/core/boards/board.ts'
import { useMemo, useState } from 'react'
import { useMinute } from '../use-minute.ts'
import type { BoardSearch } from './board-search.ts'
import { useExtent } from './extent.ts'
import { chosenTimezone, type ReaderChoice, readerChoice, wantsAllTime } from './reader-choice.ts'

const OWN_TIMEZONE = Temporal.Now.timeZoneId()

/** What the reader sees of the board now. The same object as long as it means the same, so that minutes pass unnoticed. */
export function useReaderChoice(board: Board, search: BoardSearch): ReaderChoice {
  const minute = useMinute()
  const extent = useExtent(board, chosenTimezone(board, search, OWN_TIMEZONE), wantsAllTime(board, search))
  const next = useMemo(() => readerChoice(board, search, minute, OWN_TIMEZONE, extent), [board, search, minute, extent])
  const [kept, setKept] = useState(next)
  if (kept === next || JSON.stringify(kept) === JSON.stringify(next)) return kept
  setKept(next)
  return next
}
