import type { Batch, Behind } from '@almanac/core/explain/explain.ts'
import { BATCH_COLUMNS, batchesSql, type RawColumn, type RowsAbout } from '@almanac/core/explain/rows-sql.ts'
import type { Pool } from 'pg'
import { answeredSoon } from '../postgres/client.ts'
import type { Execute } from '../query/execute-sql.ts'
import { runSql } from './run-sql.ts'

interface StoredBatch {
  readonly import_id: string
  readonly log_id: string
  readonly row_count: number
  readonly first_position: string
  readonly last_position: string
  readonly first_received_ms: number
  readonly last_received_ms: number
  readonly batch_count: number
  readonly all_rows: number
}

const MOST_SHOWN = 100
const NO_IMPORT = '00000000-0000-0000-0000-000000000000'

/** Whether rows know how they came: events do. */
export function haveBatches(columns: readonly RawColumn[]): boolean {
  return BATCH_COLUMNS.every((name) => columns.some((column) => column.name === name))
}

/** What brought the rows: imported files, and stretches of the log that clients sent; and how many rows there are. */
export async function readBatches(
  { execute, pool }: { readonly execute: Execute; readonly pool: Pool },
  about: RowsAbout,
): Promise<Pick<Behind, 'rowCount' | 'batches'>> {
  const batches = await runSql<StoredBatch>(execute, batchesSql(about, MOST_SHOWN))
  const imports = await importsById(pool, batches)
  const shown = batches.map((batch) => batchOf(batch, imports.get(batch.import_id)))
  const { batch_count: count = 0, all_rows: rowCount = 0 } = batches[0] ?? {}
  return { rowCount, batches: { shown, count } }
}

function batchOf(batch: StoredBatch, file: ImportedFile | undefined): Batch {
  const { import_id: id, log_id, first_position: firstPosition, last_position: lastPosition } = batch
  return {
    rows: batch.row_count,
    import: id === NO_IMPORT ? null : { id, fileName: file?.file_name ?? null, format: file?.format ?? null },
    log: { id: log_id, firstPosition, lastPosition },
    firstReceivedAt: new Date(batch.first_received_ms).toISOString(),
    lastReceivedAt: new Date(batch.last_received_ms).toISOString(),
  }
}

interface ImportedFile {
  readonly id: string
  readonly file_name: string
  readonly format: string
}

async function importsById(pool: Pool, batches: readonly StoredBatch[]): Promise<Map<string, ImportedFile>> {
  const ids = batches.map(({ import_id }) => import_id).filter((id) => id !== NO_IMPORT)
  if (ids.length === 0) return new Map()
  const { rows } = await pool.query<ImportedFile>(
    answeredSoon('SELECT id, file_name, format FROM imports WHERE id = ANY($1::uuid[])', [ids]),
  )
  return new Map(rows.map((row) => [row.id, row]))
}
