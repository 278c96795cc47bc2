import type { CohortAnswer, CohortRequest } from '@almanac/core/cohorts/cohort.ts'
import { cohortTables } from '@almanac/core/cohorts/cohort-table.ts'
import { type CohortRow, cohortsSql, MOST_COHORT_ROWS } from '@almanac/core/cohorts/cohorts-sql.ts'
import { resolveCohorts } from '@almanac/core/cohorts/resolve-cohorts.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import { withoutSegments } from '../explain/cell.ts'
import { createExecutor } from '../query/execute-sql.ts'
import type { RunQueryDeps } from '../query/run-query.ts'

export interface CohortDeps extends Pick<RunQueryDeps, 'registry' | 'segmentFilters' | 'now'> {
  readonly clickhouse: ClickHouseClient
}

/** Answers from the raw rows. Throws AppError `invalid_query` with all that is wrong with the request. */
export async function runCohorts(
  deps: CohortDeps,
  request: CohortRequest,
  signal?: AbortSignal,
): Promise<CohortAnswer> {
  const cube = deps.registry.definition(request.cube)
  const resolved = resolveCohorts(await withoutSegments(deps, request, cube), cube)
  const { text, parameters } = cohortsSql(resolved)
  const nowMs = deps.now()
  const execute = createExecutor(deps.clickhouse, signal)
  const answer = await execute({ text, parameters, tables: cube.base.tables, rollup: undefined, rejected: [] })
  if (answer.rows.length > MOST_COHORT_ROWS) {
    throw new AppError('invalid_query', `"${request.by}" has too many values to tell cohorts apart by`, {
      hint: 'Choose a dimension with fewer values, such as a channel or a country.',
    })
  }
  const { grain, kind, periods } = request
  return {
    cube: cube.name,
    kind,
    grain,
    timezone: resolved.timezone,
    periods,
    ...cohortTables(answer.rows as readonly unknown[] as readonly CohortRow[], resolved, nowMs),
    meta: {
      sql: text,
      parameters,
      rowsRead: answer.rowsRead,
      elapsedMs: answer.elapsedMs,
      asOf: new Date(nowMs).toISOString(),
    },
  }
}
