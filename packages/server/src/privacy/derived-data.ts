import type { Pool, PoolClient } from 'pg'
import { putAwayHours, touchHours } from '../cubes/touch-hours.ts'
import type { Traces, VisitStretch } from './target-file.ts'

/** What PostgreSQL knows of visitors and of what is computed from events. */

/** All visitors that are the same person as one of these. */
export async function linkedVisitors(pool: Pool, visitors: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ visitor: string }>(
    `WITH given AS (SELECT unnest($1::numeric[]) AS visitor),
       persons AS (SELECT coalesce(i.person, g.visitor) AS person FROM given g LEFT JOIN identities i USING (visitor))
     SELECT person::text AS visitor FROM persons UNION
     SELECT visitor::text FROM identities WHERE person IN (SELECT person FROM persons)`,
    [visitors],
  )
  return rows.map(({ visitor }) => visitor)
}

/** Before the events go: from here on queries read these hours from the raw events. */
export async function touchBefore(pool: Pool, { hours }: Traces): Promise<void> {
  await inTransaction(pool, (client) => touchHours(client, { table: 'events', hours }))
}

/** After: everything that was computed with the events is computed once more, and the links are forgotten. */
export async function touchAfter(pool: Pool, visitors: readonly string[], { hours, stretches }: Traces): Promise<void> {
  await inTransaction(pool, async (client) => {
    await touchHours(client, { table: 'events', hours })
    await putAwayHours(client, hours)
    await touchVisits(client, stretches)
    await client.query('DELETE FROM identity_links WHERE to_visitor = ANY($1::numeric[])', [visitors])
    await client.query(
      `INSERT INTO identity_changes (visitor) SELECT unnest($1::numeric[])
       ON CONFLICT (visitor) DO UPDATE SET version = nextval('identity_versions')`,
      [visitors],
    )
  })
}

/** The visits of these stretches are made anew. */
export async function touchVisits(client: Pool | PoolClient, stretches: readonly VisitStretch[]): Promise<void> {
  const texts = (key: 'source' | 'environment' | 'visitor') => stretches.map((stretch) => stretch[key])
  const seconds = (key: 'firstAt' | 'lastAt') => stretches.map((stretch) => stretch[key] / 1000)
  await client.query(
    `INSERT INTO visit_touches (source, environment, person, first_at, last_at, events)
     SELECT source, environment, coalesce(i.person, t.visitor), to_timestamp(first_at), to_timestamp(last_at), events
     FROM unnest($1::text[], $2::text[], $3::numeric[], $4::float8[], $5::float8[], $6::int[])
       AS t(source, environment, visitor, first_at, last_at, events)
     LEFT JOIN identities i ON i.visitor = t.visitor WHERE t.visitor > 0`,
    [
      texts('source'),
      texts('environment'),
      texts('visitor'),
      seconds('firstAt'),
      seconds('lastAt'),
      stretches.map(({ events }) => Math.min(events, 2 ** 31 - 1)),
    ],
  )
}

/** Those that no link joins with another, or does no longer. */
export async function unlinkedVisitors(pool: Pool, visitors: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ visitor: string }>(
    `SELECT visitor::text AS visitor FROM unnest($1::numeric[]) AS given(visitor)
     WHERE NOT EXISTS (SELECT 1 FROM identities i WHERE i.visitor = given.visitor OR i.person = given.visitor)`,
    [visitors],
  )
  return rows.map(({ visitor }) => visitor)
}

/** Whether every link that was there when this was first asked has been followed. */
export async function areLinksFollowed(pool: Pool, upToVersion: string): Promise<boolean> {
  return isNone(pool, 'SELECT 1 FROM identity_changes WHERE version <= $1 LIMIT 1', [upToVersion])
}

export async function latestLinkVersion(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ version: string }>('SELECT last_value::text AS version FROM identity_versions')
  return rows[0]?.version ?? '0'
}

/** The last of the touches that are there now; 0 without any. */
export async function lastTouch(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('SELECT coalesce(max(id), 0)::text AS id FROM visit_touches')
  return rows[0]?.id ?? '0'
}

export async function areVisitsMade(pool: Pool, upToTouch: string): Promise<boolean> {
  return isNone(pool, 'SELECT 1 FROM visit_touches WHERE id <= $1 LIMIT 1', [upToTouch])
}

/** What cubes have of these hours goes, once more for those that are computed from visits. Returns the last version that may have it. */
export async function putAwayCubes(pool: Pool, hours: readonly number[]): Promise<string> {
  await inTransaction(pool, (client) => putAwayHours(client, hours))
  const { rows } = await pool.query<{ version: string }>('SELECT version::text AS version FROM cube_clock')
  return rows[0]?.version ?? '0'
}

/** Whether all that was put away up to that version is deleted, and with it the tables of definitions that were given up. */
export async function areOldRowsDeleted(pool: Pool, version: string): Promise<boolean> {
  return isNone(
    pool,
    `(SELECT 1 FROM cube_garbage WHERE version <= $1 LIMIT 1) UNION ALL
     (SELECT 1 FROM cube_tables WHERE state IN ('retired', 'dropping') LIMIT 1)`,
    [version],
  )
}

async function isNone(pool: Pool, text: string, values: unknown[]): Promise<boolean> {
  const { rowCount } = await pool.query(text, values)
  return rowCount === 0
}

async function inTransaction(pool: Pool, run: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await run(client)
    await client.query('COMMIT')
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}
