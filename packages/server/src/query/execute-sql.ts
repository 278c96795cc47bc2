import type { EngineRow } from '@almanac/core/query/answer/answer-rows.ts'
import type { QuerySql } from '@almanac/core/query/sql/query-sql.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import { translateClickHouseError } from '../clickhouse/client.ts'
import { LAST_IN_LINE } from '../clickhouse/last-in-line.ts'

export interface EngineAnswer {
  readonly rows: readonly EngineRow[]
  readonly rowsRead: number
  readonly bytesRead: number
  readonly elapsedMs: number
}

export type Execute = (sql: QuerySql) => Promise<EngineAnswer>

const MAX_SECONDS = 30
/** More would only wait for each other's processor time, and hold memory while they do. */
const AT_ONCE = 4

/** Runs statements, a few at a time; the same statement asked for twice runs once. */
export function createExecutor(clickhouse: ClickHouseClient, signal: AbortSignal | undefined): Execute {
  const known = new Map<string, Promise<EngineAnswer>>()
  const waiting: (() => void)[] = []
  let running = 0

  async function inTurn(sql: QuerySql): Promise<EngineAnswer> {
    if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
    running += 1
    try {
      return await execute(clickhouse, sql, signal)
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
  return (sql) => {
    const key = `${sql.text}\n${JSON.stringify(sql.parameters)}`
    const answer = known.get(key) ?? inTurn(sql)
    known.set(key, answer)
    return answer
  }
}

/**
 * Read from a rollup alone: there are few rows, and threads would take longer to begin than to read them. The statements of a
 * dashboard share the processors as it is.
 */
const isKept = ({ rollup, tables }: QuerySql) => rollup !== undefined && tables.length === 1

async function execute(
  clickhouse: ClickHouseClient,
  sql: QuerySql,
  signal: AbortSignal | undefined,
): Promise<EngineAnswer> {
  try {
    const result = await clickhouse.query({
      query: sql.text,
      query_params: sql.parameters,
      format: 'JSON',
      ...(signal && { abort_signal: signal }),
      clickhouse_settings: {
        max_execution_time: MAX_SECONDS,
        ...(isKept(sql) ? { max_threads: 1 } : LAST_IN_LINE),
        output_format_json_quote_64bit_integers: 0,
        cancel_http_readonly_queries_on_client_close: 1,
      },
    })
    const { data, statistics } = await result.json<EngineRow>()
    return {
      rows: data,
      rowsRead: statistics?.rows_read ?? 0,
      bytesRead: statistics?.bytes_read ?? 0,
      elapsedMs: (statistics?.elapsed ?? 0) * 1000,
    }
  } catch (error) {
    throw translateClickHouseError(error)
  }
}
