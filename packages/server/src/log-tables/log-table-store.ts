import type { Pool, PoolClient } from 'pg'
import type { LogColumn, LogTable } from './log-table.ts'

/** Which tables there are and how far each log was looked at, in PostgreSQL. */

interface TableRow {
  readonly event_name: string
  readonly view_name: string
  readonly columns: LogColumn[]
  readonly view_version: number
}

interface StoredTable extends LogTable {
  readonly viewVersion: number
}

/** All of them, or the one of that event. */
export async function readLogTables(db: PoolClient, eventName?: string): Promise<StoredTable[]> {
  const { rows } = await db.query<TableRow>(
    'SELECT * FROM log_tables WHERE $1::text IS NULL OR event_name = $1 ORDER BY event_name',
    [eventName],
  )
  return rows.map(({ event_name, view_name, columns, view_version }) => ({
    eventName: event_name,
    viewName: view_name,
    columns,
    viewVersion: view_version,
  }))
}

export async function readViewNames(db: PoolClient): Promise<string[]> {
  const { rows } = await db.query<Pick<TableRow, 'view_name'>>('SELECT view_name FROM log_tables')
  return rows.map(({ view_name }) => view_name)
}

export async function writeLogTable(db: PoolClient, table: LogTable, viewVersion: number): Promise<void> {
  await db.query(
    `INSERT INTO log_tables (event_name, view_name, columns, view_version) VALUES ($1, $2, $3, $4)
     ON CONFLICT (event_name) DO UPDATE SET columns = $3, view_version = $4, updated_at = now()`,
    [table.eventName, table.viewName, JSON.stringify(table.columns), viewVersion],
  )
}

export async function readLogTablePosition(pool: Pool, logId: string): Promise<number> {
  const { rows } = await pool.query('SELECT position FROM log_table_positions WHERE log_id = $1', [logId])
  return Number(rows[0]?.position ?? 0)
}

export async function writeLogTablePosition(pool: Pool, logId: string, position: number): Promise<void> {
  await pool.query(
    `INSERT INTO log_table_positions (log_id, position) VALUES ($1, $2)
     ON CONFLICT (log_id) DO UPDATE SET position = greatest(log_table_positions.position, $2)`,
    [logId, position],
  )
}

/**
 * Runs something for which no other server may change the tables meanwhile. What it writes to PostgreSQL counts only if it
 * gets to its end.
 */
export async function alone<T>(pool: Pool, run: (db: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('almanac log tables'))`)
    const result = await run(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    // A connection in an unknown state is thrown away rather than given to somebody else.
    client.release(true)
    throw error
  }
}
