import { LEVELS, type Level } from '@almanac/core/cubes/cube-state.ts'
import type { Pool, PoolClient } from 'pg'
import { inTransaction } from '../../postgres/in-transaction.ts'
import type { LongBucket, LongLevel } from './calendar-buckets.ts'

/**
 * Rows are written under a new version that does not count, and one transaction makes it count. Whatever dies before leaves
 * rows of a version that is garbage from the start.
 */
export interface Bucket {
  /** Start, in seconds. */
  readonly start: number
  /** How often it had been touched when its rows began to be computed. */
  readonly touched: number
}

export const levelIndex = (level: Level) => LEVELS.indexOf(level)

export async function newVersion(pool: Pool, cubeId: number, level: Level, starts: readonly number[]): Promise<number> {
  const { rows } = await pool.query<{ version: string }>(
    `WITH clock AS (UPDATE cube_clock SET version = version + 1 RETURNING version), garbage AS (
       INSERT INTO cube_garbage (cube_id, level, bucket, version)
       SELECT $1, $2, to_timestamp(start), version FROM clock, unnest($3::bigint[]) AS start
     )
     SELECT version FROM clock`,
    [cubeId, levelIndex(level), starts],
  )
  return Number(rows[0]?.version)
}

/** Between the statements of one version: each has the whole grace before its rows could be taken for those of a dead run. */
export async function renewVersion(pool: Pool, cubeId: number, version: number): Promise<void> {
  const { rowCount } = await pool.query('UPDATE cube_garbage SET since = now() WHERE cube_id = $1 AND version = $2', [
    cubeId,
    version,
  ])
  if (!rowCount) throw new Error('the run took so long that another one has taken its place')
}

interface Computed {
  readonly cubeId: number
  readonly level: Level
  readonly version: number
  readonly buckets: readonly Bucket[]
  /** What is made of these buckets, and so is touched: by the starts of those that were taken over. */
  readonly above?: { readonly level: LongLevel; readonly of: (starts: readonly number[]) => readonly LongBucket[] }
}

/**
 * From here on the version counts, but for buckets that were touched meanwhile: their rows stay garbage, as nobody would read
 * them. Returns how many were taken over.
 */
export async function takeOver(pool: Pool, computed: Computed): Promise<number> {
  return inTransaction(pool, async (client) => {
    const starts = await replaceVersions(client, computed)
    if (computed.above) await touchAbove(client, computed.cubeId, computed.above.level, computed.above.of(starts))
    return starts.length
  })
}

async function replaceVersions(
  client: PoolClient,
  { cubeId, level, version, buckets }: Computed,
): Promise<readonly number[]> {
  const { rows } = await client.query<{ start: string; was_known: boolean }>(
    `WITH given AS (
       SELECT to_timestamp(start) AS bucket, touched FROM unnest($4::bigint[], $5::bigint[]) AS t(start, touched)
     ), unchanged AS (
       SELECT b.bucket, b.version FROM cube_buckets b JOIN given g ON g.bucket = b.bucket AND g.touched = b.touched
       WHERE b.cube_id = $1 AND b.level = $2 ORDER BY b.bucket FOR UPDATE OF b
     ), counts AS (
       DELETE FROM cube_garbage g USING unchanged u
       WHERE g.cube_id = $1 AND g.level = $2 AND g.version = $3 AND g.bucket = u.bucket RETURNING g.bucket
     ), replaced AS (
       INSERT INTO cube_garbage (cube_id, level, bucket, version)
       SELECT $1, $2, bucket, version FROM unchanged WHERE version > 0
     ), updated AS (
       UPDATE cube_buckets b SET computed = b.touched, computed_at = now(), version = $3
       FROM unchanged u WHERE b.cube_id = $1 AND b.level = $2 AND b.bucket = u.bucket
     )
     SELECT extract(epoch FROM u.bucket)::bigint AS start, c.bucket IS NOT NULL AS was_known
     FROM unchanged u LEFT JOIN counts c USING (bucket)`,
    [cubeId, levelIndex(level), version, buckets.map(({ start }) => start), buckets.map(({ touched }) => touched)],
  )
  if (rows.some((row) => !row.was_known)) throw new Error('rows of this version were taken for those of a dead run')
  return rows.map(({ start }) => Number(start))
}

async function touchAbove(
  client: PoolClient,
  cubeId: number,
  level: LongLevel,
  buckets: readonly LongBucket[],
): Promise<void> {
  await client.query(
    `INSERT INTO cube_buckets (cube_id, level, bucket, touched_at)
     SELECT $1, $2, to_timestamp(start), CASE WHEN is_kept THEN now() ELSE 'infinity' END
     FROM unnest($3::bigint[], $4::boolean[]) AS t(start, is_kept) ORDER BY start
     ON CONFLICT (cube_id, level, bucket)
     DO UPDATE SET touched = cube_buckets.touched + 1, touched_at = excluded.touched_at`,
    [cubeId, levelIndex(level), buckets.map(({ from }) => from), buckets.map(({ isKept }) => isKept)],
  )
}
