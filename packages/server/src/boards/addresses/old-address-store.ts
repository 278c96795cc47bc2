import type { Database } from '../board-store.ts'

/** The addresses that boards had before lead to them, until another board takes them. */

/** The board is no longer here. */
export async function leaveAddress(db: Database, slug: string, boardId: string): Promise<void> {
  const text = `INSERT INTO board_old_addresses (slug, board_id) VALUES ($1, $2)
    ON CONFLICT (slug) DO UPDATE SET board_id = excluded.board_id`
  await db.query(text, [slug, boardId])
}

/** A board is here now: nobody is led away from it. */
export async function takeAddress(db: Database, slug: string): Promise<void> {
  await db.query('DELETE FROM board_old_addresses WHERE slug = $1', [slug])
}
