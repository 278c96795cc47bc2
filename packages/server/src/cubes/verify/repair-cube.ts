import type { Pool } from 'pg'
import { inTransaction } from '../../postgres/in-transaction.ts'
import { levelIndex } from '../compute/versions.ts'
import type { DifferentBucket } from './verify-cube.ts'

/** These buckets are computed anew; until then queries do not read them. */
export async function repairBuckets(pool: Pool, cubeId: number, different: readonly DifferentBucket[]): Promise<void> {
  if (different.length === 0) return
  const sorted = different.toSorted((a, b) => levelIndex(a.level) - levelIndex(b.level) || a.start - b.start)
  const stray = sorted.filter(({ strayVersion }) => strayVersion !== undefined)
  const touched = new Map(sorted.map((bucket) => [`${bucket.level} ${bucket.start}`, bucket]))
  await inTransaction(pool, async (client) => {
    await client.query(
      `INSERT INTO cube_buckets (cube_id, level, bucket)
       SELECT $1, level, to_timestamp(start) FROM unnest($2::smallint[], $3::bigint[]) AS t(level, start)
       ON CONFLICT (cube_id, level, bucket) DO UPDATE SET touched = cube_buckets.touched + 1, touched_at = now()`,
      [cubeId, ...columns([...touched.values()])],
    )
    await client.query(
      `INSERT INTO cube_garbage (cube_id, level, bucket, version)
       SELECT $1, level, to_timestamp(start), version FROM unnest($2::smallint[], $3::bigint[], $4::bigint[]) AS t(level, start, version)
       ON CONFLICT DO NOTHING`,
      [cubeId, ...columns(stray), stray.map(({ strayVersion }) => strayVersion)],
    )
  })
}

function columns(buckets: readonly DifferentBucket[]): [number[], number[]] {
  return [buckets.map(({ level }) => levelIndex(level)), buckets.map(({ start }) => start)]
}

/** All hours that are known between two instants (in seconds) are computed anew, and with them their days and months. Returns how many. */
export async function touchKnownHours(pool: Pool, cubeId: number, from: number, to: number): Promise<number> {
  const { rowCount } = await pool.query(
    `WITH known AS (
       SELECT bucket FROM cube_buckets WHERE cube_id = $1 AND level = 0
         AND bucket > to_timestamp($2) - interval '1 hour' AND bucket < to_timestamp($3) ORDER BY bucket FOR UPDATE
     )
     UPDATE cube_buckets b SET touched = b.touched + 1, touched_at = now()
     FROM known k WHERE b.cube_id = $1 AND b.level = 0 AND b.bucket = k.bucket`,
    [cubeId, from, to],
  )
  return rowCount ?? 0
}
