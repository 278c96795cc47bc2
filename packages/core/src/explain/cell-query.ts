import type { CubeDefinition } from '../cubes/cube.ts'
import { AppError, type Issue } from '../errors.ts'
import type { QueryFilter } from '../query/filter.ts'
import type { Query } from '../query/query.ts'
import { invalidQuery, resolveQuery } from '../query/resolve/resolve-query.ts'
import { instantText, parseMoment } from '../time/moment.ts'
import type { Cell } from './explain.ts'
import { withUsualFilters } from './usual-filters.ts'

/** Queries for one value of another query's answer. Both ask for the value's own stretch of time and by its dimensions. */
export interface CellQuery {
  /** For rows of that value alone. */
  readonly alone: Query
  /** For the value among its neighbours, which a share is computed from. */
  readonly among: Query
}

/** Throws AppError `invalid_query` when the query has no such value. */
export function cellQuery(query: Query, cell: Cell, cube: CubeDefinition, now: Temporal.Instant): CellQuery {
  const unknown = Object.keys(cell.dimensions).filter((name) => !query.dimensions.includes(name))
  if (unknown.length > 0) throw invalidQuery(unknown.map((name) => notOfTheQuery(name, query)))

  const among: Query = {
    ...withoutGrain(query),
    ...timeOf(query, cell, cube, now),
    dimensions: query.dimensions.filter((name) => Object.hasOwn(cell.dimensions, name)),
    filters: withUsualFilters(query.filters, cube),
    compare: [],
    having: [],
    totals: [],
    order: [],
    limit: MOST_NEIGHBOURS,
    top: undefined,
  }
  const own = Object.entries(cell.dimensions).map(
    ([dimension, value]): QueryFilter => ({ dimension, op: 'in', values: [value] }),
  )
  return { among, alone: { ...among, filters: [...among.filters, ...own] } }
}

const MOST_NEIGHBOURS = 100_000

function notOfTheQuery(name: string, { dimensions }: Query): Issue {
  const known = dimensions.length === 0 ? 'none, as the query has none' : dimensions.join(', ')
  return { path: ['cell', 'dimensions', name], message: `the query is not by "${name}": expected ${known}` }
}

function withoutGrain({ grain: _, ...query }: Query): Query {
  return query
}

/** The bucket that the cell names, cut off where the range is; all of the range where it names none. */
function timeOf(
  query: Query,
  { time }: Cell,
  cube: CubeDefinition,
  now: Temporal.Instant,
): Pick<Query, 'from' | 'to' | 'grain'> {
  if (time === undefined) return { from: query.from, to: query.to }
  const { grain, range, calendar } = resolveQuery({ ...query, compare: [] }, cube, now)
  const start = parseMoment(time, calendar.timezone).epochMilliseconds
  const window = range.windows.find((one) => one.start === start)
  if (grain === undefined || window === undefined) throw noSuchBucket(time, query)
  return { grain, from: instantText(window.from), to: instantText(window.to) }
}

function noSuchBucket(time: string, { grain, from, to }: Query): AppError {
  const buckets =
    grain === undefined ? 'a query without a grain has no times' : `no ${grain} from ${from} to ${to} begins then`
  return new AppError('invalid_query', `there is no value at ${time}: ${buckets}`, {
    hint: 'Take the time as it stands in the row of the answer.',
  })
}
