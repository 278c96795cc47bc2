import { Readable } from 'node:stream'
import { csvLine } from '@almanac/core/csv/csv-line.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import { parseExactJson } from './exact-json.ts'
import { openResult, type ResultFormat, type SqlRun, type SqlStatement } from './run-sql.ts'

export const DOWNLOAD_FORMATS = ['csv', 'ndjson', 'parquet'] as const
export type DownloadFormat = (typeof DOWNLOAD_FORMATS)[number]

export interface SqlDownload {
  /** The whole result, piece by piece; whoever does not read it to its end destroys it. */
  readonly stream: Readable
  readonly rowCount: number
  /** As many rows as were allowed: there may be more. */
  readonly truncated: boolean
}

const ENGINE_FORMAT: Record<DownloadFormat, ResultFormat> = {
  // Into CSV here, where texts that a spreadsheet would run are made harmless.
  csv: 'JSONCompactEachRowWithNames',
  ndjson: 'JSONEachRow',
  parquet: 'Parquet',
}

export async function downloadSql(
  reader: ClickHouseClient,
  statement: SqlStatement,
  run: SqlRun,
  format: DownloadFormat,
): Promise<SqlDownload> {
  const limit = Math.min(statement.limit, run.limits.rows ?? Number.POSITIVE_INFINITY)
  const { stream, rowCount } = await openResult(reader, statement, run, ENGINE_FORMAT[format], limit)
  return {
    stream: format === 'csv' ? Readable.from(csvOf(stream)) : stream,
    rowCount,
    truncated: rowCount >= limit,
  }
}

/** From lines of JSON arrays, the first of which has the names. */
async function* csvOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield lines.map(csvOfLine).join('')
  }
  if (rest !== '') yield csvOfLine(rest)
}

const csvOfLine = (line: string) => (line === '' ? '' : csvLine(parseExactJson(line) as unknown[]))
