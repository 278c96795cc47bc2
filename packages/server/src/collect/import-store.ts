import { AppError } from '@almanac/core/errors.ts'
import type { Pool } from 'pg'
import type { ImportAnswer, ImportProgress, NewImport } from '../http/collect/import-routes.ts'

/** Imports in PostgreSQL: how far a file was read, and what ingest made of it. */

interface ImportRow {
  readonly id: string
  readonly source: string
  readonly format: string
  readonly file_name: string
  readonly fingerprint: string
  readonly options: NewImport['options']
  readonly acknowledged_bytes: string
  readonly acknowledged_lines: string
  readonly stored: string
  readonly duplicates: string
  readonly quarantined: string
  readonly pending_bytes: string
  readonly started_at: Date
  readonly finished_at: Date | null
}

// The counts and the position that they belong to move in one transaction, so they are read in one statement.
const SELECT = `
  SELECT imports.*, greatest(0, coalesce(log_end - committed, 0)) AS pending_bytes
  FROM imports LEFT JOIN ingest_positions USING (log_id)`

/**
 * The import of the same file that was not finished, to go on with, or a new one. A finished file is read again from its
 * start: it may have grown, and what is already there is found by its ids.
 */
export async function openImport(pool: Pool, request: NewImport): Promise<ImportAnswer> {
  const { source, format, fileName, fingerprint, options } = request
  const unfinished = await pool.query<ImportRow>(
    `${SELECT} WHERE source = $1 AND format = $2 AND fingerprint = $3 AND options = $4 AND finished_at IS NULL
     ORDER BY started_at DESC LIMIT 1`,
    [source, format, fingerprint, options],
  )
  if (unfinished.rows[0]) return answerOf(unfinished.rows[0])
  await pool.query('INSERT INTO sources (name, label) VALUES ($1, $1) ON CONFLICT DO NOTHING', [source])
  const { rows } = await pool.query<{ id: string }>(
    'INSERT INTO imports (source, format, file_name, fingerprint, options) VALUES ($1, $2, $3, $4, $5) RETURNING id',
    [source, format, fileName, fingerprint, options],
  )
  return requireImport(pool, rows[0]?.id ?? '')
}

export async function findImport(pool: Pool, id: string): Promise<ImportAnswer | undefined> {
  const { rows } = await pool.query<ImportRow>(`${SELECT} WHERE imports.id = $1`, [id])
  return rows[0] && answerOf(rows[0])
}

/** `frame` is the position of the chunk's frame in the log; once ingest is past it, the counts hold the chunk. */
export async function acknowledgeImport(
  pool: Pool,
  id: string,
  { acknowledgedBytes, acknowledgedLines }: ImportProgress,
  logId: string,
  frame: number,
): Promise<void> {
  await pool.query(
    `UPDATE imports SET acknowledged_bytes = greatest(acknowledged_bytes, $2),
       acknowledged_lines = greatest(acknowledged_lines, $3), log_id = $4, log_end = greatest(log_end, $5)
     WHERE id = $1`,
    [id, acknowledgedBytes, acknowledgedLines, logId, frame + 1],
  )
}

export async function finishImport(pool: Pool, id: string): Promise<ImportAnswer> {
  await pool.query('UPDATE imports SET finished_at = coalesce(finished_at, now()) WHERE id = $1', [id])
  return requireImport(pool, id)
}

async function requireImport(pool: Pool, id: string): Promise<ImportAnswer> {
  const found = await findImport(pool, id)
  if (!found) throw new AppError('not_found', `There is no import ${id}`)
  return found
}

function answerOf(row: ImportRow): ImportAnswer {
  return {
    id: row.id,
    source: row.source,
    format: row.format,
    fileName: row.file_name,
    fingerprint: row.fingerprint,
    options: row.options,
    acknowledgedBytes: Number(row.acknowledged_bytes),
    acknowledgedLines: Number(row.acknowledged_lines),
    stored: Number(row.stored),
    duplicates: Number(row.duplicates),
    quarantined: Number(row.quarantined),
    pendingBytes: Number(row.pending_bytes),
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}
