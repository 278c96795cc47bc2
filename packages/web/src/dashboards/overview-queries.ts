import type { QueryInput } from '@almanac/core/query/query.ts'
import type { Grain } from '@almanac/core/time/grain.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import type { DashboardRange } from './dashboard-range.ts'
import { type DashboardSearch, FILTER_DIMENSIONS, type FilterDimension, MEASURES } from './dashboard-search.ts'
import { WEB_CUBE } from './web-cube.ts'

/**
 * The questions behind the web overview. Each figure that is shown is asked for as such: unique visitors of a range are
 * never the sum of its days, so the big numbers, the chart and each list have a query of their own.
 */
interface Scope {
  readonly search: DashboardSearch
  readonly timezone: string
  readonly firstDayOfWeek: number
}

/** The name of the columns of what the range is compared with. */
export const BEFORE = 'before'

/** Of a range that is still running, as much as has passed is compared: a morning is not set against a whole day. */
export function totalsQuery(scope: Scope, range: ZonedRange & Pick<DashboardRange, 'comparison'>): QueryInput {
  const { comparison } = range
  return {
    ...base(scope, range),
    measures: MEASURES,
    ...(comparison && { compare: [{ with: comparison, toDate: true, as: BEFORE }] }),
  }
}

export function seriesQuery(scope: Scope, range: ZonedRange, grain: Grain): QueryInput {
  return { ...base(scope, range), measures: MEASURES, grain }
}

export function topQuery(
  scope: Scope,
  range: ZonedRange,
  { dimension, limit, containing = '' }: { dimension: FilterDimension; limit: number; containing?: string },
): QueryInput {
  const query = base(scope, range)
  const search = containing === '' ? [] : [{ dimension, op: 'contains' as const, values: [containing] }]
  return {
    ...query,
    filters: [...query.filters, ...search],
    measures: ['hits', 'visitors'],
    dimensions: [dimension],
    order: [{ by: 'hits', direction: 'desc' }],
    limit,
  }
}

/** The filters of an address as the query wants them: numbers and booleans where the dimension has them. */
export function filtersOf(search: DashboardSearch): NonNullable<QueryInput['filters']> {
  const byDimension = FILTER_DIMENSIONS.flatMap((dimension) => {
    const values = (search[dimension] ?? []).map((value) => typed(dimension, value))
    return values.length > 0 ? [{ dimension, values }] : []
  })
  return search.bots ? [...byDimension, { dimension: 'is_bot', values: [search.bots === 'bots'] }] : byDimension
}

function base({ search, timezone, firstDayOfWeek }: Scope, range: ZonedRange) {
  return {
    cube: WEB_CUBE.name,
    filters: filtersOf(search),
    from: range.from.toInstant().toString(),
    to: range.to.toInstant().toString(),
    timezone,
    firstDayOfWeek,
  }
}

function typed(dimension: FilterDimension, value: string): string | number {
  return WEB_CUBE.dimensions[dimension].type === 'number' ? Number(value) : value
}
