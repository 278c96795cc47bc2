import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'
import type { Pool } from 'pg'
import { translateClickHouseError } from '../../clickhouse/client.ts'
import { noteFailure, noteRun, noteSuccess, type StoredTable, tablesToCompute } from '../cube-store.ts'
import { finishBuild } from '../finish-build.ts'
import { bucketsAround, type LongBucket, type LongLevel } from './calendar-buckets.ts'
import { cutHours, rawRowsPerRun, rowsByStart, takeWhile } from './cut-runs.ts'
import { countDaysSql, insertDayStatesSql } from './day-states-sql.ts'
import { deleteGarbage, GRACE_SECONDS } from './delete-garbage.ts'
import { insertHoursSql } from './hours-sql.ts'
import { countedCondition, FINER, insertLongBucketsSql } from './long-buckets-sql.ts'
import { numberPersons } from './number-persons.ts'
import { type Patience, pendingHours, pendingLongBuckets } from './pending-buckets.ts'
import { rollupGroups } from './raw-rows-sql.ts'
import { bucketsWithoutNumbers } from './unnumbered-buckets.ts'
import { newVersion, renewVersion, takeOver } from './versions.ts'

/**
 * A cube is a function of the raw rows. When rows arrive in an hour, the hour is touched; here touched hours are computed anew
 * from raw, and the days and months around them from those, each under a new version that one transaction in PostgreSQL makes
 * the one that counts. Until then queries read something finer, so nobody ever sees a part of either.
 */
export interface RecomputeDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
  /** Ends the run; what it has not finished does not count. */
  readonly signal?: AbortSignal
}

/** One statement reads about so many rows of the cube at most, to bound its memory. */
const CUBE_ROWS_PER_RUN = 1_000_000
const HOURS_PER_RUN = 24 * 31
const LONG_BUCKETS_PER_RUN = 100

/** Shorter than the grace: rows of a run that died must not land after its version was forgotten. */
const LONGEST_RUN_SECONDS = GRACE_SECONDS - 15
const SPILL_BYTES = '500000000'

const SETTINGS: ClickHouseSettings = {
  async_insert: 0,
  optimize_on_insert: 0,
  insert_deduplicate: 0,
  max_execution_time: LONGEST_RUN_SECONDS,
  max_bytes_before_external_group_by: SPILL_BYTES,
  max_query_size: String(4 * 1024 * 1024),
}

/**
 * Computes what was touched and may be computed by now, one run for each table and level. Returns how many buckets; fewer than
 * there are when there are very many. Two servers take turns: the second finds nothing to do. A cube that fails does not stop the
 * others; the first failure is thrown when all have had their turn.
 */
export async function recomputeTouched(deps: RecomputeDeps, patience: Patience): Promise<number> {
  const { pool, signal } = deps
  const failures: unknown[] = []
  let computed = 0
  for (const table of await tablesToCompute(pool)) {
    if (signal?.aborted) break
    try {
      computed += await whileMine(pool, table.id, () => recomputeTable(deps, table, patience))
      await noteSuccess(pool, table.id)
    } catch (error) {
      failures.push(error)
      if (!signal?.aborted)
        await noteFailure(pool, table.id, translateClickHouseError(error).message, patience.retrySeconds)
    }
  }
  if (failures.length > 0) throw failures[0]
  return computed
}

/** One table at a time over all servers. */
async function whileMine(pool: Pool, cubeId: number, run: () => Promise<number>): Promise<number> {
  const client = await pool.connect()
  let isInOrder = false
  try {
    const lock = await client.query(`SELECT pg_try_advisory_lock(hashtext('almanac cube'), $1) AS taken`, [cubeId])
    const computed = lock.rows[0].taken ? await run() : 0
    if (lock.rows[0].taken) await client.query(`SELECT pg_advisory_unlock(hashtext('almanac cube'), $1)`, [cubeId])
    isInOrder = true
    return computed
  } finally {
    // Closing the connection frees the lock; one that failed may also have a statement under way.
    client.release(!isInOrder)
  }
}

async function recomputeTable(deps: RecomputeDeps, table: StoredTable, patience: Patience): Promise<number> {
  let computed = 0
  if (!table.isPaused) {
    computed += await recomputeHours(deps, table, patience)
    computed += await recomputeLongBuckets(deps, table, 'day', patience)
    computed += await recomputeLongBuckets(deps, table, 'month', patience)
    if (table.state === 'building') await finishBuild(deps.pool, table)
  }
  await deleteGarbage(deps, table)
  return computed
}

