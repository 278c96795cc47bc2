import type { Database } from '../board-store.ts'

/** What names a board by its slug goes with it. */
const TABLES = [
  { table: 'board_favourites', column: 'slug' },
  { table: 'annotations', column: 'board' },
] as const

/** In the place of a slug while the board is in the trash: no board has it, so that nobody sees what belongs to it. */
export const slugInTrash = (boardId: string) => `trash:${boardId}`

export async function renameSlug(db: Database, from: string, to: string): Promise<void> {
  // Left over from a board that is gone: nobody's favourites any more.
  await forgetSlug(db, to)
  for (const { table, column } of TABLES) {
    await db.query(`UPDATE ${table} SET ${column} = $2 WHERE ${column} = $1`, [from, to])
  }
}

export async function forgetSlug(db: Database, slug: string): Promise<void> {
  for (const { table, column } of TABLES) await db.query(`DELETE FROM ${table} WHERE ${column} = $1`, [slug])
}
