import type { Visibility } from '@almanac/core/boards/board.ts'
import { SLUG } from '../addresses/slug.ts'
import { asks, type Database, MAY_SEE } from '../board-store.ts'
import { nameFor } from '../version-store.ts'
import type { Viewer } from '../viewer.ts'

/** A board that was deleted and can still be brought back. Several of them may have had the same address. */
export interface TrashedBoard {
  readonly id: string
  /** Its address before. */
  readonly slug: string
  readonly title: string
  readonly description: string
  readonly folderId: string | null
  readonly visibility: Visibility
  readonly ownerName: string | null
  readonly deletedAt: Date
  /** A name for people; null: somebody who is gone. */
  readonly deletedBy: string | null
}

const SELECT = `SELECT boards.id, slug, title, description, folder_id AS "folderId", visibility, owners.name AS "ownerName",
    deleted_at AS "deletedAt", deleted_by AS "deletedBy", deleters.name AS "userName"
  FROM boards LEFT JOIN users owners ON owners.id = boards.owner_id
    LEFT JOIN users deleters ON deleters.id::text = deleted_by`
const IS_DELETED = 'boards.deleted_at IS NOT NULL'

interface Row extends Omit<TrashedBoard, 'deletedBy'> {
  readonly deletedBy: string
  readonly userName: string | null
}

/** Those that this viewer could see, the latest first. */
export async function listTrashed(db: Database, viewer: Viewer): Promise<TrashedBoard[]> {
  const text = `${SELECT} WHERE ${MAY_SEE} AND ${IS_DELETED} ORDER BY deleted_at DESC, boards.id`
  return (await db.query<Row>(text, asks(viewer))).rows.map(named)
}

/** One that this viewer could see; nobody else brings it back or deletes it until the transaction is over. */
export async function lockTrashed(db: Database, id: string, viewer: Viewer): Promise<TrashedBoard | undefined> {
  const text = `${SELECT} WHERE ${MAY_SEE} AND ${IS_DELETED} AND boards.id = $3 FOR UPDATE OF boards`
  const [row] = (await db.query<Row>(text, [...asks(viewer), id])).rows
  return row && named(row)
}

function named({ userName, deletedBy, ...board }: Row): TrashedBoard {
  return { ...board, deletedBy: nameFor(deletedBy, userName) }
}

export async function putIntoTrash(db: Database, id: string, deletedBy: string): Promise<void> {
  const text = 'UPDATE boards SET deleted_at = clock_timestamp(), deleted_by = $2 WHERE id = $1'
  await db.query(text, [id, deletedBy])
}

/** Throws a `conflict` of PostgreSQL where another board has the slug by now. */
export async function takeOutOfTrash(db: Database, id: string, slug: string): Promise<void> {
  await db.query('UPDATE boards SET deleted_at = NULL, deleted_by = NULL, slug = $2 WHERE id = $1', [id, slug])
}

/** With its versions, links and old addresses. */
export async function deleteTrashed(db: Database, id: string): Promise<void> {
  await db.query(`DELETE FROM boards WHERE id = $1 AND ${IS_DELETED}`, [id])
}

/** All that lie in the trash since before then; answers with their ids. */
export async function deleteTrashedBefore(db: Database, before: Date): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>('DELETE FROM boards WHERE deleted_at < $1 RETURNING id', [before])
  return rows.map(({ id }) => id)
}

/** Whether a board that this viewer could see was deleted under this address. */
export async function isInTrash(db: Database, slug: string, viewer: Viewer): Promise<boolean> {
  if (!SLUG.test(slug)) return false
  const text = `SELECT FROM boards WHERE ${MAY_SEE} AND ${IS_DELETED} AND slug = $3 LIMIT 1`
  return (await db.query(text, [...asks(viewer), slug])).rowCount === 1
}

/** Whoever asks: for those who have a link to the board. */
export async function isIdInTrash(db: Database, id: string): Promise<boolean> {
  return (await db.query(`SELECT FROM boards WHERE ${IS_DELETED} AND id = $1`, [id])).rowCount === 1
}

/** Whoever asks: whether everybody could see a board at this address, and it was deleted. */
export async function isPublicInTrash(db: Database, slug: string): Promise<boolean> {
  if (!SLUG.test(slug)) return false
  const text = `SELECT FROM boards WHERE ${IS_DELETED} AND visibility = 'public' AND slug = $1 LIMIT 1`
  return (await db.query(text, [slug])).rowCount === 1
}
