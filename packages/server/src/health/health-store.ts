import type { Pool } from 'pg'
import type { Environment } from '../accounts/keys/api-key.ts'
import type { HealthCount } from './health-counts.ts'
import type { HealthRow, HealthSpans } from './health-figures.ts'

/** The counts and the newest event of each source; of a source that is not there, none. */
export async function writeHealth(
  pool: Pool,
  counts: readonly HealthCount[],
  lastEvents: ReadonlyMap<string, number>,
): Promise<void> {
  const column = <Key extends keyof HealthCount>(key: Key) => counts.map((count) => count[key])
  // In one statement, so that a failure leaves nothing half counted; in one order, so that two servers never wait for each other.
  await pool.query(
    `WITH newest AS (
       UPDATE sources SET last_event_at = greatest(last_event_at, to_timestamp(given.at / 1000.0))
       FROM unnest($7::text[], $8::float8[]) given (source, at) WHERE sources.name = given.source
     )
     INSERT INTO source_health (source, environment, minute, kind, reason, count)
     SELECT given.source, given.environment, to_timestamp(given.minute / 1000.0), given.kind, given.reason, given.count
     FROM unnest($1::text[], $2::text[], $3::float8[], $4::text[], $5::text[], $6::bigint[])
       given (source, environment, minute, kind, reason, count)
     JOIN sources ON sources.name = given.source
     ORDER BY 1, 2, 3, 4, 5
     ON CONFLICT (source, environment, minute, kind, reason) DO UPDATE SET count = source_health.count + excluded.count`,
    [
      column('source'),
      column('environment'),
      column('minuteMs'),
      column('kind'),
      column('reason'),
      column('count'),
      [...lastEvents.keys()],
      [...lastEvents.values()],
    ],
  )
}

export async function readHealthRows(
  pool: Pool,
  source: string,
  environment: Environment | undefined,
  { rateFromMs, hourFromMs, todayFromMs }: HealthSpans,
): Promise<{ rows: HealthRow[]; lastEventAt: Date | undefined }> {
  const [counts, newest] = await Promise.all([
    pool.query(
      `SELECT kind, reason,
         coalesce(sum(count) FILTER (WHERE minute >= to_timestamp($3 / 1000.0)), 0) AS recent,
         coalesce(sum(count) FILTER (WHERE minute >= to_timestamp($4 / 1000.0)), 0) AS last_hour,
         coalesce(sum(count) FILTER (WHERE minute >= to_timestamp($5 / 1000.0)), 0) AS today
       FROM source_health
       WHERE source = $1 AND ($2::text IS NULL OR environment = $2) AND minute >= to_timestamp(least($3, $4, $5) / 1000.0)
       GROUP BY kind, reason`,
      [source, environment ?? null, rateFromMs, hourFromMs, todayFromMs],
    ),
    pool.query<{ last_event_at: Date | null }>('SELECT last_event_at FROM sources WHERE name = $1', [source]),
  ])
  const rows = counts.rows.map(({ kind, reason, recent, last_hour, today }) => ({
    kind,
    reason,
    recent: Number(recent),
    lastHour: Number(last_hour),
    today: Number(today),
  }))
  return { rows, lastEventAt: newest.rows[0]?.last_event_at ?? undefined }
}

const KEPT_MS = 49 * 60 * 60 * 1000

/** Longer than the longest day there is in any zone. */
export async function forgetOldHealth(pool: Pool, nowMs: number): Promise<void> {
  await pool.query('DELETE FROM source_health WHERE minute < to_timestamp($1 / 1000.0)', [nowMs - KEPT_MS])
}
