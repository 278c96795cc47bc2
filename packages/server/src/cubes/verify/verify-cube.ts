import type { CubeTable, Level } from '@almanac/core/cubes/cube-state.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import { bucketsBetween, type LongLevel } from '../compute/calendar-buckets.ts'
import { cutHours } from '../compute/cut-runs.ts'
import type { CountedBucket } from '../compute/long-buckets-sql.ts'
import { readFiner } from '../compute/pending-buckets.ts'
import { rollupGroups } from '../compute/raw-rows-sql.ts'
import { levelIndex } from '../compute/versions.ts'
import { compareDayStatesSql, compareHoursSql, compareLongBucketsSql, strayRowsSql } from './compare-sql.ts'

/**
 * Makes every bucket of a cube once more and compares it with what the table has: hours with the raw rows, days with their hours,
 * months with their days. What is touched is left out, as queries do not read it.
 */
export interface VerifyDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
}

export interface VerifyRequest {
  /** Seconds; absent: from the first to the last hour that there is. */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

export interface VerifiedMonth {
  /** Of UTC, such as `2026-05`. */
  readonly month: string
  /** Months that are done, of how many. */
  readonly done: number
  readonly of: number
  readonly checked: Readonly<Record<Level, number>>
  readonly different: readonly DifferentBucket[]
}

export interface DifferentBucket {
  readonly level: Level
  /** Seconds. */
  readonly start: number
  readonly rows: number
  /** Of rows that should have been deleted and would be counted. */
  readonly strayVersion?: number
}

interface Span {
  readonly from: number
  readonly to: number
}

export async function* verifyCube(
  deps: VerifyDeps,
  table: CubeTable,
  request: VerifyRequest,
  signal: AbortSignal,
): AsyncGenerator<VerifiedMonth> {
  const span = await wholeSpan(deps, table)
  const months = monthsOf({ from: request.from ?? span.from, to: request.to ?? span.to })
  for (const [i, { month, ...part }] of months.entries()) {
    signal.throwIfAborted()
    const found = [
      await verifyHours(deps, table, part, signal),
      await verifyLongBuckets(deps, table, 'day', part, signal),
      await verifyLongBuckets(deps, table, 'month', part, signal),
    ]
    const stray = await strayBuckets(deps, table, part, signal)
    const [hour = 0, day = 0, ofMonths = 0] = found.map(({ checked }) => checked)
    yield {
      month,
      done: i + 1,
      of: months.length,
      checked: { hour, day, month: ofMonths },
      different: [...found.flatMap(({ different }) => different), ...stray],
    }
  }
}

async function wholeSpan({ pool, clickhouse }: VerifyDeps, { id, table, definition }: CubeTable): Promise<Span> {
  const { from, timeColumn, where } = definition.base
  const { rows } = await pool.query<{ first: string | null; last: string | null }>(
    `SELECT extract(epoch FROM min(bucket))::bigint AS first, extract(epoch FROM max(bucket))::bigint AS last
     FROM cube_buckets WHERE cube_id = $1 AND level = 0`,
    [id],
  )
  const known = rows[0]?.first && rows[0].last ? [Number(rows[0].first), Number(rows[0].last)] : []
  const raw = await select<{ n$: string; first$: number; last$: number }>(
    clickhouse,
    `SELECT count() AS n$, toUnixTimestamp(min(${timeColumn})) AS first$, toUnixTimestamp(max(${timeColumn})) AS last$ FROM ${from} WHERE ${where}
     UNION ALL SELECT count(), toUnixTimestamp(min(bucket)), toUnixTimestamp(max(bucket)) FROM ${table}`,
  )
  const all = [...known, ...raw.flatMap(({ n$, first$, last$ }) => (Number(n$) > 0 ? [first$, last$] : []))]
  if (all.length === 0) return { from: 0, to: 0 }
  return { from: hourOf(Math.min(...all)), to: hourOf(Math.max(...all)) + HOUR }
}

const HOUR = 3600
const hourOf = (seconds: number) => Math.floor(seconds / HOUR) * HOUR

/** The parts of a span by months of UTC. */
function monthsOf({ from, to }: Span): (Span & { month: string })[] {
  const months: (Span & { month: string })[] = []
  for (let start = hourOf(from); start < to; ) {
    const date = new Date(start * 1000)
    const end = Math.min(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) / 1000, to)
    months.push({ month: date.toISOString().slice(0, 7), from: start, to: end })
    start = end
  }
  return months
}

interface Verified {
  readonly checked: number
  readonly different: readonly DifferentBucket[]
}

async function verifyHours(deps: VerifyDeps, table: CubeTable, part: Span, signal: AbortSignal): Promise<Verified> {
  const known = await readBuckets(deps.pool, table.id, 'hour', part)
  const touched = new Set(known.filter(({ isTouched }) => isTouched).map(({ start }) => start))
  const all = Array.from({ length: Math.ceil((part.to - part.from) / HOUR) }, (_, i) => ({
    start: part.from + i * HOUR,
  }))
  let left = all.filter(({ start }) => !touched.has(start))
  const checked = left.length
  const different = new Map<number, number>()
  while (left.length > 0) {
    const { hours } = await cutHours(deps.clickhouse, table.definition, left)
    left = left.slice(hours.length)
    const starts = new Set(hours.map(({ start }) => start))
    const counted = known.filter(({ start, version }) => version > 0 && starts.has(start))
    for (const group of rollupGroups(table.definition, 'hour')) {
      await compare(deps, compareHoursSql(table, group, [...starts], counted), different, signal)
    }
  }
  return { checked, different: await stillSo(deps.pool, table.id, 'hour', part, known, different) }
}

