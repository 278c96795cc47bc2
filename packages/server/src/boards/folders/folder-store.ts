import { AppError } from '@almanac/core/errors.ts'
import { storableText } from '../../postgres/storable-text.ts'
import type { Database } from '../board-store.ts'

/** A drawer for boards that were made here; it lies in another one, or in none. */
export interface Folder {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
}

const COLUMNS = 'id, name, parent_id AS "parentId"'

/** By name. */
export async function listFolders(db: Database): Promise<Folder[]> {
  return (await db.query<Folder>(`SELECT ${COLUMNS} FROM board_folders ORDER BY lower(name), id`)).rows
}

export async function insertFolder(db: Database, { name, parentId }: Omit<Folder, 'id'>): Promise<Folder> {
  const text = `INSERT INTO board_folders (name, parent_id) VALUES ($1, $2) RETURNING ${COLUMNS}`
  return (await db.query<Folder>(text, [storableText(name), parentId])).rows[0] as Folder
}

export async function updateFolder(db: Database, { id, name, parentId }: Folder): Promise<Folder> {
  const text = `UPDATE board_folders SET name = $2, parent_id = $3 WHERE id = $1 RETURNING ${COLUMNS}`
  return (await db.query<Folder>(text, [id, storableText(name), parentId])).rows[0] as Folder
}

/** What is in it moves up. */
export async function deleteFolder(db: Database, { id, parentId }: Folder): Promise<void> {
  await db.query('UPDATE boards SET folder_id = $2 WHERE folder_id = $1', [id, parentId])
  await db.query('UPDATE board_folders SET parent_id = $2 WHERE parent_id = $1', [id, parentId])
  await db.query('DELETE FROM board_folders WHERE id = $1', [id])
}

/** Throws `not_found`; a folder that is found stays until the transaction is over. */
export async function requireFolder(db: Database, id: string): Promise<Folder> {
  const text = `SELECT ${COLUMNS} FROM board_folders WHERE id = $1 FOR KEY SHARE`
  const { rows } = await db.query<Folder>(text, [id])
  if (rows[0]) return rows[0]
  throw new AppError('not_found', `There is no folder ${id}`, { hint: 'GET /api/v1/boards lists the folders.' })
}
