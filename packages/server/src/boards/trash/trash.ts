import { AppError } from '@almanac/core/errors.ts'
import type { Pool, PoolClient } from 'pg'
import { translatePostgresError } from '../../postgres/client.ts'
import { inTransaction } from '../../postgres/in-transaction.ts'
import { takeAddress } from '../addresses/old-address-store.ts'
import { forgetSlug, renameSlug, slugInTrash } from '../addresses/slug-references.ts'
import type { FoundBoard } from '../board-entry.ts'
import { takenSlug } from '../board-errors.ts'
import type { BoardReader } from '../board-reader.ts'
import { findFreeSlug, takenOf } from '../board-store.ts'
import type { FixedBoards } from '../fixed-boards.ts'
import type { Viewer } from '../viewer.ts'
import {
  deleteTrashed,
  deleteTrashedBefore,
  isIdInTrash,
  isPublicInTrash,
  listTrashed,
  lockTrashed,
  type TrashedBoard,
  takeOutOfTrash,
} from './trash-store.ts'

/**
 * Where deleted boards lie until they are brought back or their time is over, with all that belongs to them: versions, folder,
 * links, favourites, annotations. Each is named by its id, as its address may be another board's by now.
 */
export interface Trash {
  /** Those that the viewer could see, the latest first. */
  list(viewer: Viewer): Promise<TrashedBoard[]>
  /** To its address, or to one like it where that one is taken. */
  restore(id: string, viewer: Viewer): Promise<FoundBoard>
  /** For good. */
  remove(id: string, viewer: Viewer): Promise<void>
  /** Whoever asks: whether the board of a link, or one that everybody could see at its address, is in here. */
  has(board: { readonly id: string } | { readonly slug: string }): Promise<boolean>
  /** Deletes for good what has been here too long; answers with how many. */
  empty(now: Date): Promise<number>
}

/** Long enough for somebody who comes back from holidays and misses a board; it is also as long as other systems keep theirs. */
export const KEPT_DAYS = 30
const DAY_MS = 86_400_000

interface TrashDeps {
  readonly pool: Pool
  readonly fixed: FixedBoards
  readonly boards: Pick<BoardReader, 'find'>
}

export function createTrash({ pool, fixed, boards }: TrashDeps): Trash {
  return {
    list: (viewer) => listTrashed(pool, viewer),
    async restore(id, viewer) {
      const slug = await inTransaction(pool, async (db) => restore(db, fixed, await requireTrashed(db, id, viewer)))
      return boards.find(slug, viewer)
    },
    remove: (id, viewer) =>
      inTransaction(pool, async (db) => {
        await requireTrashed(db, id, viewer)
        await deleteTrashed(db, id)
        await forgetSlug(db, slugInTrash(id))
      }),
    has: (board) => ('id' in board ? isIdInTrash(pool, board.id) : isPublicInTrash(pool, board.slug)),
    empty: (now) =>
      inTransaction(pool, async (db) => {
        const ids = await deleteTrashedBefore(db, new Date(now.getTime() - KEPT_DAYS * DAY_MS))
        for (const id of ids) await forgetSlug(db, slugInTrash(id))
        return ids.length
      }),
  }
}

/** Answers with its slug from now on. */
async function restore(db: PoolClient, fixed: FixedBoards, { id, slug: before }: TrashedBoard): Promise<string> {
  const isTaken = fixed.has(before) || (await takenOf(db, [before])).has(before)
  const slug = isTaken ? await findFreeSlug(db, before, fixed.has) : before
  await takeOutOfTrash(db, id, slug).catch((error) => {
    throw translatePostgresError(error).code === 'conflict' ? takenSlug(slug) : error
  })
  await takeAddress(db, slug)
  await renameSlug(db, slugInTrash(id), slug)
  return slug
}

async function requireTrashed(db: PoolClient, id: string, viewer: Viewer): Promise<TrashedBoard> {
  const found = await lockTrashed(db, id, viewer)
  if (found) return found
  throw new AppError('not_found', `There is no board ${id} in the trash`, {
    hint: 'GET /api/v1/trash lists what is there. What was deleted for good, or brought back, is not.',
  })
}
