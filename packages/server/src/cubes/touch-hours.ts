import type { PoolClient } from 'pg'

/** A raw table, and the starts of the hours (in seconds) in which its rows change. */
export interface TouchedHours {
  readonly table: string
  readonly hours: readonly number[]
}

/** From here on queries read these hours from the raw table, in every cube that is computed from it, until they are computed again. */
export async function touchHours(client: PoolClient, { table, hours }: TouchedHours): Promise<void> {
  if (hours.length === 0) return
  // Always in the same order, or two servers that touch the same hours could wait for each other for ever.
  await client.query(
    `INSERT INTO cube_buckets (cube_id, level, bucket)
     SELECT id, 0, to_timestamp(hour) FROM cube_tables, unnest($2::bigint[]) AS hour
     WHERE state IN ('making', 'building', 'serving', 'retired') AND base_tables @> ARRAY[$1::text]
     ORDER BY id, hour
     ON CONFLICT (cube_id, level, bucket) DO UPDATE SET touched = cube_buckets.touched + 1, touched_at = now()`,
    [table, hours],
  )
}

/**
 * What was kept of these hours, and of the days and months around them, is put away at once in all cubes, instead of when they
 * are computed next: for rows that must not stay. Queries read the hours from the raw tables until then.
 */
export async function putAwayHours(client: PoolClient, hours: readonly number[]): Promise<void> {
  await client.query(
    `WITH found AS (
       SELECT b.cube_id, b.level, b.bucket
       FROM cube_tables c CROSS JOIN unnest($1::bigint[]) AS hour
       CROSS JOIN (VALUES (0, interval '1 hour'), (1, interval '26 hours'), (2, interval '32 days')) AS longest(level, length)
       JOIN cube_buckets b ON b.cube_id = c.id AND b.level = longest.level
         AND b.bucket < to_timestamp(hour) + interval '1 hour' AND b.bucket > to_timestamp(hour) - longest.length
     ), around AS (
       SELECT cube_id, level, bucket, version FROM cube_buckets
       WHERE (cube_id, level, bucket) IN (SELECT cube_id, level, bucket FROM found)
       ORDER BY cube_id, level, bucket FOR UPDATE
     ), garbage AS (
       INSERT INTO cube_garbage (cube_id, level, bucket, version)
       SELECT cube_id, level, bucket, version FROM around WHERE version > 0
     )
     UPDATE cube_buckets b SET touched = b.touched + 1, touched_at = greatest(b.touched_at, now()), version = 0
     FROM around a WHERE b.cube_id = a.cube_id AND b.level = a.level AND b.bucket = a.bucket`,
    [hours],
  )
}
