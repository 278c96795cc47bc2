import type { Board, Visibility } from '@almanac/core/boards/board.ts'
import type { Pool } from 'pg'
import {
  type BoardEntry,
  type BoardVersion,
  FIXED_VISIBILITY,
  type FoundBoard,
  fixedEntry,
  storedEntry,
} from './board-entry.ts'
import { deletedBoard, noBoard, noVersion } from './board-errors.ts'
import {
  type Database,
  findById,
  findForAll,
  findStored,
  listStored,
  type StoredBoard,
  takenOf,
} from './board-store.ts'
import type { FixedBoard, FixedBoards } from './fixed-boards.ts'
import { favouritesOf } from './folders/favourite-store.ts'
import { isInTrash } from './trash/trash-store.ts'
import { listVersions, readVersion } from './version-store.ts'
import type { Viewer } from './viewer.ts'

export interface BoardReader {
  list(viewer: Viewer): Promise<BoardEntry[]>
  /**
   * Throws `not_found`, also for those that the viewer may not see, and `gone` for one in the trash; so do all that name a
   * board. An address that a board had before leads to it.
   */
  find(slug: string, viewer: Viewer): Promise<FoundBoard>
  /** The slug of the board that has this one, or had it; without such a board, the same. */
  currentSlug(slug: string): Promise<string>
  /** Whoever asks: for those who have been let in by another way, such as a link. */
  read(slug: string): Promise<SharedBoard | undefined>
  /** The same by its id, which no other board ever gets. */
  readById(id: string): Promise<SharedBoard | undefined>
  /** The newest first; none where nobody saves it here. */
  versions(slug: string, viewer: Viewer): Promise<BoardVersion[]>
  version(slug: string, version: number, viewer: Viewer): Promise<Board>
}

interface SharedBoard {
  /** Undefined: not made here. */
  readonly id: string | undefined
  readonly slug: string
  readonly board: Board
  readonly visibility: Visibility
}

interface BoardReaderDeps {
  readonly pool: Pool
  readonly fixed: FixedBoards
}

export function createBoardReader({ pool, fixed }: BoardReaderDeps): BoardReader {
  const requireStored = async (slug: string, viewer: Viewer): Promise<StoredBoard> => {
    const stored = await findStored(pool, slug, viewer)
    if (stored) return stored
    throw (await isInTrash(pool, slug, viewer)) ? deletedBoard(slug) : noBoard(slug)
  }
  return {
    async list(viewer) {
      const [favourites, stored, taken] = await Promise.all([
        favouritesOf(pool, viewer),
        listStored(pool, viewer),
        takenOf(pool, [...fixed.ready().keys()]),
      ])
      const ready = [...fixed.ready().values()].filter(({ slug }) => !taken.has(slug))
      const entries = [
        ...ready.map((one) => fixedEntry(one, favourites)),
        ...stored.map((one) => storedEntry(one, viewer, favourites)),
        ...[...fixed.workspace().values()].map((one) => fixedEntry(one, favourites)),
      ]
      return [...new Map(entries.map((entry) => [entry.slug, entry])).values()]
    },
    async find(slug, viewer) {
      const favourites = await favouritesOf(pool, viewer)
      const found = await findFixed(pool, fixed, slug)
      if (found) return { ...fixedEntry(found, favourites), version: 1, board: found.board }
      const stored = await requireStored(slug, viewer)
      const entry = storedEntry(stored, viewer, favourites)
      return { ...entry, version: stored.version, board: await newestOf(pool, stored) }
    },
    async currentSlug(slug) {
      if (await findFixed(pool, fixed, slug)) return slug
      return (await findForAll(pool, slug))?.slug ?? slug
    },
    async read(slug) {
      const found = await findFixed(pool, fixed, slug)
      if (found) return { id: undefined, slug, board: found.board, visibility: FIXED_VISIBILITY }
      return shared(pool, await findForAll(pool, slug))
    },
    readById: async (id) => shared(pool, await findById(pool, id)),
    async versions(slug, viewer) {
      if (await findFixed(pool, fixed, slug)) return []
      return listVersions(pool, (await requireStored(slug, viewer)).id)
    },
    async version(slug, version, viewer) {
      if (await findFixed(pool, fixed, slug)) throw noVersion(slug, version)
      const board = await readVersion(pool, (await requireStored(slug, viewer)).id, version)
      if (!board) throw noVersion(slug, version)
      return board
    },
  }
}

/**
 * The board of this slug where it is not one that was made here. A private one of somebody else has its slug, too: that is no
 * reason to show another board in its place.
 */
export async function findFixed(db: Database, fixed: FixedBoards, slug: string): Promise<FixedBoard | undefined> {
  const ours = fixed.workspace().get(slug)
  if (ours) return ours
  const ready = fixed.ready().get(slug)
  return ready && !(await takenOf(db, [slug])).has(slug) ? fixed.shown(ready) : undefined
}

/** What the newest version says. */
export async function newestOf(db: Database, { id, slug, version }: StoredBoard): Promise<Board> {
  const board = await readVersion(db, id, version)
  if (!board) throw new Error(`The board ${slug} lacks its version ${version}`)
  return board
}

async function shared(db: Database, stored: StoredBoard | undefined): Promise<SharedBoard | undefined> {
  if (!stored) return undefined
  const { id, slug, visibility } = stored
  return { id, slug, visibility, board: await newestOf(db, stored) }
}
