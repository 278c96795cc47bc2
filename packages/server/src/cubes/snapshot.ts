import type { CubeSnapshot } from '@almanac/core/query/query-sql.ts'
import type { Pool } from 'pg'
import { answeredSoon } from '../postgres/client.ts'

/**
 * What counts in a cube between two instants (in seconds), as one statement sees it. Rows that come later have a later
 * version and are left out; rows that are replaced later are deleted long after any query that began now has ended.
 */
export async function readSnapshot(pool: Pool, cube: string, from: number, to: number): Promise<CubeSnapshot> {
  const { rows } = await pool.query<{ touched: string[]; hours: string[]; versions: string[]; version: string }>(
    answeredSoon(
      `SELECT
       (SELECT last_value FROM cube_versions) AS version,
       ARRAY(SELECT extract(epoch FROM hour)::bigint FROM cube_hours
             WHERE cube = $1 AND touched <> computed AND hour > to_timestamp($2) - interval '1 hour' AND hour < to_timestamp($3)
             ORDER BY hour) AS touched,
       ARRAY(SELECT extract(epoch FROM hour)::bigint FROM cube_garbage WHERE cube = $1 ORDER BY hour, version) AS hours,
       ARRAY(SELECT version FROM cube_garbage WHERE cube = $1 ORDER BY hour, version) AS versions`,
      [cube, from, to],
    ),
  )
  const row = rows[0]
  if (!row) throw new Error('a statement without FROM always has a row')
  return {
    touchedHours: row.touched.map(Number),
    garbage: row.hours.map((hour, i) => ({ hour: Number(hour), version: Number(row.versions[i]) })),
    version: Number(row.version),
  }
}
