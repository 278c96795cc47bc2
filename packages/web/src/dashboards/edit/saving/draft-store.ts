import type { Board } from '@almanac/core/boards/board.ts'
import { readBoard } from '@almanac/core/boards/read-board.ts'

/** Changes that were not saved yet, kept in this browser: a closed tab or a crash loses nothing. */
export interface Draft {
  readonly board: Board
  /** On which it is based; 0 for a board that was never saved. */
  readonly version: number
  /** RFC 3339. */
  readonly changedAt: string
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Of the board with that slug; without one, of a new board. What can't be read any more is as good as none. */
export function readDraft(store: Store, slug: string | undefined): Draft | undefined {
  try {
    const found: unknown = JSON.parse(store.getItem(keyOf(slug)) ?? 'null')
    if (typeof found !== 'object' || found === null || !('board' in found)) return undefined
    const { version, changedAt } = found as Partial<Draft>
    const read = readBoard(found.board)
    if (!('board' in read) || typeof version !== 'number' || typeof changedAt !== 'string') return undefined
    return { board: read.board, version, changedAt }
  } catch {
    return undefined
  }
}

/** A full or forbidden store keeps nothing, and that is no reason to stop. */
export function writeDraft(store: Store, slug: string | undefined, draft: Draft): void {
  try {
    store.setItem(keyOf(slug), JSON.stringify(draft))
  } catch {
    // The page warns before it is left all the same.
  }
}

export function dropDraft(store: Store, slug: string | undefined): void {
  try {
    store.removeItem(keyOf(slug))
  } catch {
    // As above.
  }
}

const keyOf = (slug: string | undefined) => `almanac.board-draft.${slug ?? ''}`
