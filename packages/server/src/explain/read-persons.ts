import { AppError } from '@almanac/core/errors.ts'
import type { ExplainedPersons, ExplainRowsRequest } from '@almanac/core/explain/explain.ts'
import { personsSql } from '@almanac/core/explain/rows-sql.ts'
import { createExecutor } from '../query/execute-sql.ts'
import type { RunQueryDeps } from '../query/run-query.ts'
import { findCell } from './cell.ts'
import { rowsAbout } from './read-rows.ts'
import { runSql } from './run-sql.ts'

interface EngineRow {
  readonly person: string
  readonly row_count: number
  readonly first_ms: number
  readonly last_ms: number
}

/** One page of the different persons behind a value that counts them. */
export async function readPersons(
  deps: RunQueryDeps,
  { query, cell, cursor, limit }: ExplainRowsRequest,
  signal?: AbortSignal,
): Promise<ExplainedPersons> {
  const about = rowsAbout(await findCell(deps, query, cell), deps.now())
  if (about?.rows.person === undefined) {
    throw new AppError('invalid_query', `"${query.measures[0]}" does not count persons`, {
      hint: 'Ask for its rows, or for a measure of persons.',
    })
  }
  if (cursor !== undefined && !/^[1-9]\d{0,19}$/.test(cursor)) {
    throw new AppError('invalid_request', 'The cursor is none that this server has given', {
      hint: 'Take it from the page before as it is, or leave it out for the first page.',
    })
  }
  const rows = await runSql<EngineRow>(createExecutor(deps.clickhouse, signal), personsSql(about, cursor, limit + 1))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    persons: shown.map(({ person, row_count, first_ms, last_ms }) => ({
      person,
      rows: row_count,
      firstAt: new Date(first_ms).toISOString(),
      lastAt: new Date(last_ms).toISOString(),
    })),
    ...(rows.length > limit && last && { cursor: last.person }),
  }
}
