import { isDeepStrictEqual } from 'node:util'
import type { Board, Visibility } from '@almanac/core/boards/board.ts'
import type { Pool, PoolClient } from 'pg'
import { inTransaction } from '../postgres/in-transaction.ts'
import { leaveAddress, takeAddress } from './addresses/old-address-store.ts'
import { slugOf } from './addresses/slug.ts'
import { renameSlug, slugInTrash } from './addresses/slug-references.ts'
import type { FoundBoard } from './board-entry.ts'
import { cannotChange, noBoard, onlyItsOwner, savedByAnother, takenSlug } from './board-errors.ts'
import { type BoardReader, createBoardReader, findFixed, newestOf } from './board-reader.ts'
import {
  changeStored,
  findForAll,
  findFreeSlug,
  insertStored,
  lockStored,
  type NewStored,
  type StoredBoard,
  updateNewest,
} from './board-store.ts'
import type { FixedBoards, PlacedBoard } from './fixed-boards.ts'
import { setFavourite } from './folders/favourite-store.ts'
import { requireFolder } from './folders/folder-store.ts'
import { putIntoTrash } from './trash/trash-store.ts'
import { findVersion, insertVersion } from './version-store.ts'
import type { Viewer } from './viewer.ts'

/**
 * All boards: those that were made here, those of the workspace and those that come with Almanac. A slug is one board's: one of
 * the workspace goes before one that was made here, which goes before one that comes with Almanac.
 */
export interface Boards extends BoardReader {
  make(board: NewBoard, viewer: Viewer): Promise<FoundBoard>
  /** Another version, unless it says what the newest one does. Throws `conflict` when somebody else has saved since `version`. */
  save(slug: string, change: Save, viewer: Viewer): Promise<FoundBoard>
  change(slug: string, change: Change, viewer: Viewer): Promise<FoundBoard>
  /** Into the trash, from which it can be brought back (`trash/trash.ts`). Its address is free at once. */
  remove(slug: string, viewer: Viewer): Promise<void>
  duplicate(slug: string, viewer: Viewer): Promise<FoundBoard>
  setFavourite(slug: string, isFavourite: boolean, viewer: Viewer): Promise<void>
  /** What the workspace defines now. Boards that were made here under one of these slugs get another one. */
  replaceWorkspace(boards: readonly PlacedBoard[]): Promise<void>
}

interface NewBoard {
  readonly board: Board
  /** By default made of the title. */
  readonly slug?: string | undefined
  readonly folderId?: string | null | undefined
  readonly visibility?: Visibility | undefined
}

interface Save {
  readonly board: Board
  /** The one that was changed. */
  readonly version: number
  readonly note?: string | undefined
}

type Change = Pick<NewBoard, 'slug' | 'folderId' | 'visibility'>

interface BoardsDeps {
  readonly pool: Pool
  readonly fixed: FixedBoards
}

export function createBoards({ pool, fixed }: BoardsDeps): Boards {
  const reader = createBoardReader({ pool, fixed })
  const boards: Boards = {
    ...reader,
    async make(board, viewer) {
      const slug = await inTransaction(pool, (db) => make(db, fixed, board, viewer))
      return reader.find(slug, viewer)
    },
    async save(slug, change, viewer) {
      await inTransaction(pool, async (db) => save(db, await lockForChange(db, fixed, slug, viewer), change, viewer))
      return reader.find(slug, viewer)
    },
    async change(slug, change, viewer) {
      const after = await inTransaction(pool, async (db) =>
        changed(db, fixed, await lockForChange(db, fixed, slug, viewer), change, viewer),
      )
      return reader.find(after, viewer)
    },
    remove: (slug, viewer) =>
      inTransaction(pool, async (db) => {
        const stored = await lockForChange(db, fixed, slug, viewer)
        await putIntoTrash(db, stored.id, viewer.name)
        await renameSlug(db, stored.slug, slugInTrash(stored.id))
      }),
    async duplicate(slug, viewer) {
      const { board, folderId, visibility } = await reader.find(slug, viewer)
      const copy = { ...board, title: copyTitle(board.title) }
      return boards.make({ board: copy, folderId, visibility: visibility === 'private' ? 'private' : 'team' }, viewer)
    },
    async setFavourite(slug, isFavourite, viewer) {
      // One that is gone can still be taken off the list.
      const now = isFavourite ? (await reader.find(slug, viewer)).slug : await reader.currentSlug(slug)
      await setFavourite(pool, now, isFavourite, viewer)
    },
    async replaceWorkspace(placed) {
      fixed.replace(placed)
      for (const { slug } of placed) await inTransaction(pool, (db) => moveAside(db, fixed, slug))
    },
  }
  return boards
}

