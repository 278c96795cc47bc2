import { Readable } from 'node:stream'
import { csvLine } from '@almanac/core/csv/csv-line.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import { writeExcel } from '../excel/write-excel.ts'
import { spool } from '../feeds/spool.ts'
import { parseExactJson } from './exact-json.ts'
import { excelColumn } from './excel-column.ts'
import { openResult, type ResultFormat, type SqlRun, type SqlStatement } from './run-sql.ts'

export const DOWNLOAD_FORMATS = ['csv', 'ndjson', 'parquet', 'xlsx'] as const
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
  xlsx: 'JSONCompactEachRowWithNamesAndTypes',
}

export async function downloadSql(
  reader: ClickHouseClient,
  statement: SqlStatement,
  run: SqlRun,
  format: DownloadFormat,
): Promise<SqlDownload> {
  const limit = Math.min(statement.limit, run.limits.rows ?? Number.POSITIVE_INFINITY)
  const { stream, rowCount } = await openResult(reader, statement, run, ENGINE_FORMAT[format], limit)
  return { stream: await fileOf(format, stream), rowCount, truncated: rowCount >= limit }
}

async function fileOf(format: DownloadFormat, stream: Readable): Promise<Readable> {
  if (format === 'csv') return Readable.from(csvOf(stream))
  // Written whole before it is sent: what a cell cannot hold is found on the way.
  return format === 'xlsx' ? (await spool(excelOf(stream))).read() : stream
}

async function* csvOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  for await (const rows of rowsOf(stream)) yield rows.map(csvLine).join('')
}

/** The first two rows are the names and the types of the columns. */
async function* excelOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  const pieces = rowsOf(stream)
  const head: (readonly unknown[])[] = []
  while (head.length < 2) {
    const { value, done } = await pieces.next()
    if (done) throw new Error('the engine has not sent the names and types of the columns')
    head.push(...value)
  }
  const [names = [], types = [], ...rows] = head
  yield* writeExcel(
    names.map((name, i) => excelColumn(String(name), String(types[i]))),
    chained(rows, pieces),
  )
}

async function* chained<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first
  yield* rest
}

/** Of lines of JSON arrays, as many at a time as have come. */
async function* rowsOf(stream: AsyncIterable<Buffer>): AsyncGenerator<(readonly unknown[])[]> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield lines.filter(Boolean).map(rowOf)
  }
  if (rest !== '') yield [rowOf(rest)]
}

const rowOf = (line: string) => parseExactJson(line) as readonly unknown[]
