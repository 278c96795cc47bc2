import { type CubeSnapshot, LEVELS } from '@almanac/core/cubes/cube-state.ts'
import type { Pool } from 'pg'
import { answeredSoon } from '../postgres/client.ts'

export interface SnapshotRequest {
  readonly cubeId: number
  /** Seconds since 1970; `to` is not included. */
  readonly from: number
  readonly to: number
}

/**
 * What counts in a cube's table between two instants (in seconds), as one statement sees it. Rows that come later have a later
 * version and are left out; rows that are replaced later are deleted long after any query that began now has ended. Raw rows are
 * of the same moment by how far each log was committed.
 *
 * Only what is itself touched is told: a day or a month that overlaps a touched hour, and a month with a touched day, do not hold
 * all raw rows either.
 */
export async function readSnapshot(pool: Pool, cubeId: number, from: number, to: number): Promise<CubeSnapshot> {
  const [snapshot] = await readSnapshots(pool, [{ cubeId, from, to }])
  if (!snapshot) throw new Error('there is one snapshot for each request')
  return snapshot
}

interface SnapshotRow {
  readonly version: string
  readonly touched_levels: number[]
  readonly touched_buckets: string[]
  readonly garbage_levels: number[]
  readonly garbage_buckets: string[]
  readonly garbage_versions: string[]
  readonly log_ids: string[]
  readonly log_ends: string[]
  readonly persons: string
}

// How far before the range a bucket may begin that still reaches into it.
const REACH = `CASE level WHEN 0 THEN interval '1 hour' WHEN 1 THEN interval '26 hours' ELSE interval '32 days' END`
const IN_RANGE = `cube_id = r.id AND level IN (0, 1, 2) AND bucket > to_timestamp(r.from_at) - interval '32 days'
    AND bucket > to_timestamp(r.from_at) - ${REACH} AND bucket < to_timestamp(r.to_at)`

const SNAPSHOTS = `SELECT (SELECT version FROM cube_clock) AS version, (SELECT next FROM person_numbering) AS persons, t.*, g.*, l.*
FROM unnest($1::int[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS r(id, from_at, to_at, n)
CROSS JOIN LATERAL (
  SELECT coalesce(array_agg(level ORDER BY level, bucket), '{}') AS touched_levels,
    coalesce(array_agg(extract(epoch FROM bucket)::bigint ORDER BY level, bucket), '{}') AS touched_buckets
  FROM cube_buckets WHERE ${IN_RANGE} AND touched <> computed
) AS t
CROSS JOIN LATERAL (
  SELECT coalesce(array_agg(level ORDER BY level, bucket, version), '{}') AS garbage_levels,
    coalesce(array_agg(extract(epoch FROM bucket)::bigint ORDER BY level, bucket, version), '{}') AS garbage_buckets,
    coalesce(array_agg(version ORDER BY level, bucket, version), '{}') AS garbage_versions
  FROM cube_garbage WHERE ${IN_RANGE}
) AS g
CROSS JOIN (
  SELECT coalesce(array_agg(log_id::text ORDER BY log_id), '{}') AS log_ids,
    coalesce(array_agg(committed ORDER BY log_id), '{}') AS log_ends
  FROM ingest_positions
) AS l
ORDER BY r.n`

/** Several at the same moment, in the order of the requests. */
export async function readSnapshots(pool: Pool, requests: readonly SnapshotRequest[]): Promise<CubeSnapshot[]> {
  if (requests.length === 0) return []
  const { rows } = await pool.query<SnapshotRow>(
    answeredSoon(SNAPSHOTS, [
      requests.map(({ cubeId }) => cubeId),
      requests.map(({ from }) => Math.floor(from)),
      requests.map(({ to }) => Math.ceil(to)),
    ]),
  )
  return rows.map(snapshotOf)
}

function snapshotOf(row: SnapshotRow): CubeSnapshot {
  const touched = { hour: [] as number[], day: [] as number[], month: [] as number[] }
  for (const [i, level] of row.touched_levels.entries()) touched[levelNamed(level)].push(Number(row.touched_buckets[i]))
  const garbage = row.garbage_levels.map((level, i) => ({
    level: levelNamed(level),
    bucket: Number(row.garbage_buckets[i]),
    version: Number(row.garbage_versions[i]),
  }))
  const committed = row.log_ids.map((logId, i) => ({ logId, position: Number(row.log_ends[i]) }))
  return { touched, garbage, version: Number(row.version), committed, persons: Number(row.persons) }
}

function levelNamed(index: number): (typeof LEVELS)[number] {
  const level = LEVELS[index]
  if (!level) throw new Error(`there is no level ${index}`)
  return level
}
