import type { Pool } from 'pg'
import { touchHours } from '../../cubes/touch-hours.ts'
import { storeLinks } from '../../identity/link-store.ts'
import type { IdentityLink } from '../../identity/resolve.ts'
import { inTransaction } from '../../postgres/in-transaction.ts'
import { noteBatch, type StoredStretch } from '../../visits/pending-visits.ts'

/**
 * How far a log was read, in PostgreSQL. A batch is planned before it is inserted and committed after: whatever dies in
 * between, the next start finds exactly which stretch of the log may already be in ClickHouse.
 */
export interface Position {
  readonly committed: number
  /** End of the batch under way; equal to `committed` when there is none. */
  readonly planned: number
}

export interface ImportTally {
  readonly importId: string
  readonly stored: number
  readonly duplicates: number
  readonly quarantined: number
}

/** What a batch leaves to be done: who is who, and the visits of those whose events it brought. */
export interface BatchNotes {
  readonly links: readonly IdentityLink[]
  /** Absent where the batch has no events. */
  readonly stretch: StoredStretch | undefined
}

export async function loadPosition(pool: Pool, logId: string): Promise<Position> {
  await pool.query(
    'INSERT INTO ingest_positions (log_id, committed, planned) VALUES ($1, 0, 0) ON CONFLICT DO NOTHING',
    [logId],
  )
  const { rows } = await pool.query('SELECT committed, planned FROM ingest_positions WHERE log_id = $1', [logId])
  return { committed: Number(rows[0].committed), planned: Number(rows[0].planned) }
}

/** From here on queries read these hours from the raw events, where the batch is about to appear. */
export async function planBatch(pool: Pool, logId: string, to: number, hours: readonly number[]): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('UPDATE ingest_positions SET planned = $2, updated_at = now() WHERE log_id = $1', [logId, to])
    await touchHours(client, { table: 'events', hours })
  })
}

/** The hours are touched once more: a recomputation between plan and insert has not seen the batch. */
export async function commitBatch(
  pool: Pool,
  logId: string,
  to: number,
  hours: readonly number[],
  tallies: readonly ImportTally[],
  { links, stretch }: BatchNotes,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(
      'UPDATE ingest_positions SET committed = $2, planned = $2, updated_at = now() WHERE log_id = $1',
      [logId, to],
    )
    await touchHours(client, { table: 'events', hours })
    for (const { importId, stored, duplicates, quarantined } of tallies) {
      await client.query(
        'UPDATE imports SET stored = stored + $2, duplicates = duplicates + $3, quarantined = quarantined + $4 WHERE id = $1',
        [importId, stored, duplicates, quarantined],
      )
    }
    await storeLinks(client, links)
    if (stretch) await noteBatch(client, stretch)
  })
}
