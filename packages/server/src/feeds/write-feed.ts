import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { Query, Row } from '@almanac/core/query/query.ts'
import type { ClickHouseConnection } from '../engines/start-engines.ts'
import type { ExcelColumn } from '../excel/excel-cell.ts'
import { writeExcel } from '../excel/write-excel.ts'
import { type FeedColumn, feedColumns } from './feed-columns.ts'
import { feedPages, type RunQuery } from './feed-pages.ts'
import { type FeedFormat, type FeedRequest, feedQuery } from './feed-request.ts'
import { CSV_TEXT, type FeedText, JSON_TEXT, LINES_TEXT } from './feed-text.ts'
import { parquetOf } from './parquet.ts'
import { type Spooled, spool } from './spool.ts'

export interface FeedDeps {
  /** Throws AppError `invalid_query` for a name that no cube has. */
  readonly definition: (cube: string) => CubeDefinition
  readonly runQuery: RunQuery
  /** Where Parquet is written. */
  readonly clickhouse: ClickHouseConnection
  readonly now: () => Temporal.Instant
}

const MAX_ROWS = 1_000_000
/** So many rows make one piece of text. */
const ROWS_AT_ONCE = 2_000

/** A whole feed in a file. The caller reads or removes it. */
export async function writeFeed(
  cubeName: string,
  request: FeedRequest,
  format: FeedFormat,
  deps: FeedDeps,
  signal?: AbortSignal,
): Promise<Spooled> {
  const cube = deps.definition(cubeName)
  const query = feedQuery(request, cube, deps.now())
  const feed: Feed = { cube, query, request }
  if (format === 'csv') return spool(feedText(feed, CSV_TEXT, deps, signal))
  if (format === 'json') return spool(feedText(feed, JSON_TEXT, deps, signal))
  if (format === 'xlsx') return spool(writeExcel(columnsOf(feed).map(excelColumn), feedCells(feed, deps, signal)))

  const lines = await spool(feedText(feed, LINES_TEXT, deps, signal))
  try {
    return await spool(parquetOf(lines.path, columnsOf(feed), deps.clickhouse, signal))
  } finally {
    await lines.remove()
  }
}

interface Feed {
  readonly cube: CubeDefinition
  readonly query: Query
  readonly request: FeedRequest
}

async function* feedText(
  feed: Feed,
  text: FeedText,
  deps: FeedDeps,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const { cube, query, request } = feed
  const { from, to, timezone = cube.calendar.timezone } = query
  const head = { cube: cube.name, grain: request.grain, timezone, from, to }
  let hasHead = false
  for await (const { rows, columns, isFirst } of feedPieces(feed, deps, signal)) {
    if (!hasHead) yield text.head(columns, head)
    hasHead = true
    yield text.rows(rows, columns, isFirst)
  }
  yield text.end
}

async function* feedCells(feed: Feed, deps: FeedDeps, signal: AbortSignal | undefined): AsyncGenerator<unknown[][]> {
  for await (const { rows, columns } of feedPieces(feed, deps, signal)) {
    yield rows.map((row) => columns.map(({ read }) => read(row)))
  }
}

const excelColumn = ({ name, type }: FeedColumn): ExcelColumn => ({ name, kind: type === 'string' ? 'text' : type })

interface FeedPiece {
  readonly rows: readonly Row[]
  readonly columns: readonly FeedColumn[]
  readonly isFirst: boolean
}

/** At least one, also of a feed without rows. */
async function* feedPieces(
  feed: Feed,
  { runQuery }: FeedDeps,
  signal: AbortSignal | undefined,
): AsyncGenerator<FeedPiece> {
  let count = 0
  for await (const { rows, meta } of feedPages(feed.query, feed.cube, runQuery, signal)) {
    const columns = columnsOf(feed, meta.freshness.openFrom)
    if (count + rows.length > MAX_ROWS) throw tooManyRows()
    for (let at = 0; at < Math.max(rows.length, 1); at += ROWS_AT_ONCE) {
      yield { rows: rows.slice(at, at + ROWS_AT_ONCE), columns, isFirst: count + at === 0 }
    }
    count += rows.length
  }
}

function columnsOf({ cube, query, request }: Feed, openFrom?: string): FeedColumn[] {
  return feedColumns({ cube, query, grain: request.grain, ...(openFrom && { openFrom: Date.parse(openFrom) }) })
}

function tooManyRows(): AppError {
  return new AppError('too_large', `The feed has more than ${MAX_ROWS.toLocaleString('en')} rows`, {
    hint: 'Narrow it: a shorter range, a coarser grain, fewer dimensions or a filter.',
  })
}
