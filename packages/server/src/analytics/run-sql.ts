import type { Readable } from 'node:stream'
import { AppError } from '@almanac/core/errors.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import { parseExactJson } from './exact-json.ts'
import type { SqlLimits } from './sql-limits.ts'

/**
 * A person's own SQL, as the read-only user: its grants, limits and quota are the fence, and nothing here parses the text.
 * The engine keeps a result back until it is whole: an error half-way would otherwise be a broken connection, or a file that
 * looks complete.
 */
export interface SqlStatement {
  readonly sql: string
  /** For `{name:Type}` in the statement; the engine checks the types. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** Rows; less when the engine's own limit is below it. */
  readonly limit: number
  /** `iso`: times of any zone as instants of UTC, such as `2026-03-29T01:30:00Z`. Left out, as the engine writes them. */
  readonly times?: 'iso' | undefined
}

export interface SqlRun {
  readonly queryId: string
  readonly limits: SqlLimits
  readonly signal: AbortSignal
}

export interface SqlRows {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly unknown[])[]
  readonly rowsRead: number
  readonly bytesRead: number
  readonly elapsedMs: number
  /** There were more rows than the limit, or as many as the engine's own bound. */
  readonly truncated: boolean
}

/** One row more than the limit is asked for, to know whether there are more. */
export async function runSql(reader: ClickHouseClient, statement: SqlStatement, run: SqlRun): Promise<SqlRows> {
  const { limit } = statement
  const most = run.limits.rows ?? Number.POSITIVE_INFINITY
  const { stream } = await openResult(reader, statement, run, 'JSONCompact', Math.min(limit + 1, most))
  const { meta, data, statistics } = parseExactJson(await textUpTo(stream, MAX_ANSWER_BYTES)) as CompactAnswer
  return {
    columns: meta,
    rows: data.slice(0, limit),
    rowsRead: statistics.rows_read,
    bytesRead: statistics.bytes_read,
    elapsedMs: statistics.elapsed * 1000,
    truncated: data.length > limit || data.length === most,
  }
}

export type ResultFormat =
  | 'JSONCompact'
  | 'JSONEachRow'
  | 'JSONCompactEachRowWithNames'
  | 'JSONCompactEachRowWithNamesAndTypes'
  | 'Parquet'

interface OpenResult {
  readonly stream: Readable
  readonly rowCount: number
}

/** The whole result, as bytes to be read on. */
export async function openResult(
  reader: ClickHouseClient,
  { sql, parameters, times }: SqlStatement,
  { queryId, signal }: SqlRun,
  format: ResultFormat,
  limit: number,
): Promise<OpenResult> {
  const { stream, response_headers, summary } = await reader.exec({
    query: sql,
    query_id: queryId,
    query_params: { ...parameters },
    // A long list of values does not fit into an address.
    use_multipart_params_auto: true,
    abort_signal: signal,
    clickhouse_settings: {
      limit: String(limit),
      // Not written behind the statement, which may end in a comment.
      default_format: format,
      output_format_json_quote_64bit_integers: 0,
      ...(times && { date_time_output_format: times }),
      wait_end_of_query: 1,
    },
  })
  if (response_headers['x-clickhouse-format'] !== format) {
    stream.destroy()
    throw new AppError('invalid_query', 'The statement chooses a FORMAT of its own', {
      hint: 'Leave FORMAT out of the statement, and name the format beside it: json, csv, ndjson, parquet or xlsx.',
    })
  }
  return { stream, rowCount: Number(summary?.result_rows ?? 0) }
}

interface CompactAnswer {
  readonly meta: SqlRows['columns']
  readonly data: readonly (readonly unknown[])[]
  readonly statistics: { readonly elapsed: number; readonly rows_read: number; readonly bytes_read: number }
}

const MAX_ANSWER_BYTES = 100_000_000

async function textUpTo(stream: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length
    if (sizeBytes > maxBytes) {
      throw new AppError('query_failed', `The answer has more than ${maxBytes / 1_000_000} MB`, {
        hint: 'Ask for fewer columns or rows, or take it as a file: csv, ndjson, parquet or xlsx.',
      })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
