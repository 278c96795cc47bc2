import type { Board } from '@almanac/core/boards/board.ts'
import { readBoard } from '@almanac/core/boards/read-board.ts'
import { AppError } from '@almanac/core/errors.ts'
import { storableText } from '../postgres/storable-text.ts'
import type { BoardVersion } from './board-entry.ts'
import type { Database } from './board-store.ts'

/** Every save of a board. */

interface NewVersion {
  readonly version: number
  readonly board: Board
  readonly note: string
  readonly savedBy: string
}

export async function insertVersion(db: Database, boardId: string, saved: NewVersion): Promise<void> {
  const { version, board, note, savedBy } = saved
  await db.query(
    `INSERT INTO board_versions (board_id, version, title, board, note, saved_by, saved_at)
     VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp())`,
    [boardId, version, storableText(board.title), JSON.stringify(board), storableText(note), savedBy],
  )
}

/** The newest first. */
export async function listVersions(db: Database, boardId: string): Promise<BoardVersion[]> {
  const { rows } = await db.query<StoredVersion>(`${SELECT} WHERE board_id = $1 ORDER BY version DESC`, [boardId])
  return rows.map(named)
}

export async function findVersion(db: Database, boardId: string, version: number): Promise<BoardVersion | undefined> {
  const { rows } = await db.query<StoredVersion>(`${SELECT} WHERE board_id = $1 AND version = $2`, [boardId, version])
  return rows[0] && named(rows[0])
}

const SELECT = `SELECT version, title, note, saved_at AS "savedAt", saved_by AS "savedBy", users.name AS "userName"
  FROM board_versions LEFT JOIN users ON users.id::text = saved_by`

interface StoredVersion extends BoardVersion {
  readonly savedBy: string
  readonly userName: string | null
}

function named({ userName, savedBy, ...version }: StoredVersion): BoardVersion {
  return { ...version, savedBy: nameFor(savedBy, userName) }
}

/** Who it was, for people to read, of what is written down. */
export function nameFor(principal: string, userName: string | null): string | null {
  if (principal === 'local') return 'Command line'
  return principal.startsWith('key ') ? `API key ${principal.slice('key '.length)}` : userName
}

/** What it said. Undefined when there is no such version. */
export async function readVersion(db: Database, boardId: string, version: number): Promise<Board | undefined> {
  const { rows } = await db.query<{ board: unknown }>(
    'SELECT board FROM board_versions WHERE board_id = $1 AND version = $2',
    [boardId, version],
  )
  if (rows[0] === undefined) return undefined
  const read = readBoard(rows[0].board)
  if ('board' in read) return read.board
  const message = `Version ${version} of this board is not as this version of Almanac knows boards`
  const hint = 'Was it saved by a newer one? Start that one, or restore an older version of the board.'
  throw new AppError('unsupported', message, { hint, issues: read.issues })
}
