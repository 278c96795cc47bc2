import type { Pool } from 'pg'
import { createAnnotations } from '../annotations/annotations.ts'
import { createBoards } from '../boards.ts'
import { createFixedBoards, type PlacedBoard } from '../fixed-boards.ts'
import { createFolders } from '../folders/folders.ts'
import { createTrash } from '../trash/trash.ts'
import type { Viewer } from '../viewer.ts'

/** For tests: boards in a database, as the server has them. */
export function openTestBoards(pool: Pool, ready: readonly PlacedBoard[] = []) {
  const fixed = createFixedBoards(ready)
  const boards = createBoards({ pool, fixed })
  return {
    boards,
    boardFolders: createFolders({ pool }),
    boardTrash: createTrash({ pool, fixed, boards }),
    annotations: createAnnotations({ pool, boards }),
  }
}

/** Somebody who is in the database. */
export async function testViewer(pool: Pool, name: string, role: 'admin' | 'editor' | 'viewer'): Promise<Viewer> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO users (email, name, password_hash, role) VALUES ($1, $2, 'x', $3) RETURNING id`,
    [`${crypto.randomUUID()}@example.com`, name, role],
  )
  const { id } = rows[0] as { id: string }
  return { userId: id, isAdmin: role === 'admin', mayEdit: role !== 'viewer', name: id }
}

export const COMMAND_LINE: Viewer = { userId: undefined, isAdmin: true, mayEdit: true, name: 'local' }
