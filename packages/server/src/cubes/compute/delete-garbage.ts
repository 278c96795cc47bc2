import { LEVELS } from '@almanac/core/cubes/cube-state.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import type { StoredTable } from '../cube-store.ts'

/** A query that began before a bucket was replaced still reads the old rows: they go when no such query can be running. */
export const GRACE_SECONDS = 60
/** Gathered for so long: each deletion looks at every part of the table. */
const GATHER_SECONDS = 30
const BUCKETS_PER_DELETION = 5000

interface GarbageRow {
  readonly level: number
  readonly start: string
  readonly version: string
}

export async function deleteGarbage(
  { pool, clickhouse }: { readonly pool: Pool; readonly clickhouse: ClickHouseClient },
  { id, table }: StoredTable,
): Promise<void> {
  const garbage = await oldGarbage(pool, id)
  if (garbage.length === 0) return
  const starts = garbage.map(({ start }) => Number(start))
  const [first, last] = [starts.reduce((a, b) => Math.min(a, b)), starts.reduce((a, b) => Math.max(a, b))]
  const rows = garbage.map(({ level, start, version }) => `('${LEVELS[level]}', ${Number(start)}, ${Number(version)})`)
  await clickhouse.command({
    query: `DELETE FROM ${table} WHERE bucket >= toDateTime(${first}, 'UTC') AND bucket <= toDateTime(${last}, 'UTC')
      AND (toString(level), toUnixTimestamp(bucket), version) IN (${rows.join(', ')})`,
    clickhouse_settings: { lightweight_deletes_sync: '2', max_query_size: String(4 * 1024 * 1024) },
  })
  await pool.query(
    `DELETE FROM cube_garbage g USING unnest($2::smallint[], $3::bigint[], $4::bigint[]) AS old(level, start, version)
     WHERE cube_id = $1 AND g.level = old.level AND g.bucket = to_timestamp(old.start) AND g.version = old.version`,
    [id, garbage.map(({ level }) => level), starts, garbage.map(({ version }) => version)],
  )
}

async function oldGarbage(pool: Pool, cubeId: number): Promise<GarbageRow[]> {
  const { rows } = await pool.query<GarbageRow>(
    `SELECT level, extract(epoch FROM bucket)::bigint AS start, version FROM cube_garbage
     WHERE cube_id = $1 AND since < now() - make_interval(secs => $2)
       AND EXISTS (SELECT 1 FROM cube_garbage WHERE cube_id = $1 AND since < now() - make_interval(secs => $2 + $3))
     ORDER BY level, bucket, version LIMIT $4`,
    [cubeId, GRACE_SECONDS, GATHER_SECONDS, BUCKETS_PER_DELETION],
  )
  return rows
}