async function verifyLongBuckets(
  deps: VerifyDeps,
  table: CubeTable,
  level: LongLevel,
  part: Span,
  signal: AbortSignal,
): Promise<Verified> {
  const known = await readBuckets(deps.pool, table.id, level, part)
  const inPart = bucketsBetween(table.definition, level, part.from, part.to)
  const buckets = await readFiner(deps.pool, table.id, level, inPart, 'computed')
  if (buckets.length === 0) return { checked: 0, different: [] }
  const starts = new Set(buckets.map(({ start }) => start))
  const counted = known.filter(({ start, version }) => version > 0 && starts.has(start))
  const different = new Map<number, number>()
  const finer = buckets.flatMap(({ finer }) => finer)
  await compare(deps, compareLongBucketsSql(table, { level, buckets, finer }, counted), different, signal)
  if (level === 'day') {
    for (const group of rollupGroups(table.definition, 'day')) {
      await compare(deps, compareDayStatesSql(table, group, buckets, counted), different, signal)
    }
  }
  return { checked: buckets.length, different: await stillSo(deps.pool, table.id, level, part, known, different) }
}

async function compare(
  { clickhouse }: VerifyDeps,
  query: string,
  different: Map<number, number>,
  signal: AbortSignal,
): Promise<void> {
  for (const { start, rows } of await select<{ start: number; rows: string }>(clickhouse, query, signal)) {
    different.set(start, (different.get(start) ?? 0) + Number(rows))
  }
}

interface KnownBucket extends CountedBucket {
  readonly touched: string
  readonly isTouched: boolean
}

async function readBuckets(pool: Pool, cubeId: number, level: Level, { from, to }: Span): Promise<KnownBucket[]> {
  const { rows } = await pool.query<{ start: string; version: string; touched: string; is_touched: boolean }>(
    `SELECT extract(epoch FROM bucket)::bigint AS start, version, touched, touched <> computed AS is_touched
     FROM cube_buckets WHERE cube_id = $1 AND level = $2 AND bucket >= to_timestamp($3) AND bucket < to_timestamp($4)`,
    [cubeId, levelIndex(level), from, to],
  )
  return rows.map(({ start, version, touched, is_touched: isTouched }) => {
    return { start: Number(start), version: Number(version), touched, isTouched }
  })
}

/** Without those that were touched or computed meanwhile. */
async function stillSo(
  pool: Pool,
  cubeId: number,
  level: Level,
  part: Span,
  before: readonly KnownBucket[],
  different: ReadonlyMap<number, number>,
): Promise<DifferentBucket[]> {
  if (different.size === 0) return []
  const state = ({ version, touched, isTouched }: KnownBucket) => `${version} ${touched} ${isTouched}`
  const then = new Map(before.map((bucket) => [bucket.start, state(bucket)]))
  const now = new Map((await readBuckets(pool, cubeId, level, part)).map((bucket) => [bucket.start, state(bucket)]))
  return [...different]
    .filter(([start]) => then.get(start) === now.get(start))
    .map(([start, rows]) => ({ level, start, rows }))
    .sort((a, b) => a.start - b.start)
}

async function strayBuckets(
  { pool, clickhouse }: VerifyDeps,
  { id, table }: CubeTable,
  part: Span,
  signal: AbortSignal,
): Promise<DifferentBucket[]> {
  const stray: DifferentBucket[] = []
  for (const level of ['hour', 'day', 'month'] as const) {
    const { rows } = await pool.query<{ start: string; version: string; clock: string }>(
      `SELECT extract(epoch FROM bucket)::bigint AS start, version, clock
       FROM (SELECT version AS clock FROM cube_clock) AS now LEFT JOIN (
         SELECT bucket, version FROM cube_buckets WHERE cube_id = $1 AND level = $2
         UNION ALL SELECT bucket, version FROM cube_garbage WHERE cube_id = $1 AND level = $2
       ) AS known ON bucket >= to_timestamp($3) AND bucket < to_timestamp($4)`,
      [id, levelIndex(level), part.from, part.to],
    )
    const known = rows.flatMap(({ start, version }) =>
      start === null ? [] : [{ start: Number(start), version: Number(version) }],
    )
    const query = strayRowsSql(table, level, part, known)
    const found = await select<{ start: number; version: string; rows: string }>(
      clickhouse,
      query,
      signal,
      Number(rows[0]?.clock),
    )
    stray.push(
      ...found.map(({ start, version, rows }) => {
        return { level, start, rows: Number(rows), strayVersion: Number(version) }
      }),
    )
  }
  return stray
}

async function select<T>(clickhouse: ClickHouseClient, query: string, signal?: AbortSignal, version = 0): Promise<T[]> {
  const result = await clickhouse.query({
    query,
    query_params: { version },
    format: 'JSONEachRow',
    ...(signal && { abort_signal: signal }),
    clickhouse_settings: {
      max_query_size: String(4 * 1024 * 1024),
      max_bytes_before_external_group_by: '500000000',
      cancel_http_readonly_queries_on_client_close: 1,
    },
  })
  return result.json<T>()
}
