import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { baseSql, partSql } from '@almanac/core/cubes/measure-sql.ts'
import { CUBE_STEP_SECONDS } from '@almanac/core/query/query-sql.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import { cubeTable } from './cubes.ts'

/**
 * A cube is a function of the raw events. When events arrive in an hour, the hour is touched; here touched hours are
 * computed anew from raw, under a new version, and one transaction in PostgreSQL makes that version the one that counts.
 * Until then queries read the hour from the raw events, so nobody ever sees a part of either.
 */
export interface RecomputeDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
}

interface TouchedHour {
  /** Seconds. */
  readonly hour: number
  readonly touched: number
  readonly version: number
}

/** A query that began before an hour was replaced still reads the old rows: they go when no such query can be running. */
const GRACE_SECONDS = 60
/** Shorter than the grace: rows of a run that died must not land after its version was forgotten. */
const LONGEST_RUN_SECONDS = 45
/** One statement computes this many hours at most, to bound its memory. */
const HOURS_PER_RUN = 24 * 14

/**
 * Computes hours that were touched and then quiet for `quietSeconds`. Returns how many; fewer than there are when there
 * are very many. Two servers take turns: the second finds nothing to do.
 */
export async function recomputeTouched(
  deps: RecomputeDeps,
  cube: CubeDefinition,
  quietSeconds: number,
): Promise<number> {
  const client = await deps.pool.connect()
  let isInOrder = false
  try {
    const lock = await client.query(`SELECT pg_try_advisory_lock(hashtext('almanac cube'), hashtext($1)) AS taken`, [
      cube.name,
    ])
    const hours = lock.rows[0].taken ? await recomputeQuiet(deps, cube, quietSeconds) : 0
    if (lock.rows[0].taken) {
      await client.query(`SELECT pg_advisory_unlock(hashtext('almanac cube'), hashtext($1))`, [cube.name])
    }
    isInOrder = true
    return hours
  } finally {
    // Closing the connection frees the lock; one that failed may also have a statement under way.
    client.release(!isInOrder)
  }
}

async function recomputeQuiet(deps: RecomputeDeps, cube: CubeDefinition, quietSeconds: number): Promise<number> {
  const hours = await quietHours(deps.pool, cube.name, quietSeconds)
  if (hours.length > 0) await recompute(deps, cube, hours)
  await deleteGarbage(deps, cube)
  return hours.length
}

async function quietHours(pool: Pool, cube: string, quietSeconds: number): Promise<TouchedHour[]> {
  const { rows } = await pool.query(
    `SELECT extract(epoch FROM hour)::bigint AS hour, touched, version FROM cube_hours
     WHERE cube = $1 AND touched <> computed AND touched_at <= now() - make_interval(secs => $2)
     ORDER BY hour LIMIT $3`,
    [cube, quietSeconds, HOURS_PER_RUN],
  )
  return rows.map((row) => ({ hour: Number(row.hour), touched: Number(row.touched), version: Number(row.version) }))
}

async function recompute(
  { pool, clickhouse }: RecomputeDeps,
  cube: CubeDefinition,
  hours: TouchedHour[],
): Promise<void> {
  const starts = hours.map(({ hour }) => hour)
  const version = await newVersion(pool, cube.name, starts)
  await clickhouse.command({
    query: recomputeSql(cube, cubeTable(cube)),
    query_params: { hours: starts, version },
    clickhouse_settings: {
      async_insert: 0,
      optimize_on_insert: 0,
      insert_deduplicate: 0,
      max_execution_time: LONGEST_RUN_SECONDS,
    },
  })
  await pool.query(
    `WITH new AS (
       SELECT to_timestamp(hour) AS hour, touched FROM unnest($3::bigint[], $4::bigint[]) AS t(hour, touched)
     ), replaced AS (
       INSERT INTO cube_garbage (cube, hour, version)
       SELECT cube, h.hour, h.version FROM cube_hours h JOIN new USING (hour) WHERE cube = $1 AND h.version > 0
     ), counts AS (
       DELETE FROM cube_garbage WHERE cube = $1 AND version = $2
     )
     UPDATE cube_hours h SET computed = new.touched, computed_at = now(), version = $2
     FROM new WHERE h.cube = $1 AND h.hour = new.hour`,
    [cube.name, version, starts, hours.map(({ touched }) => touched)],
  )
}

/** The version counts as garbage from the start: if this process dies, its rows are nobody's. */
async function newVersion(pool: Pool, cube: string, starts: readonly number[]): Promise<number> {
  const { rows } = await pool.query(
    `WITH version AS MATERIALIZED (SELECT nextval('cube_versions') AS version)
     INSERT INTO cube_garbage (cube, hour, version)
     SELECT $1, to_timestamp(hour), version FROM version, unnest($2::bigint[]) AS hour
     RETURNING version`,
    [cube, starts],
  )
  return Number(rows[0].version)
}

/** The cube's rows of some hours from the raw events; `hours` (seconds) and `version` are parameters. */
export function recomputeSql(cube: CubeDefinition, table: string): string {
  const { timeColumn, where } = cube.base
  const dimensions = Object.entries(cube.dimensions)
  const columns = [
    ['hour', `toStartOfHour(${timeColumn})`],
    ['time', `toStartOfInterval(${timeColumn}, INTERVAL ${CUBE_STEP_SECONDS} SECOND)`],
    ['version', '{version:UInt64}'],
    ...dimensions.map(([name, { sql }]) => [name, sql]),
    ...Object.entries(cube.measures).map(([name, measure]) => [name, partSql(measure)]),
  ]
  const keys = columns.slice(0, 3 + dimensions.length).map((_, i) => i + 1)
  return `INSERT INTO ${table} (${columns.map(([name]) => name).join(', ')})
SELECT ${columns.map(([, sql]) => sql).join(', ')}
FROM ${baseSql(cube.base, Object.values(cube.measures))}
WHERE toStartOfHour(${timeColumn}) IN (SELECT toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC')) AND (${where})
GROUP BY ${keys.join(', ')}`
}

async function deleteGarbage({ pool, clickhouse }: RecomputeDeps, cube: CubeDefinition): Promise<void> {
  const { rows } = await pool.query(
    `SELECT extract(epoch FROM hour)::bigint AS hour, version FROM cube_garbage
     WHERE cube = $1 AND since < now() - make_interval(secs => $2) ORDER BY hour, version LIMIT 5000`,
    [cube.name, GRACE_SECONDS],
  )
  if (rows.length === 0) return
  const hours = rows.map(({ hour }) => Number(hour))
  const versions = rows.map(({ version }) => Number(version))
  await clickhouse.command({
    query: `DELETE FROM ${cubeTable(cube)} WHERE (toUnixTimestamp(hour), version) IN
      (SELECT arrayJoin(arrayZip({hours:Array(UInt32)}, {versions:Array(UInt64)})))`,
    query_params: { hours, versions },
    clickhouse_settings: { lightweight_deletes_sync: '2' },
  })
  await pool.query(
    `DELETE FROM cube_garbage USING unnest($2::bigint[], $3::bigint[]) AS old(hour, version)
     WHERE cube = $1 AND cube_garbage.hour = to_timestamp(old.hour) AND cube_garbage.version = old.version`,
    [cube.name, hours, versions],
  )
}
