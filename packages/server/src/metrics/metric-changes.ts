import type { Pool } from 'pg'
import { touchHours } from '../cubes/touch-hours.ts'
import { inTransaction } from '../postgres/in-transaction.ts'

/**
 * A change of metrics is noted with the hours that it touches before any row is written, and forgotten after. As ingest does, it
 * touches them twice: before, so that queries read from the rows what is about to appear there, and after, because a cube that
 * was computed in between has not seen it. A change that was never finished is touched again and again until nothing of it can
 * be written any more.
 */

const TABLE = 'metric_values'

/** Answers with the version of the change: greater than that of all before it. */
export async function beginChange(pool: Pool, hours: readonly number[]): Promise<number> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ version: string }>(
      'INSERT INTO metric_changes (hours) VALUES ($1::bigint[]) RETURNING version',
      [hours],
    )
    await touchHours(client, { table: TABLE, hours })
    return Number(rows[0]?.version)
  })
}

export async function endChange(pool: Pool, version: number, hours: readonly number[]): Promise<void> {
  await inTransaction(pool, async (client) => {
    // In the order of `touchOpenChanges`, or the two could wait for each other for ever.
    await client.query('DELETE FROM metric_changes WHERE version = $1', [version])
    await touchHours(client, { table: TABLE, hours })
  })
}

/** Longer than any statement that writes rows may take. */
const GIVEN_UP_AFTER_SECONDS = 15 * 60

/** Answers with how many changes are under way or were never finished. */
export async function touchOpenChanges(pool: Pool, givenUpAfterSeconds = GIVEN_UP_AFTER_SECONDS): Promise<number> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ version: string; hours: string[]; is_old: boolean }>(
      `SELECT version, hours, begun_at < now() - make_interval(secs => $1) AS is_old
       FROM metric_changes ORDER BY version FOR UPDATE SKIP LOCKED`,
      [givenUpAfterSeconds],
    )
    if (rows.length === 0) return 0
    const hours = [...new Set(rows.flatMap(({ hours }) => hours.map(Number)))].sort((a, b) => a - b)
    await touchHours(client, { table: TABLE, hours })
    const old = rows.filter(({ is_old }) => is_old).map(({ version }) => version)
    await client.query('DELETE FROM metric_changes WHERE version = ANY ($1::bigint[])', [old])
    return rows.length - old.length
  })
}
