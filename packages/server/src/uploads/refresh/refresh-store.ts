import type { Pool } from 'pg'

/** Where a file comes from again and again, and how that went. */
export interface StoredRefresh {
  readonly uploadId: string
  readonly name: string
  readonly url: string
  readonly everyMinutes: number
  readonly headers: Buffer | null
  readonly headerNames: readonly string[]
  readonly etag: string | null
  readonly lastModified: string | null
  readonly nextAt: Date
  readonly lastAt: Date | null
  readonly lastResult: 'changed' | 'same' | 'failed' | null
  readonly problem: string | null
  readonly failures: number
}

const COLUMNS = `r.upload_id AS "uploadId", u.name, r.url, r.every_minutes AS "everyMinutes", r.headers, r.header_names AS "headerNames",
  r.etag, r.last_modified AS "lastModified", r.next_at AS "nextAt", r.last_at AS "lastAt", r.last_result AS "lastResult",
  r.problem, r.failures`

export async function listRefreshes(pool: Pool): Promise<ReadonlyMap<string, StoredRefresh>> {
  const { rows } = await pool.query<StoredRefresh>(
    `SELECT ${COLUMNS} FROM upload_refreshes r JOIN uploads u ON u.id = r.upload_id`,
  )
  return new Map(rows.map((row) => [row.name, row]))
}

export async function findRefresh(pool: Pool, name: string): Promise<StoredRefresh | undefined> {
  const { rows } = await pool.query<StoredRefresh>(
    `SELECT ${COLUMNS} FROM upload_refreshes r JOIN uploads u ON u.id = r.upload_id WHERE u.name = $1`,
    [name],
  )
  return rows[0]
}

export async function saveRefresh(
  pool: Pool,
  {
    uploadId,
    url,
    everyMinutes,
    headers,
    headerNames,
  }: Pick<StoredRefresh, 'uploadId' | 'url' | 'everyMinutes' | 'headers' | 'headerNames'>,
): Promise<void> {
  await pool.query(
    `INSERT INTO upload_refreshes (upload_id, url, every_minutes, headers, header_names, next_at)
     VALUES ($1, $2, $3, $4, $5, now() + make_interval(mins => $3))
     ON CONFLICT (upload_id) DO UPDATE SET url = $2, every_minutes = $3, headers = $4, header_names = $5, etag = NULL, last_modified = NULL,
       next_at = now() + make_interval(mins => $3), problem = NULL, failures = 0`,
    [uploadId, url, everyMinutes, headers, headerNames],
  )
}

export async function removeRefresh(pool: Pool, uploadId: string): Promise<boolean> {
  return ((await pool.query('DELETE FROM upload_refreshes WHERE upload_id = $1', [uploadId])).rowCount ?? 0) > 0
}

/**
 * Takes those that are due, so that no other server does: should this one die, they are due again when their time comes round. Only
 * of uploads that are defined.
 */
export async function takeDue(pool: Pool, limit: number): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `UPDATE upload_refreshes r SET next_at = now() + make_interval(mins => r.every_minutes)
     FROM uploads u WHERE u.id = r.upload_id AND u.definition IS NOT NULL AND r.upload_id IN (
       SELECT upload_id FROM upload_refreshes JOIN uploads ON uploads.id = upload_id
       WHERE next_at <= now() AND definition IS NOT NULL ORDER BY next_at LIMIT $1 FOR UPDATE OF upload_refreshes SKIP LOCKED
     ) RETURNING u.name`,
    [limit],
  )
  return rows.map(({ name }) => name)
}

export async function noteResult(
  pool: Pool,
  uploadId: string,
  result: {
    readonly lastResult: 'changed' | 'same' | 'failed'
    readonly problem?: string
    readonly etag?: string | undefined
    readonly lastModified?: string | undefined
  },
): Promise<void> {
  const { lastResult, problem = null, etag, lastModified } = result
  await pool.query(
    `UPDATE upload_refreshes SET last_at = now(), last_result = $2, problem = $3,
       failures = CASE WHEN $2 = 'failed' THEN failures + 1 ELSE 0 END,
       etag = CASE WHEN $2 = 'changed' THEN $4 ELSE etag END,
       last_modified = CASE WHEN $2 = 'changed' THEN $5 ELSE last_modified END
     WHERE upload_id = $1`,
    [uploadId, lastResult, problem, etag ?? null, lastModified ?? null],
  )
}
