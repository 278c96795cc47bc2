import { Query, type QueryInput } from '@almanac/core/query/query.ts'

/** Queries with one thing less, the largest things first; all of them are such as the product takes. */
export function* smallerQueries(query: QueryInput): Generator<QueryInput> {
  const lists = ['compare', 'totals', 'having', 'filters', 'order', 'dimensions', 'measures'] as const
  for (const key of ['top', 'limit', ...lists, 'firstDayOfWeek', 'fiscalYearStart', 'timezone', 'grain'] as const) {
    const { [key]: left, ...rest } = query
    if (left !== undefined && key !== 'measures' && key !== 'dimensions') yield* valid(rest)
    if (Array.isArray(left)) {
      for (let i = 0; i < left.length && left.length > 1; i++) yield* valid({ ...query, [key]: left.toSpliced(i, 1) })
      if (key === 'dimensions' && left.length > 0) yield* valid({ ...query, dimensions: [] })
    }
  }
  for (const filter of query.filters ?? []) {
    const inner = innerFilters(filter)
    const others = (query.filters ?? []).filter((other) => other !== filter)
    for (const one of inner) yield* valid({ ...query, filters: [...others, one] })
  }
}

type FilterInput = NonNullable<QueryInput['filters']>[number]

function innerFilters(filter: FilterInput): readonly FilterInput[] {
  if ('and' in filter) return filter.and as readonly FilterInput[]
  if ('or' in filter) return filter.or as readonly FilterInput[]
  if ('not' in filter) return [filter.not as FilterInput]
  return []
}

function* valid(query: object): Generator<QueryInput> {
  if (Query.safeParse(query).success) yield query as QueryInput
}
