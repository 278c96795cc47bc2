import type { UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import type { FileLoad, LoadFigures, LoadMode } from '@almanac/core/uploads/upload-load.ts'
import type { Pool, PoolClient } from 'pg'

/** What PostgreSQL knows of uploads, of their files and of what became of those. */

export interface StoredUpload {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly definition: UploadDefinition | null
  readonly tableVersion: number
  readonly mode: LoadMode
  readonly createdBy: string
  readonly createdAt: Date
  readonly updatedBy: string
  readonly updatedAt: Date
}

export interface UploadFile {
  readonly id: string
  readonly hash: string
  readonly fileName: string
  readonly sizeBytes: number
  readonly origin: FileLoad['origin']
  readonly receivedBy: string
  readonly receivedAt: Date
}

export interface LoadCounts extends LoadFigures {
  /** Milliseconds; absent without rows. */
  readonly firstMs?: number | undefined
  readonly lastMs?: number | undefined
}

export interface StoredLoad extends FileLoad {
  readonly fileId: string
  readonly tableVersion: number
  readonly startedBy: string
  readonly startedAt: Date
  readonly finishedAt: Date | null
}

type Db = Pool | PoolClient

const UPLOAD = `id, name, label, definition, table_version AS "tableVersion", mode, created_by AS "createdBy",
  created_at AS "createdAt", updated_by AS "updatedBy", updated_at AS "updatedAt"`
const FILE = `id, hash, file_name AS "fileName", size_bytes::float8 AS "sizeBytes", origin, received_by AS "receivedBy",
  received_at AS "receivedAt"`
const LOAD = `l.id, l.file_id AS "fileId", f.file_name AS "fileName", f.origin, f.size_bytes::float8 AS "sizeBytes",
  l.table_version AS "tableVersion", l.mode, l.state, l.rows_read::float8 AS "rowsRead", l.rows_stored::float8 AS "rowsStored",
  l.rows_left_out::float8 AS "rowsLeftOut", l.cells_emptied::float8 AS "cellsEmptied", l.misfits, l.problem,
  l.started_by AS "startedBy", l.started_at AS "startedAt", l.finished_at AS "finishedAt"`

export async function listUploads(db: Db): Promise<StoredUpload[]> {
  return (await db.query<StoredUpload>(`SELECT ${UPLOAD} FROM uploads ORDER BY lower(label), name`)).rows
}

export async function findUpload(db: Db, name: string): Promise<StoredUpload | undefined> {
  return (await db.query<StoredUpload>(`SELECT ${UPLOAD} FROM uploads WHERE name = $1`, [name])).rows[0]
}

/** The one of that name, made where there is none. */
export async function ensureUpload(db: Db, name: string, label: string, by: string): Promise<StoredUpload> {
  await db.query(
    'INSERT INTO uploads (name, label, created_by, updated_by) VALUES ($1, $2, $3, $3) ON CONFLICT (name) DO NOTHING',
    [name, label, by],
  )
  const upload = await findUpload(db, name)
  if (!upload) throw new Error(`the upload ${name} was removed while it was made`)
  return upload
}

/** A number that no table ever had: an upload of the same name may have been removed a moment ago, and its table not yet. */
export async function newTableVersion(db: Db): Promise<number> {
  const { rows } = await db.query<{ version: number }>(
    `SELECT nextval(pg_get_serial_sequence('upload_loads', 'id'))::integer AS version`,
  )
  return (rows[0] as { version: number }).version
}

export async function saveDefinition(
  db: Db,
  id: string,
  {
    definition,
    tableVersion,
    mode,
    by,
  }: { definition: UploadDefinition; tableVersion: number; mode: LoadMode; by: string },
): Promise<void> {
  await db.query(
    `UPDATE uploads SET definition = $2, label = $3, table_version = $4, mode = $5, updated_by = $6, updated_at = now() WHERE id = $1`,
    [id, JSON.stringify(definition), definition.label, tableVersion, mode, by],
  )
}

export async function forgetUpload(db: Db, id: string): Promise<void> {
  await db.query('DELETE FROM uploads WHERE id = $1', [id])
}

export async function insertFile(
  db: Db,
  uploadId: string,
  file: Omit<UploadFile, 'id' | 'receivedAt'>,
): Promise<UploadFile> {
  const { rows } = await db.query<UploadFile>(
    `INSERT INTO upload_files (upload_id, hash, file_name, size_bytes, origin, received_by) VALUES ($1, $2, $3, $4, $5, $6)
     RETURNING ${FILE}`,
    [uploadId, file.hash, file.fileName, file.sizeBytes, file.origin, file.receivedBy],
  )
  return rows[0] as UploadFile
}

/** The newest first. */
export async function listFiles(db: Db, uploadId: string): Promise<UploadFile[]> {
  const sql = `SELECT ${FILE} FROM upload_files WHERE upload_id = $1 ORDER BY received_at DESC, id`
  return (await db.query<UploadFile>(sql, [uploadId])).rows
}

/** Whether some upload still has a file with these bytes. */
export async function isHashUsed(db: Db, hash: string): Promise<boolean> {
  return ((await db.query('SELECT 1 FROM upload_files WHERE hash = $1 LIMIT 1', [hash])).rowCount ?? 0) > 0
}

export async function beginLoad(
  db: Db,
  uploadId: string,
  { fileId, tableVersion, mode, by }: { fileId: string; tableVersion: number; mode: LoadMode; by: string },
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO upload_loads (upload_id, file_id, table_version, mode, started_by) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [uploadId, fileId, tableVersion, mode, by],
  )
  return (rows[0] as { id: number }).id
}

