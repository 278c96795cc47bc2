import type { Pool, PoolClient } from 'pg'

/**
 * What has happened to the events and is not yet in the visits, in PostgreSQL. Ingest notes a batch as the stretch of the log
 * that it was, one row however many visitors it brought: who they are can be read from the stored events. All else is noted
 * by person. What was noted is forgotten when the visits are written; until then it can be done again at any time.
 */

/** A stretch of a log whose events are stored; `to` is not included. */
export interface StoredStretch {
  readonly logId: string
  readonly from: number
  readonly to: number
  /** The span of the events' times, both included. */
  readonly firstAtMs: number
  readonly lastAtMs: number
  /** At most so many. */
  readonly events: number
}

/** Events of a person that have changed in a span of time, both ends included. */
export interface Touch {
  readonly source: string
  readonly environment: string
  readonly person: string
  readonly fromMs: number
  readonly toMs: number
  /** How many events the span has, for the size of a run. */
  readonly events: number
}

export async function noteBatch(client: PoolClient, stretch: StoredStretch): Promise<void> {
  const { logId, from, to, firstAtMs, lastAtMs, events } = stretch
  await client.query(
    `INSERT INTO visit_batches (log_id, from_position, to_position, first_at, last_at, events)
     VALUES ($1, $2, $3, to_timestamp($4::float8 / 1000), to_timestamp($5::float8 / 1000), $6)`,
    [logId, from, to, firstAtMs, lastAtMs, events],
  )
}

export async function storeTouches(client: PoolClient, touches: readonly Touch[]): Promise<void> {
  if (touches.length === 0) return
  await client.query(
    `INSERT INTO visit_touches (source, environment, person, first_at, last_at, events)
     SELECT source, environment, person, to_timestamp(from_ms / 1000), to_timestamp(to_ms / 1000), events
     FROM unnest($1::text[], $2::text[], $3::numeric[], $4::float8[], $5::float8[], $6::int[])
       AS t(source, environment, person, from_ms, to_ms, events)`,
    [
      touches.map(({ source }) => source),
      touches.map(({ environment }) => environment),
      touches.map(({ person }) => person),
      touches.map(({ fromMs }) => fromMs),
      touches.map(({ toMs }) => toMs),
      touches.map(({ events }) => events),
    ],
  )
}

export interface PendingBatch extends StoredStretch {
  readonly id: string
}

const MS = (column: string) => `round(extract(epoch FROM ${column}) * 1000)::float8`

/**
 * The oldest batches, up to about `maxEvents`. None while batches are still coming, unless the oldest has waited for
 * `longestSeconds`: an import is faster when its batches are taken together.
 */
export async function pendingBatches(
  pool: Pool,
  { quietSeconds, longestSeconds, maxEvents }: { quietSeconds: number; longestSeconds: number; maxEvents: number },
): Promise<PendingBatch[]> {
  const { rows } = await pool.query<Record<keyof PendingBatch, string>>(
    `SELECT id::text, log_id AS "logId", from_position::text AS "from", to_position::text AS "to",
       ${MS('first_at')} AS "firstAtMs", ${MS('last_at')} AS "lastAtMs", events
     FROM (SELECT *, sum(events) OVER (ORDER BY id) - events AS events_before FROM visit_batches) AS batch
     WHERE events_before < $1 AND (
       (SELECT max(stored_at) FROM visit_batches) <= now() - make_interval(secs => $2)
       OR (SELECT min(stored_at) FROM visit_batches) <= now() - make_interval(secs => $3))
     ORDER BY batch.id`,
    [maxEvents, quietSeconds, longestSeconds],
  )
  return rows.map(({ id, logId, from, to, firstAtMs, lastAtMs, events }) => ({
    id,
    logId,
    from: Number(from),
    to: Number(to),
    firstAtMs: Number(firstAtMs),
    lastAtMs: Number(lastAtMs),
    events: Number(events),
  }))
}

export async function forgetBatches(pool: Pool, batches: readonly PendingBatch[]): Promise<void> {
  await pool.query('DELETE FROM visit_batches WHERE id = ANY($1::bigint[])', [batches.map(({ id }) => id)])
}

export interface PendingTouch extends Touch {
  readonly id: string
}

export async function pendingTouches(pool: Pool, limit: number): Promise<PendingTouch[]> {
  const { rows } = await pool.query<PendingTouch>(
    `SELECT id::text, source, environment, person::text, ${MS('first_at')} AS "fromMs", ${MS('last_at')} AS "toMs", events
     FROM visit_touches ORDER BY visit_touches.id LIMIT $1`,
    [limit],
  )
  return rows
}

export async function forgetTouches(pool: Pool, touches: readonly PendingTouch[]): Promise<void> {
  await pool.query('DELETE FROM visit_touches WHERE id = ANY($1::bigint[])', [touches.map(({ id }) => id)])
}
