import type { Pool } from 'pg'
import { hashToken } from '../accounts/sign-in/secret-token.ts'
import type { ShareLink } from './share-link.ts'

/** Which board a link is of: one that was made here by its id, another by its address. */
export type LinkedBoard = { readonly id: string } | { readonly slug: string }

export interface StoredLink extends ShareLink {
  readonly passwordHash: string | null
  readonly board: LinkedBoard
}

const COLUMNS = `share_links.id, label, password_hash IS NOT NULL AS "hasPassword", allowed, timezone,
  CASE WHEN created_by = 'local' OR created_by LIKE 'key %' THEN created_by
    ELSE (SELECT name FROM users WHERE users.id::text = created_by) END AS "createdBy",
  share_links.created_at AS "createdAt", expires_at AS "expiresAt", last_used_at AS "lastUsedAt"`

export async function listLinks(pool: Pool, board: LinkedBoard): Promise<ShareLink[]> {
  const { rows } = await pool.query<ShareLink>(
    `SELECT ${COLUMNS} FROM share_links WHERE board_id = $1 OR fixed_board = $2 ORDER BY created_at DESC, id`,
    keysOf(board),
  )
  return rows
}

interface NewStoredLink {
  readonly token: string
  readonly label: string
  readonly passwordHash: string | undefined
  readonly allowed: readonly string[]
  readonly timezone: string
  readonly createdBy: string
  readonly expiresAt: Date | undefined
}

export async function insertLink(pool: Pool, board: LinkedBoard, link: NewStoredLink): Promise<ShareLink> {
  const { rows } = await pool.query<ShareLink>(
    `INSERT INTO share_links (board_id, fixed_board, token_hash, label, password_hash, allowed, timezone, created_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${COLUMNS}`,
    [
      ...keysOf(board),
      hashToken(link.token),
      link.label,
      link.passwordHash,
      link.allowed,
      link.timezone,
      link.createdBy,
      link.expiresAt,
    ],
  )
  const [row] = rows
  if (!row) throw new Error('PostgreSQL returned no row for the new link')
  return row
}

/** False when the board has no such link. */
export async function deleteLink(pool: Pool, board: LinkedBoard, id: string): Promise<boolean> {
  const text = 'DELETE FROM share_links WHERE id = $3 AND (board_id = $1 OR fixed_board = $2)'
  return (await pool.query(text, [...keysOf(board), id])).rowCount === 1
}

/** Undefined when there is none, or its time is over. */
export async function findLink(pool: Pool, token: string, now: Date): Promise<StoredLink | undefined> {
  const { rows } = await pool.query<Omit<StoredLink, 'board'> & { boardId: string | null; fixedBoard: string | null }>(
    `SELECT ${COLUMNS}, password_hash AS "passwordHash", board_id AS "boardId", fixed_board AS "fixedBoard"
     FROM share_links WHERE token_hash = $1 AND (expires_at IS NULL OR expires_at > $2)`,
    [hashToken(token), now],
  )
  const [row] = rows
  if (!row) return undefined
  const { boardId, fixedBoard, ...link } = row
  return { ...link, board: boardId === null ? { slug: fixedBoard ?? '' } : { id: boardId } }
}

export async function touchLink(pool: Pool, id: string, now: Date): Promise<void> {
  await pool.query('UPDATE share_links SET last_used_at = $2 WHERE id = $1', [id, now])
}

/** In this browser the password was right. What has ended is swept out on the way. */
export async function insertUnlock(
  pool: Pool,
  linkId: string,
  ticket: string,
  expiresAt: Date,
  now: Date,
): Promise<void> {
  await pool.query('DELETE FROM share_unlocks WHERE expires_at <= $1', [now])
  await pool.query('INSERT INTO share_unlocks (token_hash, link_id, expires_at) VALUES ($1, $2, $3)', [
    hashToken(ticket),
    linkId,
    expiresAt,
  ])
}

export async function isUnlocked(pool: Pool, linkId: string, ticket: string, now: Date): Promise<boolean> {
  const text = 'SELECT FROM share_unlocks WHERE token_hash = $1 AND link_id = $2 AND expires_at > $3'
  return (await pool.query(text, [hashToken(ticket), linkId, now])).rowCount === 1
}

const keysOf = (board: LinkedBoard) => ('id' in board ? [board.id, null] : [null, board.slug])
