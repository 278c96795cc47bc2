import type { ClickHouseClient } from '@clickhouse/client'
import { translateClickHouseError } from '../clickhouse/client.ts'
import { READER_LIMITS } from '../engines/clickhouse-config.ts'
import type { SqlAnswer } from '../http/sql-routes.ts'

/**
 * A person's own SQL, as the read-only user: its grants, limits and quota are the fence, and nothing here parses the text.
 * One row more than the limit is asked for, to know whether there are more; at the reader's own bound, a full answer counts as
 * cut off.
 */
export async function runSql(
  reader: ClickHouseClient,
  sql: string,
  { limit, signal }: { readonly limit: number; readonly signal: AbortSignal },
): Promise<SqlAnswer> {
  try {
    const result = await reader.query({
      query: sql,
      format: 'JSONCompact',
      abort_signal: signal,
      clickhouse_settings: {
        limit: String(Math.min(limit + 1, READER_LIMITS.maxResultRows)),
        output_format_json_quote_64bit_integers: 0,
        // The answer is held back until it is complete: an error half-way would otherwise be a broken connection.
        wait_end_of_query: 1,
      },
    })
    const { meta, data, statistics } = await result.json<unknown[]>()
    return {
      columns: meta ?? [],
      rows: data.slice(0, limit),
      meta: {
        rowsRead: statistics?.rows_read ?? 0,
        elapsedMs: (statistics?.elapsed ?? 0) * 1000,
        truncated: data.length > limit || data.length === READER_LIMITS.maxResultRows,
      },
    }
  } catch (error) {
    throw translateClickHouseError(error)
  }
}
