import type { Pool, PoolClient } from 'pg'

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

/** Cubes computed from the raw events, and the starts of the hours (in seconds) that a batch touches in them. */
export interface TouchedHours {
  readonly cubes: readonly string[]
  readonly hours: readonly number[]
}

export async function loadPosition(pool: Pool, logId: string): Promise<Position> {
  await pool.query(
    'INSERT INTO ingest_positions (log_id, committed, planned) VALUES ($1, 0, 0) ON CONFLICT DO NOTHING',
    [logId],
  )
  const { rows } = await pool.query('SELECT committed, planned FROM ingest_positions WHERE log_id = $1', [logId])
  return { committed: Number(rows[0].committed), planned: Number(rows[0].planned) }
}

/** From here on queries read the touched hours from the raw events, where the batch is about to appear. */
export async function planBatch(pool: Pool, logId: string, to: number, touched: TouchedHours): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('UPDATE ingest_positions SET planned = $2, updated_at = now() WHERE log_id = $1', [logId, to])
    await touchHours(client, touched)
  })
}

/** The hours are touched once more: a recomputation between plan and insert has not seen the batch. */
export async function commitBatch(
  pool: Pool,
  logId: string,
  to: number,
  touched: TouchedHours,
  tallies: readonly ImportTally[],
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(
      'UPDATE ingest_positions SET committed = $2, planned = $2, updated_at = now() WHERE log_id = $1',
      [logId, to],
    )
    await touchHours(client, touched)
    for (const { importId, stored, duplicates, quarantined } of tallies) {
      await client.query(
        'UPDATE imports SET stored = stored + $2, duplicates = duplicates + $3, quarantined = quarantined + $4 WHERE id = $1',
        [importId, stored, duplicates, quarantined],
      )
    }
  })
}

async function touchHours(client: PoolClient, { cubes, hours }: TouchedHours): Promise<void> {
  if (hours.length === 0) return
  // Always in the same order, or two servers that touch the same hours could wait for each other for ever.
  await client.query(
    `INSERT INTO cube_hours (cube, hour)
     SELECT cube, to_timestamp(hour) FROM unnest($1::text[]) cube, unnest($2::bigint[]) hour ORDER BY cube, hour
     ON CONFLICT (cube, hour) DO UPDATE SET touched = cube_hours.touched + 1, touched_at = now()`,
    [cubes, hours],
  )
}

async function inTransaction(pool: Pool, run: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await run(client)
    await client.query('COMMIT')
    client.release()
  } catch (error) {
    // A connection in an unknown state is thrown away rather than given to somebody else.
    client.release(true)
    throw error
  }
}
