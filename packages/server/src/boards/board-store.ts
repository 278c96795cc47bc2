import type { Board, Visibility } from '@almanac/core/boards/board.ts'
import type { Pool, PoolClient } from 'pg'
import { translatePostgresError } from '../postgres/client.ts'
import { storableText } from '../postgres/storable-text.ts'
import { freeSlug, SLUG } from './addresses/slug.ts'
import { takenSlug } from './board-errors.ts'
import type { Viewer } from './viewer.ts'

/** The boards that were made here, in PostgreSQL. What is in the trash (`trash/trash-store.ts`) is none of them. */

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
const IS_THERE = 'boards.deleted_at IS NULL'

/** Private ones are their owner's alone; what is left of somebody who is gone is the admins'. */
export const MAY_SEE = `(visibility <> 'private' OR owner_id = $1 OR (owner_id IS NULL AND $2))`
export const asks = ({ userId, isAdmin }: Viewer) => [userId ?? null, isAdmin]

export async function listStored(db: Database, viewer: Viewer): Promise<StoredBoard[]> {
  const text = `SELECT ${COLUMNS} FROM ${FROM} WHERE ${MAY_SEE} AND ${IS_THERE} ORDER BY lower(title), slug`
  return (await db.query<StoredBoard>(text, asks(viewer))).rows
}

/** Undefined when there is none that this viewer may see. An address that the board had before leads to it, too. */
export async function findStored(db: Database, slug: string, viewer: Viewer): Promise<StoredBoard | undefined> {
  if (!SLUG.test(slug)) return undefined
  const text = `SELECT ${COLUMNS} FROM ${FROM} WHERE ${MAY_SEE} AND ${IS_THERE} AND boards.id = ${idOf('$3')}`
  return (await db.query<StoredBoard>(text, [...asks(viewer), slug])).rows[0]
}

/** Whoever asks. */
export async function findForAll(db: Database, slug: string): Promise<StoredBoard | undefined> {
  if (!SLUG.test(slug)) return undefined
  const text = `SELECT ${COLUMNS} FROM ${FROM} WHERE ${IS_THERE} AND boards.id = ${idOf('$1')}`
  return (await db.query<StoredBoard>(text, [slug])).rows[0]
}

/** The board that has the address, or else the one that had it. */
const idOf = (
  slug: string,
) => `COALESCE((SELECT one.id FROM boards one WHERE one.slug = ${slug} AND one.deleted_at IS NULL),
  (SELECT board_id FROM board_old_addresses old WHERE old.slug = ${slug}))`

export async function findById(db: Database, id: string): Promise<StoredBoard | undefined> {
  const text = `SELECT ${COLUMNS} FROM ${FROM} WHERE ${IS_THERE} AND boards.id = $1`
  return (await db.query<StoredBoard>(text, [id])).rows[0]
}

/** One that this viewer may see, and nobody else changes it until the transaction is over. */
export async function lockStored(db: PoolClient, slug: string, viewer: Viewer): Promise<StoredBoard | undefined> {
  const found = await findStored(db, slug, viewer)
  if (!found) return undefined
  await db.query('SELECT FROM boards WHERE id = $1 FOR UPDATE', [found.id])
  // What was changed while it waited is seen now; deleted, it is gone.
  const locked = await findStored(db, slug, viewer)
  return locked?.id === found.id ? locked : undefined
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
     VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (slug) WHERE deleted_at IS NULL DO NOTHING RETURNING id`,
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

/** Those of the slugs that a board has which was made here, whoever sees it. */
export async function takenOf(db: Database, slugs: readonly string[]): Promise<ReadonlySet<string>> {
  const text = `SELECT slug FROM boards WHERE ${IS_THERE} AND slug = ANY($1::text[])`
  const { rows } = await db.query<{ slug: string }>(text, [slugs])
  return new Set(rows.map(({ slug }) => slug))
}

/** The first slug like this one that no stored board has or had, and none of these: an old address is taken by name only. */
export async function findFreeSlug(db: Database, stem: string, isTaken: (slug: string) => boolean): Promise<string> {
  const { rows } = await db.query<{ slug: string }>(
    `SELECT slug FROM boards WHERE ${IS_THERE} AND slug LIKE $1 || '%'
     UNION SELECT slug FROM board_old_addresses WHERE slug LIKE $1 || '%'`,
    [stem],
  )
  const stored = new Set(rows.map(({ slug }) => slug))
  return freeSlug(stem, (slug) => stored.has(slug) || isTaken(slug))
}
