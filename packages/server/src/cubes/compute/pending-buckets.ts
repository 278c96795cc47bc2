import type { Pool } from 'pg'
import type { StoredTable } from '../cube-store.ts'
import { bucketsBetween, type LongBucket, type LongLevel } from './calendar-buckets.ts'
import { type CountedBucket, FINER } from './long-buckets-sql.ts'
import { type Bucket, levelIndex } from './versions.ts'

/** When a touched bucket is computed. What is touched all the time is read from the raw rows, which is always right. */
export interface Patience {
  /** An hour has to be quiet for so long, */
  readonly hourQuietSeconds: number
  /** and the running one is computed at most so often. */
  readonly runningHourSeconds: number
  readonly longQuietSeconds: number
  /** How often a day or a month that is touched again and again is computed. */
  readonly longSeconds: Readonly<Record<LongLevel, number>>
  /** After the first failure; longer after more of them. */
  readonly retrySeconds: number
}

export const AT_ONCE: Patience = {
  hourQuietSeconds: 0,
  runningHourSeconds: 0,
  longQuietSeconds: 0,
  longSeconds: { day: 0, month: 0 },
  retrySeconds: 0,
}

/** Touched hours that may be computed, the newest first: those that somebody looks at. */
export async function pendingHours(
  pool: Pool,
  cubeId: number,
  { hourQuietSeconds, runningHourSeconds }: Patience,
  limit: number,
): Promise<Bucket[]> {
  const { rows } = await pool.query<{ start: string; touched: string }>(
    `SELECT extract(epoch FROM bucket)::bigint AS start, touched FROM cube_buckets
     WHERE cube_id = $1 AND level = 0 AND touched <> computed AND touched_at <= now() - make_interval(secs => $2)
       AND (bucket <= now() - interval '1 hour' OR computed_at IS NULL OR computed_at <= now() - make_interval(secs => $3))
       AND bucket >= to_timestamp(0) AND bucket < to_timestamp(4294967296)
     ORDER BY bucket DESC LIMIT $4`,
    [cubeId, hourQuietSeconds, runningHourSeconds, limit],
  )
  return rows.map(({ start, touched }) => ({ start: Number(start), touched: Number(touched) }))
}

export interface MadeLongBucket extends Bucket, LongBucket {
  /** What it is made of. */
  readonly finer: readonly CountedBucket[]
}

/** Touched days or months of which all hours or days are computed, the newest first. */
export async function pendingLongBuckets(
  pool: Pool,
  { id, definition }: StoredTable,
  level: LongLevel,
  { longQuietSeconds, longSeconds }: Patience,
  limit: number,
): Promise<MadeLongBucket[]> {
  const { rows } = await pool.query<{ start: string }>(
    `SELECT extract(epoch FROM bucket)::bigint AS start FROM cube_buckets
     WHERE cube_id = $1 AND level = $2 AND touched <> computed AND touched_at <= now() - make_interval(secs => $3)
       AND (computed_at IS NULL OR computed_at <= now() - make_interval(secs => $4))
     ORDER BY bucket DESC LIMIT $5`,
    [id, levelIndex(level), longQuietSeconds, longSeconds[level], limit],
  )
  const buckets = rows.flatMap(({ start }) => bucketsBetween(definition, level, Number(start), Number(start) + 1))
  return readFiner(pool, id, level, buckets, 'touched')
}

/** How often each was touched and which finer rows count, as one statement sees it. Those with touched finer buckets are left out. */
export async function readFiner(
  pool: Pool,
  cubeId: number,
  level: LongLevel,
  buckets: readonly LongBucket[],
  which: 'touched' | 'computed',
): Promise<MadeLongBucket[]> {
  const finer = FINER[level]
  const reach = finer === 'hour' ? '1 hour' : '0'
  const { rows } = await pool.query<{ start: string; touched: string; starts: string[]; versions: string[] }>(
    `SELECT start, b.touched, coalesce(array_agg(extract(epoch FROM f.bucket)::bigint) FILTER (WHERE f.version > 0), '{}') AS starts,
       coalesce(array_agg(f.version) FILTER (WHERE f.version > 0), '{}') AS versions
     FROM unnest($3::bigint[], $4::bigint[]) AS t(start, finish)
     JOIN cube_buckets b ON b.cube_id = $1 AND b.level = $2 AND b.bucket = to_timestamp(start)
     LEFT JOIN cube_buckets f ON f.cube_id = $1 AND f.level = $5 AND f.bucket < to_timestamp(finish)
       AND (f.bucket >= to_timestamp(start) OR f.bucket > to_timestamp(start) - $6::interval)
     WHERE (b.touched <> b.computed) = $7
     GROUP BY start, b.touched HAVING coalesce(bool_and(f.touched = f.computed), true) ORDER BY start DESC`,
    [
      cubeId,
      levelIndex(level),
      buckets.map(({ from }) => from),
      buckets.map(({ to }) => to),
      levelIndex(finer),
      reach,
      which === 'touched',
    ],
  )
  const byStart = new Map(buckets.map((bucket) => [bucket.from, bucket]))
  return rows.flatMap(({ start, touched, starts, versions }) => {
    const bucket = byStart.get(Number(start))
    if (!bucket) return []
    const finer = starts.map((start, i) => ({ start: Number(start), version: Number(versions[i]) }))
    return [{ ...bucket, start: bucket.from, touched: Number(touched), finer }]
  })
}
