import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'

/**
 * The salts of the daily visitor hash, one for each UTC day of the events. They are random and destroyed two days after they
 * were made, so that nobody, the operator included, can find out later whose address a hash was made of.
 */
const KEPT_HOURS = 48

export async function dailySalts(pool: Pool, days: readonly string[]): Promise<Record<string, string>> {
  await pool.query(
    `INSERT INTO daily_salts (day, salt) SELECT * FROM unnest($1::date[], $2::bytea[]) ON CONFLICT DO NOTHING`,
    [days, days.map(() => randomBytes(16))],
  )
  const { rows } = await pool.query<{ day: string; salt: Buffer }>(
    'SELECT day::text, salt FROM daily_salts WHERE day = ANY($1::date[])',
    [days],
  )
  return Object.fromEntries(rows.map(({ day, salt }) => [day, salt.toString('base64')]))
}

export async function destroyOldSalts(pool: Pool): Promise<void> {
  await pool.query('DELETE FROM daily_salts WHERE created_at < now() - make_interval(hours => $1)', [KEPT_HOURS])
}
