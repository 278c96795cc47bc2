import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { QueryFilter } from '@almanac/core/query/filter.ts'
import type { Query, QueryAnswer } from '@almanac/core/query/query.ts'
import { type ResolvedQuery, resolveQuery } from '@almanac/core/query/resolve/resolve-query.ts'
import type { CubeStorage } from '@almanac/core/query/sql/statement.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import type { CubeRegistry } from '../cubes/registry.ts'
import { readSnapshots } from '../cubes/snapshot.ts'
import type { Freshness } from './answer-meta.ts'
import { answerQuery } from './answer-query.ts'
import { createExecutor } from './execute-sql.ts'
import { storageTable, timeSpan } from './query-storage.ts'
import { sharedScans } from './shared-scans.ts'

export interface RunQueryDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
  readonly registry: Pick<CubeRegistry, 'definition' | 'tables'>
  readonly freshness: () => Freshness
  /** The filters of segments that were saved by name. Throws AppError `invalid_query` for one that is not there. */
  readonly segmentFilters: (names: readonly string[], cube: CubeDefinition) => Promise<readonly QueryFilter[]>
  readonly now: () => number
}

export type QueryResult = { readonly answer: QueryAnswer } | { readonly error: AppError }

/** Answers a query. Throws AppError `invalid_query` with all that is wrong with it, or what the engine's failure means. */
export async function runQuery(deps: RunQueryDeps, query: Query, signal?: AbortSignal): Promise<QueryAnswer> {
  const [result] = await runQueries(deps, [query], signal)
  if (!result) throw new Error('there is one result for each query')
  if ('error' in result) throw result.error
  return result.answer
}

/**
 * Answers several queries as of one moment, each by itself: the mistake of one does not fail the others. Those that read the same
 * rows share a scan.
 */
export async function runQueries(
  deps: RunQueryDeps,
  queries: readonly Query[],
  signal?: AbortSignal,
): Promise<QueryResult[]> {
  const now = Temporal.Instant.fromEpochMilliseconds(deps.now())
  return sharedScans(queries, async (distinct) => {
    const resolved = await Promise.all(distinct.map((query) => settled(resolve(deps, query, now))))
    const storages = await readStorages(deps, resolved)
    const execute = createExecutor(deps.clickhouse, signal)
    return Promise.all(
      resolved.map((one, i) =>
        'error' in one
          ? one
          : settled(
              answerQuery({ resolved: one.answer, storage: storages[i], execute, now, freshness: deps.freshness }),
            ),
      ),
    )
  })
}

async function resolve(deps: RunQueryDeps, query: Query, now: Temporal.Instant): Promise<ResolvedQuery> {
  const cube = deps.registry.definition(query.cube)
  const saved = query.segments.length > 0 ? await deps.segmentFilters(query.segments, cube) : []
  return resolveQuery(saved.length > 0 ? { ...query, filters: [...query.filters, ...saved] } : query, cube, now)
}

/** What is expected to fail is a result; a bug is thrown. */
async function settled<T>(running: Promise<T>): Promise<{ readonly answer: T } | { readonly error: AppError }> {
  try {
    return { answer: await running }
  } catch (error) {
    if (error instanceof AppError) return { error }
    throw error
  }
}

/** All snapshots are of one moment. */
async function readStorages(
  { pool, registry }: RunQueryDeps,
  resolved: readonly ({ readonly answer: ResolvedQuery } | { readonly error: AppError })[],
): Promise<(CubeStorage | undefined)[]> {
  const needed = resolved.map((one) => {
    if ('error' in one) return undefined
    const table = storageTable(registry.tables(one.answer.cube.name), one.answer)
    return table && { table, ...timeSpan(one.answer) }
  })
  const cubes = new Map<number, { cubeId: number; from: number; to: number }>()
  for (const one of needed) {
    if (!one) continue
    const known = cubes.get(one.table.id)
    cubes.set(one.table.id, {
      cubeId: one.table.id,
      from: Math.min(one.from, known?.from ?? one.from),
      to: Math.max(one.to, known?.to ?? one.to),
    })
  }
  const snapshots = await readSnapshots(pool, [...cubes.values()])
  const byCube = new Map([...cubes.keys()].map((id, i) => [id, snapshots[i]]))
  return needed.map((one) => {
    const snapshot = one && byCube.get(one.table.id)
    return one && snapshot && { table: one.table, snapshot }
  })
}