async function recomputeHours(deps: RecomputeDeps, table: StoredTable, patience: Patience): Promise<number> {
  const { pool, clickhouse } = deps
  const { id, definition } = table
  const pending = await pendingHours(pool, id, patience, HOURS_PER_RUN)
  if (pending.length === 0) return 0
  const startedAt = performance.now()
  const { hours, rows } = await cutHours(clickhouse, definition, pending, table.failures)
  const starts = hours.map(({ start }) => start)
  await numberPersons(deps, definition, starts)
  const version = await newVersion(pool, id, 'hour', starts)
  for (const [i, group] of rollupGroups(definition, 'hour').entries()) {
    if (i > 0) await renewVersion(pool, id, version)
    await write(deps, insertHoursSql(table.table, definition, group, starts), version)
  }
  const open = await bucketsWithoutNumbers(clickhouse, table, 'hour', starts, version)
  const computed = await takeOver(pool, {
    cubeId: id,
    level: 'hour',
    version,
    buckets: hours.filter(({ start }) => !open.has(start)),
    above: { level: 'day', of: (starts) => bucketsAround(definition, 'day', starts) },
  })
  await noteRun(pool, id, rows, performance.now() - startedAt)
  return computed
}

async function write({ clickhouse, signal }: RecomputeDeps, query: string, version: number): Promise<void> {
  signal?.throwIfAborted()
  await clickhouse.command({
    query,
    query_params: { version },
    clickhouse_settings: SETTINGS,
    ...(signal && { abort_signal: signal }),
  })
  // It may have been done before it heard.
  signal?.throwIfAborted()
}

async function recomputeLongBuckets(
  deps: RecomputeDeps,
  table: StoredTable,
  level: LongLevel,
  patience: Patience,
): Promise<number> {
  const { pool, clickhouse } = deps
  const { id, definition } = table
  const pending = await pendingLongBuckets(pool, table, level, patience, LONG_BUCKETS_PER_RUN)
  if (pending.length === 0) return 0
  const all = pending.flatMap(({ finer }) => finer)
  const counts = await rowsByStart(
    clickhouse,
    `SELECT toUnixTimestamp(bucket) AS start, count() AS count
     FROM ${table.table} WHERE ${countedCondition(FINER[level], all)} GROUP BY start`,
  )
  const raw = level === 'day' ? await rawRowsOfDays(clickhouse, definition, pending) : undefined
  const share = 2 ** table.failures
  const buckets = takeWhile(pending, ({ start, finer }) => {
    const rows = finer.reduce((sum, { start }) => sum + (counts.get(start) ?? 0), 0)
    return share * (rows / CUBE_ROWS_PER_RUN + (raw?.get(start) ?? 0) / rawRowsPerRun(definition))
  })
  const starts = buckets.map(({ start }) => start)
  const version = await newVersion(pool, id, level, starts)
  const finer = buckets.flatMap(({ finer }) => finer)
  await write(deps, insertLongBucketsSql(table.table, definition, { level, buckets, finer }), version)
  if (level === 'month') return takeOver(pool, { cubeId: id, level, version, buckets })
  for (const group of rollupGroups(definition, 'day')) {
    await renewVersion(pool, id, version)
    await write(deps, insertDayStatesSql(table.table, definition, group, buckets), version)
  }
  const open = await bucketsWithoutNumbers(clickhouse, table, 'day', starts, version)
  return takeOver(pool, {
    cubeId: id,
    level,
    version,
    buckets: buckets.filter(({ start }) => !open.has(start)),
    above: { level: 'month', of: (starts) => bucketsAround(definition, 'month', starts, 1) },
  })
}

/** Of cubes that make something of days of their raw rows. */
async function rawRowsOfDays(
  clickhouse: ClickHouseClient,
  definition: CubeDefinition,
  days: readonly LongBucket[],
): Promise<ReadonlyMap<number, number> | undefined> {
  if (rollupGroups(definition, 'day').length === 0) return undefined
  return rowsByStart(clickhouse, countDaysSql(definition, days))
}

/** Until nothing is left that may be computed. */
export async function recomputeAll(deps: RecomputeDeps, patience: Patience): Promise<number> {
  for (let total = 0; ; ) {
    const computed = await recomputeTouched(deps, patience)
    if (computed === 0) return total
    total += computed
  }
}
