import type { Board, Visibility } from '@almanac/core/boards/board.ts'
import type { Pool, PoolClient } from 'pg'
import { translatePostgresError } from '../postgres/client.ts'
import { storableText } from '../postgres/storable-text.ts'
import { takenSlug } from './board-errors.ts'
import { freeSlug, SLUG } from './slug.ts'
import type { Viewer } from './viewer.ts'

/** The boards that were made here, in PostgreSQL. */

export type Database = Pool | PoolClient

export interface StoredBoard {
  readonly id: string
  readonly slug: string
  readonly title: string
  readonly description: string
  readonly folderId: string | null
  readonly visibility: Visibility
  readonly ownerId: string | null
  readonly ownerName: string | null
  readonly version: number
  readonly updatedAt: Date
}

const COLUMNS = `boards.id, slug, title, description, folder_id AS "folderId", visibility, owner_id AS "ownerId",
  users.name AS "ownerName", version, boards.updated_at AS "updatedAt"`
const FROM = 'boards LEFT JOIN users ON users.id = boards.owner_id'

/** Private ones are their owner's alone; what is left of somebody who is gone is the admins'. */
const MAY_SEE = `(visibility <> 'private' OR owner_id = $1 OR (owner_id IS NULL AND $2))`
const asks = ({ userId, isAdmin }: Viewer) => [userId ?? null, isAdmin]

export async function listStored(db: Database, viewer: Viewer): Promise<StoredBoard[]> {
  const text = `SELECT ${COLUMNS} FROM ${FROM} WHERE ${MAY_SEE} ORDER BY lower(title), slug`
  return (await db.query<StoredBoard>(text, asks(viewer))).rows
}

/** Undefined when there is none that this viewer may see. */
export async function findStored(db: Database, slug: string, viewer: Viewer): Promise<StoredBoard | undefined> {
  if (!SLUG.test(slug)) return undefined
  const text = `SELECT ${COLUMNS} FROM ${FROM} WHERE ${MAY_SEE} AND slug = $3`
  return (await db.query<StoredBoard>(text, [...asks(viewer), slug])).rows[0]
}

/** Whoever asks. */
export async function findForAll(db: Database, slug: string): Promise<StoredBoard | undefined> {
  if (!SLUG.test(slug)) return undefined
  return (await db.query<StoredBoard>(`SELECT ${COLUMNS} FROM ${FROM} WHERE slug = $1`, [slug])).rows[0]
}

export async function findById(db: Database, id: string): Promise<StoredBoard | undefined> {
  return (await db.query<StoredBoard>(`SELECT ${COLUMNS} FROM ${FROM} WHERE boards.id = $1`, [id])).rows[0]
}

/** One that this viewer may see, and nobody else changes it until the transaction is over. */
export async function lockStored(db: PoolClient, slug: string, viewer: Viewer): Promise<StoredBoard | undefined> {
  await db.query('SELECT FROM boards WHERE slug = $1 FOR UPDATE', [slug])
  return findStored(db, slug, viewer)
}

export interface NewStored {
  readonly board: Board
  readonly folderId: string | null
  readonly visibility: Visibility
  readonly ownerId: string | null
}

/** Under exactly this slug, with no version yet. Undefined when it is taken. */
export async function insertStored(db: Database, slug: string, { board, ...rest }: NewStored) {
  const { rows } = await db.query<{ id: string }>(
    `INSERT INTO boards (slug, title, description, folder_id, visibility, owner_id, version)
     VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (slug) DO NOTHING RETURNING id`,
    [slug, ...listed(board), rest.folderId, rest.visibility, rest.ownerId],
  )
  return rows[0]?.id
}

/** What the newest version says of the board. */
export async function updateNewest(db: Database, id: string, version: number, board: Board): Promise<void> {
  await db.query(
    'UPDATE boards SET version = $2, title = $3, description = $4, updated_at = clock_timestamp() WHERE id = $1',
    [id, version, ...listed(board)],
  )
}

const listed = ({ title, description = '' }: Board) => [storableText(title), storableText(description)]

type Change = Pick<StoredBoard, 'slug' | 'folderId' | 'visibility'>

/** Throws `conflict` where another board has the slug. */
export async function changeStored(db: Database, id: string, { slug, folderId, visibility }: Change): Promise<void> {
  const text = 'UPDATE boards SET slug = $2, folder_id = $3, visibility = $4 WHERE id = $1'
  await db.query(text, [id, slug, folderId, visibility]).catch((error) => {
    throw translatePostgresError(error).code === 'conflict' ? takenSlug(slug) : error
  })
}

export async function deleteStored(db: Database, id: string): Promise<void> {
  await db.query('DELETE FROM boards WHERE id = $1', [id])
}

/** Those of the slugs that a board has which was made here, whoever sees it. */
export async function takenOf(db: Database, slugs: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ slug: string }>('SELECT slug FROM boards WHERE slug = ANY($1::text[])', [slugs])
  return new Set(rows.map(({ slug }) => slug))
}

/** The first slug like this one that no stored board has, and none of these. */
export async function findFreeSlug(db: Database, stem: string, isTaken: (slug: string) => boolean): Promise<string> {
  const { rows } = await db.query<{ slug: string }>(`SELECT slug FROM boards WHERE slug LIKE $1 || '%'`, [stem])
  const stored = new Set(rows.map(({ slug }) => slug))
  return freeSlug(stem, (slug) => stored.has(slug) || isTaken(slug))
}
