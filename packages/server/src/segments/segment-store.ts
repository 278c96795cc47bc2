import type { Segment } from '@almanac/core/segments/segment.ts'
import type { Pool } from 'pg'

export interface StoredSegment extends Segment {
  /** The id of a user, `key` and its prefix, or `local`. */
  readonly createdBy: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

const COLUMNS = `name, label, description, cube, filter, created_by AS "createdBy", created_at AS "createdAt",
  updated_at AS "updatedAt"`

/** By name. */
export async function listSegments(pool: Pool): Promise<StoredSegment[]> {
  const { rows } = await pool.query<StoredSegment>(`SELECT ${COLUMNS} FROM segments ORDER BY name`)
  return rows
}

/** Another text after every change of any segment. */
export async function segmentsVersion(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ version: string }>(
    `SELECT count(*) || ' ' || coalesce(sum(version), 0) AS version FROM segments`,
  )
  return rows[0]?.version ?? ''
}

/** Makes the segment or takes the place of the one of that name, whose maker it keeps. */
export async function putSegment(
  pool: Pool,
  { name, label, description, cube, filter }: Segment,
  by: string,
): Promise<{ readonly segment: StoredSegment; readonly isNew: boolean }> {
  const { rows } = await pool.query<StoredSegment & { isNew: boolean }>(
    `INSERT INTO segments (name, label, description, cube, filter, created_by) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (name) DO UPDATE SET label = excluded.label, description = excluded.description, cube = excluded.cube,
       filter = excluded.filter, updated_at = now(), version = nextval('segment_versions')
     RETURNING ${COLUMNS}, xmax = 0 AS "isNew"`,
    [name, label, description, cube, JSON.stringify(filter), by],
  )
  const [row] = rows
  if (!row) throw new Error(`PostgreSQL did not say what became of the segment ${name}`)
  const { isNew, ...segment } = row
  return { segment, isNew }
}

/** False when there is none of that name. */
export async function deleteSegment(pool: Pool, name: string): Promise<boolean> {
  const { rowCount } = await pool.query('DELETE FROM segments WHERE name = $1', [name])
  return rowCount === 1
}
