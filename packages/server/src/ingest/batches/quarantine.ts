import type { ClickHouseClient } from '@clickhouse/client'
import { translateClickHouseError } from '../../clickhouse/client.ts'
import type { QuarantineAnswer, QuarantineRequest } from '../../http/operate/status-routes.ts'

interface QuarantineRow {
  readonly received_at: string
  readonly source: string
  readonly reason: string
  readonly file: string
  readonly line: string
  readonly raw: string
  readonly total: string
}

/** The newest lines in quarantine, and how many there are. */
export async function readQuarantine(
  clickhouse: ClickHouseClient,
  { source, importId, limit }: QuarantineRequest,
): Promise<QuarantineAnswer> {
  try {
    const result = await clickhouse.query({
      query: `SELECT received_at, source, reason, file, line, raw, count() OVER () AS total FROM quarantine FINAL
        WHERE ({source:String} = '' OR source = {source:String})
          AND ({importId:String} = '' OR toString(import_id) = {importId:String})
        ORDER BY quarantine.received_at DESC, line LIMIT {limit:UInt32}`,
      query_params: { source: source ?? '', importId: importId ?? '', limit },
      format: 'JSONEachRow',
    })
    const rows = await result.json<QuarantineRow>()
    return {
      rows: rows.map((row) => ({
        receivedAt: `${row.received_at.replace(' ', 'T')}Z`,
        source: row.source,
        reason: row.reason,
        file: row.file || null,
        line: Number(row.line) || null,
        raw: row.raw,
      })),
      total: Number(rows[0]?.total ?? 0),
    }
  } catch (error) {
    throw translateClickHouseError(error)
  }
}
