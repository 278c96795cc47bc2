import type { Board, Visibility } from '@almanac/core/boards/board.ts'
import type { StoredBoard } from './board-store.ts'
import type { FixedBoard } from './fixed-boards.ts'
import type { Viewer } from './viewer.ts'

/** `made`: in the browser, over HTTP or out of code. The others cannot be changed here. */
export const ORIGINS = ['made', 'workspace', 'ready'] as const

/** A board as it stands in a list, for one viewer. */
export interface BoardEntry {
  readonly slug: string
  readonly title: string
  readonly description: string
  readonly folderId: string | null
  readonly visibility: Visibility
  readonly origin: (typeof ORIGINS)[number]
  readonly ownerName: string | null
  /** Null where nobody saves it here. */
  readonly updatedAt: Date | null
  readonly isFavourite: boolean
  readonly mayEdit: boolean
}

export interface FoundBoard extends BoardEntry {
  /** From 1 on; always 1 where nobody saves it here. */
  readonly version: number
  readonly board: Board
}

export interface BoardVersion {
  readonly version: number
  readonly title: string
  readonly note: string
  readonly savedAt: Date
  /** A name for people; null: somebody who is gone. */
  readonly savedBy: string | null
}

export const FIXED_VISIBILITY: Visibility = 'team'

export function fixedEntry({ slug, origin, board }: FixedBoard, favourites: ReadonlySet<string>): BoardEntry {
  return {
    slug,
    title: board.title,
    description: board.description ?? '',
    folderId: null,
    visibility: FIXED_VISIBILITY,
    origin,
    ownerName: null,
    updatedAt: null,
    isFavourite: favourites.has(slug),
    mayEdit: false,
  }
}

export function storedEntry(
  { id: _, ownerId: __, version: ___, ...entry }: StoredBoard,
  { mayEdit }: Viewer,
  favourites: ReadonlySet<string>,
): BoardEntry {
  return { ...entry, origin: 'made', isFavourite: favourites.has(entry.slug), mayEdit }
}