async function make(db: PoolClient, fixed: FixedBoards, asked: NewBoard, viewer: Viewer): Promise<string> {
  const { board, folderId = null, visibility = 'team' } = asked
  if (folderId !== null) await requireFolder(db, folderId)
  const stored = { board, folderId, visibility, ownerId: viewer.userId ?? null }
  const { id, slug } = await placed(db, fixed, asked.slug, stored)
  await takeAddress(db, slug)
  await insertVersion(db, id, { version: 1, board, note: '', savedBy: viewer.name })
  await updateNewest(db, id, 1, board)
  return slug
}

/** Under the slug that was asked for, or else the first free one like the title. */
async function placed(db: PoolClient, fixed: FixedBoards, wanted: string | undefined, stored: NewStored) {
  if (wanted !== undefined) {
    const id = fixed.has(wanted) ? undefined : await insertStored(db, wanted, stored)
    if (id === undefined) throw takenSlug(wanted)
    return { id, slug: wanted }
  }
  for (;;) {
    const slug = await findFreeSlug(db, slugOf(stored.board.title), fixed.has)
    const id = await insertStored(db, slug, stored)
    // Taken in between, so it is seen to be taken the next time.
    if (id !== undefined) return { id, slug }
  }
}

/** Nobody else changes it until the transaction is over. */
async function lockForChange(db: PoolClient, fixed: FixedBoards, slug: string, viewer: Viewer): Promise<StoredBoard> {
  const found = await findFixed(db, fixed, slug)
  if (found) throw cannotChange(found)
  const stored = await lockStored(db, slug, viewer)
  if (!stored) throw noBoard(slug)
  return stored
}

async function save(db: PoolClient, stored: StoredBoard, { board, version, note = '' }: Save, viewer: Viewer) {
  const { id, slug } = stored
  if (isDeepStrictEqual(await newestOf(db, stored), board)) return
  const newest = await findVersion(db, id, stored.version)
  if (newest && newest.version !== version) throw savedByAnother(slug, version, newest)
  await insertVersion(db, id, { version: version + 1, board, note, savedBy: viewer.name })
  await updateNewest(db, id, version + 1, board)
}

/** Answers with the slug from now on. */
async function changed(
  db: PoolClient,
  fixed: FixedBoards,
  stored: StoredBoard,
  { slug = stored.slug, folderId = stored.folderId, visibility = stored.visibility }: Change,
  viewer: Viewer,
): Promise<string> {
  if (folderId !== null && folderId !== stored.folderId) await requireFolder(db, folderId)
  if (visibility === 'private' && stored.visibility !== 'private' && !isOwner(stored, viewer)) {
    throw onlyItsOwner(stored.slug)
  }
  if (slug !== stored.slug && fixed.has(slug)) throw takenSlug(slug)
  await changeStored(db, stored.id, { slug, folderId, visibility })
  if (slug !== stored.slug) {
    await takeAddress(db, slug)
    await leaveAddress(db, stored.slug, stored.id)
    await renameSlug(db, stored.slug, slug)
  }
  return slug
}

/** For others, and for whoever does it, a board that becomes private is gone. */
function isOwner({ ownerId }: StoredBoard, { userId, isAdmin }: Viewer): boolean {
  return ownerId === null ? isAdmin : ownerId === userId
}

async function moveAside(db: PoolClient, fixed: FixedBoards, slug: string): Promise<void> {
  const stored = await findForAll(db, slug)
  // An old address of it is not its place.
  if (stored?.slug !== slug) return
  await changeStored(db, stored.id, { ...stored, slug: await findFreeSlug(db, slug, fixed.has) })
  await leaveAddress(db, slug, stored.id)
}

const LONGEST_TITLE = 500
const COPY = ' (copy)'

function copyTitle(title: string): string {
  return `${title.slice(0, LONGEST_TITLE - COPY.length).toWellFormed()}${COPY}`
}
