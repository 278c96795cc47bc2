import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { CubeTable } from '@almanac/core/cubes/cube-state.ts'
import type { Pool, PoolClient } from 'pg'

/** What PostgreSQL knows of the cubes' tables. */
export type TableState = 'making' | 'building' | 'serving' | 'failed' | 'retired' | 'dropping'

export interface StoredTable extends CubeTable {
  readonly name: string
  readonly hash: string
  readonly state: TableState
  /** What the engine said of the definition, or of the last attempt to compute it, where that failed. */
  readonly reason: string | undefined
  readonly isPaused: boolean
  /** Attempts to compute it that failed one after the other. */
  readonly failures: number
}

interface TableRow {
  readonly id: number
  readonly name: string
  readonly hash: string
  readonly definition: CubeDefinition
  readonly table_name: string
  readonly state: TableState
  readonly reason: string | null
  readonly paused: boolean
  readonly failures: number
}

/** In the order in which cubes are shown; of one cube the newest first, which is the one that is built. */
export async function readTables(db: Pool | PoolClient): Promise<StoredTable[]> {
  const { rows } = await db.query<TableRow>(
    `SELECT id, name, hash, definition, table_name, state, reason, paused, failures FROM cube_tables
     ORDER BY place, name, state = 'building' DESC, id DESC`,
  )
  return rows.map(({ table_name: table, reason, paused: isPaused, ...row }) => {
    return { ...row, table, reason: reason ?? undefined, isPaused }
  })
}

/** Those that are kept computed, but for those that failed and are to be tried again later. */
export async function tablesToCompute(db: Pool | PoolClient): Promise<StoredTable[]> {
  const { rows } = await db.query<{ id: number }>('SELECT id FROM cube_tables WHERE retry_at > now()')
  const waiting = new Set(rows.map(({ id }) => id))
  const isKept = ({ id, state }: StoredTable) => (state === 'building' || state === 'serving') && !waiting.has(id)
  return (await readTables(db)).filter(isKept)
}

const LONGEST_RETRY_SECONDS = 600

/** It is tried again after twice the time of the last attempt. */
export async function noteFailure(
  db: Pool | PoolClient,
  id: number,
  reason: string,
  retrySeconds: number,
): Promise<void> {
  await db.query(
    `UPDATE cube_tables SET reason = $2, failures = failures + 1,
       retry_at = now() + make_interval(secs => least($3 * power(2, least(failures, 20)), $4)) WHERE id = $1`,
    [id, reason, retrySeconds, LONGEST_RETRY_SECONDS],
  )
}

export async function noteSuccess(db: Pool | PoolClient, id: number): Promise<void> {
  await db.query('UPDATE cube_tables SET reason = NULL, failures = 0 WHERE id = $1 AND failures > 0', [id])
}

/** Remembered under its definition before anything is made. Returns its id. */
export async function insertTable(
  db: Pool | PoolClient,
  definition: CubeDefinition,
  hash: string,
  table: string,
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO cube_tables (name, hash, definition, table_name, base_tables, state)
     VALUES ($1, $2, $3, $4, $5, 'making') RETURNING id`,
    [definition.name, hash, JSON.stringify(definition), table, definition.base.tables],
  )
  const [row] = rows
  if (!row) throw new Error('an INSERT with RETURNING has a row')
  return row.id
}

/** The same rows under other labels. */
export async function describeTable(db: Pool | PoolClient, id: number, definition: CubeDefinition): Promise<void> {
  await db.query('UPDATE cube_tables SET definition = $2 WHERE id = $1', [id, JSON.stringify(definition)])
}

/** The order in which cubes are shown. */
export async function arrangeTables(db: Pool | PoolClient, names: readonly string[]): Promise<void> {
  await db.query(
    `UPDATE cube_tables SET place = given.place
     FROM unnest($1::text[]) WITH ORDINALITY AS given(name, place) WHERE cube_tables.name = given.name`,
    [names],
  )
}

export async function setState(
  db: Pool | PoolClient,
  id: number,
  state: TableState,
  reason: string | null = null,
): Promise<void> {
  await db.query(
    `UPDATE cube_tables SET state = $2, reason = $3,
       served_at = CASE WHEN $2 = 'serving' THEN now() ELSE served_at END,
       retired_at = CASE WHEN $2 = 'retired' THEN now() ELSE NULL END
     WHERE id = $1`,
    [id, state, reason],
  )
}

/** With all that was known of its buckets. */
export async function forgetTable(db: Pool | PoolClient, id: number): Promise<void> {
  await db.query('DELETE FROM cube_tables WHERE id = $1', [id])
}

/** For what is said of the progress. */
export async function noteRun(db: Pool | PoolClient, id: number, rows: number, elapsedMs: number): Promise<void> {
  await db.query('UPDATE cube_tables SET run_rows = $2, run_ms = $3 WHERE id = $1', [id, rows, elapsedMs])
}

export async function pauseTables(db: Pool | PoolClient, ids: readonly number[], isPaused: boolean): Promise<void> {
  await db.query('UPDATE cube_tables SET paused = $2 WHERE id = ANY($1::int[])', [ids, isPaused])
}
