import type { Database } from '../board-store.ts'
import type { Viewer } from '../viewer.ts'

/** The slugs of a person's favourites; a program has none. */
export async function favouritesOf(db: Database, { userId }: Viewer): Promise<ReadonlySet<string>> {
  if (userId === undefined) return new Set()
  const { rows } = await db.query<{ slug: string }>('SELECT slug FROM board_favourites WHERE user_id = $1', [userId])
  return new Set(rows.map(({ slug }) => slug))
}

export async function setFavourite(
  db: Database,
  slug: string,
  isFavourite: boolean,
  { userId }: Viewer,
): Promise<void> {
  const text = isFavourite
    ? 'INSERT INTO board_favourites (user_id, slug) VALUES ($1, $2) ON CONFLICT DO NOTHING'
    : 'DELETE FROM board_favourites WHERE user_id = $1 AND slug = $2'
  await db.query(text, [userId, slug])
}
