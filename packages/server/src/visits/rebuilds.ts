import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'

/** Sources whose visits are made anew from all of their events, part by part, so that it can stop and go on at any time. */
export interface Rebuild {
  readonly source: string
  readonly parts: number
  /** The parts before this one are made. */
  readonly done: number
}

const EVENTS_PER_PART = 500_000

export async function askForRebuild(pool: Pool, clickhouse: ClickHouseClient, source: string): Promise<Rebuild> {
  const result = await clickhouse.query({
    query: 'SELECT count() AS count FROM events WHERE source = {source:String}',
    query_params: { source },
    format: 'JSONEachRow',
  })
  const [row] = await result.json<{ count: string }>()
  const parts = Math.max(1, Math.ceil(Number(row?.count ?? 0) / EVENTS_PER_PART))
  await pool.query(
    `INSERT INTO visit_rebuilds (source, parts) VALUES ($1, $2)
     ON CONFLICT (source) DO UPDATE SET parts = excluded.parts, done = 0, asked_at = now()`,
    [source, parts],
  )
  return { source, parts, done: 0 }
}

/** In the order in which they were asked for. */
export async function listRebuilds(pool: Pool): Promise<Rebuild[]> {
  const { rows } = await pool.query<Rebuild>('SELECT source, parts, done FROM visit_rebuilds ORDER BY asked_at, source')
  return rows
}

/** A rebuild that was asked for again meanwhile, and so has other parts or is back at the first, is left as it is. */
export async function notePart(pool: Pool, { source, parts, done }: Rebuild): Promise<void> {
  const same = 'source = $1 AND parts = $2 AND done = $3'
  if (done + 1 < parts)
    await pool.query(`UPDATE visit_rebuilds SET done = done + 1 WHERE ${same}`, [source, parts, done])
  else await pool.query(`DELETE FROM visit_rebuilds WHERE ${same}`, [source, parts, done])
}