/** Before its rows appear, so that they are never there without being counted. */
export async function noteCounts(db: Db, id: number, counts: LoadCounts): Promise<void> {
  const { rowsRead, rowsStored, rowsLeftOut, cellsEmptied, misfits, firstMs, lastMs } = counts
  await db.query(
    `UPDATE upload_loads SET rows_read = $2, rows_stored = $3, rows_left_out = $4, cells_emptied = $5, misfits = $6,
       first_at = to_timestamp($7), last_at = to_timestamp($8) WHERE id = $1`,
    [id, rowsRead, rowsStored, rowsLeftOut, cellsEmptied, JSON.stringify(misfits), seconds(firstMs), seconds(lastMs)],
  )
}

const seconds = (ms: number | undefined) => (ms === undefined ? null : ms / 1000)

export async function endLoad(db: Db, id: number, problem?: string): Promise<void> {
  await db.query('UPDATE upload_loads SET state = $2, problem = $3, finished_at = now() WHERE id = $1', [
    id,
    problem === undefined ? 'done' : 'failed',
    problem ?? null,
  ])
}

/** The newest first. */
export async function listLoads(db: Db, uploadId: string, limit = 100): Promise<StoredLoad[]> {
  const { rows } = await db.query<StoredLoad>(
    `SELECT ${LOAD} FROM upload_loads l JOIN upload_files f ON f.id = l.file_id WHERE l.upload_id = $1 ORDER BY l.id DESC LIMIT $2`,
    [uploadId, limit],
  )
  return rows
}

/** Of each upload the last one. */
export async function lastLoads(db: Db): Promise<ReadonlyMap<string, StoredLoad>> {
  const { rows } = await db.query<StoredLoad & { uploadId: string }>(
    `SELECT DISTINCT ON (l.upload_id) l.upload_id AS "uploadId", ${LOAD}
     FROM upload_loads l JOIN upload_files f ON f.id = l.file_id ORDER BY l.upload_id, l.id DESC`,
  )
  return new Map(rows.map(({ uploadId, ...load }) => [uploadId, load]))
}

/** Files that make up the table, in order: since the last one that replaced all, with how each was loaded. */
export async function filesInForce(
  db: Db,
  uploadId: string,
): Promise<{ readonly fileId: string; readonly mode: LoadMode; readonly startedBy: string }[]> {
  const { rows } = await db.query(
    `SELECT file_id AS "fileId", mode, started_by AS "startedBy" FROM upload_loads
     WHERE upload_id = $1 AND state = 'done' AND table_version = (SELECT table_version FROM uploads WHERE id = $1)
       AND id >= coalesce((SELECT max(id) FROM upload_loads WHERE upload_id = $1 AND state = 'done' AND mode = 'replace'
         AND table_version = (SELECT table_version FROM uploads WHERE id = $1)), 0)
     ORDER BY id`,
    [uploadId],
  )
  return rows
}

export interface UnfinishedLoad {
  readonly id: number
  readonly name: string
  readonly tableVersion: number
}

/** Those of servers that died. */
export async function unfinishedLoads(db: Db): Promise<UnfinishedLoad[]> {
  const { rows } = await db.query<UnfinishedLoad>(
    `SELECT l.id, u.name, l.table_version AS "tableVersion" FROM upload_loads l JOIN uploads u ON u.id = l.upload_id
     WHERE l.state = 'running'`,
  )
  return rows
}

/** One change of an upload at a time over all servers. Rejects nobody: the second one waits. */
export async function whileAlone<T>(pool: Pool, name: string, run: () => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let isInOrder = false
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('almanac upload'), hashtext($1))`, [name])
    const result = await run()
    await client.query(`SELECT pg_advisory_unlock(hashtext('almanac upload'), hashtext($1))`, [name])
    isInOrder = true
    return result
  } finally {
    // Closing the connection frees the lock.
    client.release(!isInOrder)
  }
}
