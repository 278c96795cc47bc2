import { AppError } from '@almanac/core/errors.ts'
import type { ExplainedRows, ExplainRowsRequest, RawRow } from '@almanac/core/explain/explain.ts'
import { measureRows } from '@almanac/core/explain/measure-rows.ts'
import { pageSql, type RowsAbout, type RowsCursor } from '@almanac/core/explain/rows-sql.ts'
import { z } from 'zod'
import { createExecutor } from '../query/execute-sql.ts'
import type { RunQueryDeps } from '../query/run-query.ts'
import { type FoundCell, findCell } from './cell.ts'
import { rawColumns } from './raw-columns.ts'
import { runSql } from './run-sql.ts'

/** One page of the raw rows behind a value, oldest first. Rows that come meanwhile do not shift the pages that follow. */
export async function readRows(
  deps: RunQueryDeps,
  { query, cell, cursor, limit }: ExplainRowsRequest,
  signal?: AbortSignal,
): Promise<ExplainedRows> {
  const found = await findCell(deps, query, cell)
  const about = rowsAbout(found, deps.now())
  if (!about) throw noRows(found)
  const after = cursor === undefined ? undefined : cursorOf(cursor)
  const execute = createExecutor(deps.clickhouse, signal)
  const columns = await rawColumns(execute, found.cube)
  // One more than a page, to know whether there is another one.
  const rows = await runSql<EngineRow>(execute, pageSql(about, columns, after, limit + 1))
  const shown = rows.slice(0, limit)
  return {
    rows: shown.map((row) => rawRow(row)),
    ...(rows.length > limit && { cursor: cursorText(shown, after) }),
  }
}

/** `undefined` for a measure that is computed from others. */
export function rowsAbout({ cube, resolved }: FoundCell, nowMs: number): RowsAbout | undefined {
  const [measure] = resolved.measures
  const rows = measure && measureRows(measure.measure, cube.base)
  return measure && rows && { cube, measure, resolved, rows, nowMs }
}

function noRows({ query, resolved }: FoundCell): AppError {
  const [measure] = resolved.measures
  return new AppError(
    'invalid_query',
    `"${measure?.name}" is computed from other measures and has no rows of its own`,
    {
      hint: `Ask POST /api/v1/explain which those are, and for the rows of one of them. The cube is "${query.cube}".`,
    },
  )
}

interface EngineRow {
  readonly ms$: number
  readonly row$: string
  readonly [column: string]: unknown
}

const COUNTED = 'counted$'

function rawRow({ ms$, row$, ...values }: EngineRow): RawRow {
  const counted = Object.entries(values).filter(([name]) => name.startsWith(COUNTED))
  const columns = Object.entries(values).filter(([name, value]) => !name.startsWith(COUNTED) && isSet(value))
  return {
    time: new Date(ms$).toISOString(),
    counted: Object.fromEntries(counted.map(([name, value]) => [name.slice(COUNTED.length), value])),
    columns: Object.fromEntries(columns),
  }
}

// What the types of the engine have for nothing: tables do without NULL.
const NOTHING: ReadonlySet<unknown> = new Set([
  null,
  '',
  0,
  '0',
  false,
  '00000000-0000-0000-0000-000000000000',
  '1970-01-01 00:00:00',
  '1970-01-01 00:00:00.000',
])

function isSet(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return !NOTHING.has(value)
}

const Cursor = z.tuple([z.int(), z.string(), z.int().min(0)])

/** The place after these rows. Those that share the time and the key of the last one are told by how many there were. */
function cursorText(rows: readonly EngineRow[], before: RowsCursor | undefined): string {
  const last = rows.at(-1)
  if (!last) throw new Error('a page that another one follows has rows')
  const same = rows.filter(({ ms$, row$ }) => ms$ === last.ms$ && row$ === last.row$).length
  const isSameAsBefore = before?.ms === last.ms$ && before.key === last.row$
  const seen = same + (isSameAsBefore ? before.seen : 0)
  return Buffer.from(JSON.stringify([last.ms$, last.row$, seen])).toString('base64url')
}

function cursorOf(text: string): RowsCursor {
  try {
    const [ms, key, seen] = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return { ms, key, seen }
  } catch (cause) {
    throw new AppError('invalid_request', 'The cursor is none that this server has given', {
      hint: 'Take it from the page before as it is, or leave it out for the first page.',
      cause,
    })
  }
}
