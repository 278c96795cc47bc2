import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { type CellQuery, cellQuery } from '@almanac/core/explain/cell-query.ts'
import type { Cell } from '@almanac/core/explain/explain.ts'
import type { Query } from '@almanac/core/query/query.ts'
import { type ResolvedQuery, resolveQuery } from '@almanac/core/query/resolve/resolve-query.ts'
import type { RunQueryDeps } from '../query/run-query.ts'

/** One value that somebody asks about, found in its cube. */
export interface FoundCell extends CellQuery {
  readonly cube: CubeDefinition
  readonly query: Query
  readonly cell: Cell
  /** Of `alone`. */
  readonly resolved: ResolvedQuery
}

export type CellDeps = Pick<RunQueryDeps, 'registry' | 'segmentFilters' | 'now'>

/** Throws AppError `invalid_query` when the query is wrong or has no such value. */
export async function findCell(deps: CellDeps, query: Query, cell: Cell): Promise<FoundCell> {
  const cube = deps.registry.definition(query.cube)
  const plain = await withoutSegments(deps, query, cube)
  const now = Temporal.Instant.fromEpochMilliseconds(deps.now())
  const { alone, among } = cellQuery(plain, cell, cube, now)
  return { cube, query: plain, cell, alone, among, resolved: resolveQuery(alone, cube, now) }
}

/** With the filters that the segments stand for. */
export async function withoutSegments<T extends Pick<Query, 'filters' | 'segments'>>(
  { segmentFilters }: Pick<RunQueryDeps, 'segmentFilters'>,
  query: T,
  cube: CubeDefinition,
): Promise<T> {
  if (query.segments.length === 0) return query
  const saved = await segmentFilters(query.segments, cube)
  return { ...query, segments: [], filters: [...query.filters, ...saved] }
}
