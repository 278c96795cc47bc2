import { LEVELS, type Level } from '@almanac/core/cubes/cube-state.ts'
import type { Behind, Bucket } from '@almanac/core/explain/explain.ts'
import { dayStarts, monthStarts } from '@almanac/core/query/resolve/zone-days.ts'
import type { Pool } from 'pg'
import { answeredSoon } from '../postgres/client.ts'

interface BucketsRequest {
  readonly cubeId: number
  /** Of the cube. */
  readonly timezone: string
  /** Milliseconds since 1970; `to` is not included. */
  readonly from: number
  readonly to: number
}

interface StoredBucket {
  readonly level: number
  readonly bucket: string
  readonly computed_at: Date | null
  readonly version: string
  readonly is_touched: boolean
}

const MOST_SHOWN = 200
const HOUR_MS = 3_600_000

/** The buckets of a cube's table that a stretch of time is made of: hours that overlap it, days and months that lie in it. */
export async function readBuckets(pool: Pool, request: BucketsRequest): Promise<Behind['buckets']> {
  const { cubeId, timezone, from, to } = request
  const { rows } = await pool.query<StoredBucket>(
    answeredSoon(
      `SELECT level, extract(epoch FROM bucket)::bigint AS bucket, computed_at, version, touched <> computed AS is_touched
       FROM cube_buckets
       WHERE cube_id = $1 AND bucket > to_timestamp($2) - interval '1 hour' AND bucket < to_timestamp($3)
       ORDER BY level DESC, bucket`,
      [cubeId, from / 1000, to / 1000],
    ),
  )
  const starts: Record<Level, ReadonlySet<number> | undefined> = {
    hour: undefined,
    day: wholeBuckets(dayStarts(timezone, from, to), to),
    month: wholeBuckets(monthStarts(timezone, from, to), to),
  }
  const buckets = rows.flatMap((row): Bucket[] => {
    const level = LEVELS[row.level]
    const start = Number(row.bucket) * 1000
    if (!level || starts[level]?.has(start) === false) return []
    // An hour of the cube is one of UTC, and may begin before the range.
    if (level === 'hour' && start + HOUR_MS <= from) return []
    return [bucketOf(row, level, start)]
  })
  const computed = buckets.flatMap(({ computedAt }) => computedAt ?? []).sort()
  return { shown: buckets.slice(0, MOST_SHOWN), count: buckets.length, oldestComputedAt: computed[0] ?? null }
}

/** The starts of those that end before the range does. */
function wholeBuckets(starts: readonly number[], to: number): ReadonlySet<number> {
  return new Set(starts.filter((_, i) => (starts[i + 1] ?? Number.POSITIVE_INFINITY) <= to))
}

function bucketOf(row: StoredBucket, level: Level, start: number): Bucket {
  return {
    level,
    from: new Date(start).toISOString(),
    computedAt: row.computed_at?.toISOString() ?? null,
    version: Number(row.version),
    isTouched: row.is_touched,
  }
}
