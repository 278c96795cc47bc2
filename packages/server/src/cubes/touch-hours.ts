import type { PoolClient } from 'pg'

/** Cubes computed from the raw events, and the starts of the hours (in seconds) that a batch touches in them. */
export interface TouchedHours {
  readonly cubes: readonly string[]
  readonly hours: readonly number[]
}

/** From here on queries read these hours from the raw table, until they are computed again. */
export async function touchHours(client: PoolClient, { cubes, hours }: TouchedHours): Promise<void> {
  if (hours.length === 0) return
  // Always in the same order, or two servers that touch the same hours could wait for each other for ever.
  await client.query(
    `INSERT INTO cube_hours (cube, hour)
     SELECT cube, to_timestamp(hour) FROM unnest($1::text[]) cube, unnest($2::bigint[]) hour ORDER BY cube, hour
     ON CONFLICT (cube, hour) DO UPDATE SET touched = cube_hours.touched + 1, touched_at = now()`,
    [cubes, hours],
  )
}
