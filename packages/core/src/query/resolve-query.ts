import type { CubeDefinition, Dimension, Measure } from '../cubes/cube.ts'
import { AppError, type Issue } from '../errors.ts'
import { bucketStarts } from '../time/buckets.ts'
import { parseMoment } from '../time/moment.ts'
import type { Query, QueryFilter } from './query.ts'

/** A query whose every name was found in the cube and whose times are instants: the only thing SQL is written from. */
export interface ResolvedQuery {
  readonly cube: CubeDefinition
  readonly measures: readonly { readonly name: string; readonly measure: Measure }[]
  readonly dimensions: readonly { readonly name: string; readonly dimension: Dimension }[]
  readonly filters: readonly ResolvedFilter[]
  readonly from: Temporal.ZonedDateTime
  readonly to: Temporal.ZonedDateTime
  /** The starts of the buckets, or `undefined` where the range is one bucket. */
  readonly buckets: readonly Temporal.ZonedDateTime[] | undefined
  readonly order: readonly { readonly by: string; readonly direction: 'asc' | 'desc' }[]
  readonly limit: number
}

export interface ResolvedFilter {
  readonly name: string
  readonly dimension: Dimension
  readonly op: QueryFilter['op']
  readonly values: readonly (string | number | boolean)[]
}

/** Checks a query against its cube. All that is wrong with it is said at once. */
export function resolveQuery(query: Query, cube: CubeDefinition): ResolvedQuery {
  const issues: Issue[] = []
  const measures = pick(query.measures, cube.measures, 'measure', 'measures', cube, issues)
  const dimensions = pick(query.dimensions, cube.dimensions, 'dimension', 'dimensions', cube, issues)
  const filters = [...query.filters, ...defaultFilters(query, cube)].flatMap((filter, i) => {
    const dimension = cube.dimensions[filter.dimension]
    if (!dimension || !Object.hasOwn(cube.dimensions, filter.dimension)) {
      issues.push(unknownName('dimension', filter.dimension, cube.dimensions, cube, ['filters', i, 'dimension']))
      return []
    }
    return [{ name: filter.dimension, dimension, op: filter.op, values: typedValues(filter, dimension, i, issues) }]
  })
  const order = resolveOrder(query, issues)
  const range = resolveRange(query, issues)
  if (issues.length > 0 || !range) {
    throw new AppError(
      'invalid_query',
      `the query has ${issues.length === 1 ? 'a mistake' : 'mistakes'}: ${issues.map(({ message }) => message).join('; ')}`,
      { issues },
    )
  }

  const { from, to } = range
  const buckets = query.grain && bucketStarts({ from, to, grain: query.grain, firstDayOfWeek: query.firstDayOfWeek })
  return {
    cube,
    measures: measures.map(([name, measure]) => ({ name, measure })),
    dimensions: dimensions.map(([name, dimension]) => ({ name, dimension })),
    filters,
    from,
    to,
    buckets,
    order,
    limit: query.limit,
  }
}

function pick<T>(
  names: readonly string[],
  table: Readonly<Record<string, T>>,
  kind: string,
  path: string,
  cube: CubeDefinition,
  issues: Issue[],
): [string, T][] {
  return [...new Set(names)].flatMap((name, i): [string, T][] => {
    const found = Object.hasOwn(table, name) ? table[name] : undefined
    if (found) return [[name, found]]
    issues.push(unknownName(kind, name, table, cube, [path, i]))
    return []
  })
}

function unknownName(
  kind: string,
  name: string,
  table: Readonly<Record<string, unknown>>,
  cube: CubeDefinition,
  path: Issue['path'],
): Issue {
  const known = Object.keys(table).join(', ')
  return { path, message: `the cube ${cube.name} has no ${kind} "${name}": expected one of ${known}` }
}

function defaultFilters(query: Query, cube: CubeDefinition): QueryFilter[] {
  return Object.entries(cube.defaultFilters)
    .filter(([dimension]) => !query.filters.some((filter) => filter.dimension === dimension))
    .map(([dimension, values]) => ({ dimension, op: 'in', values: [...values] }))
}

// The command line and URLs have only text, so text that says a number or a truth is taken for one.
function typedValues(filter: QueryFilter, dimension: Dimension, i: number, issues: Issue[]): ResolvedFilter['values'] {
  const textOperator = filter.op === 'contains' || filter.op === 'starts_with'
  if (textOperator && dimension.type !== 'string') {
    issues.push({
      path: ['filters', i, 'op'],
      message: `"${filter.op}" needs a dimension of text, "${filter.dimension}" holds ${dimension.type}s`,
    })
    return []
  }
  return filter.values.map((value, j) => {
    const typed = TYPED[dimension.type](value)
    if (typed !== undefined) return typed
    issues.push({
      path: ['filters', i, 'values', j],
      message: `"${filter.dimension}" holds ${dimension.type}s, got "${value}"`,
    })
    return value
  })
}

const TYPED: Record<Dimension['type'], (value: string | number | boolean) => string | number | boolean | undefined> = {
  string: (value) => String(value),
  number: (value) => (value !== '' && Number.isSafeInteger(Number(value)) ? Number(value) : undefined),
  boolean: (value) => ({ true: true, false: false, 1: true, 0: false })[String(value)],
}

function resolveOrder(query: Query, issues: Issue[]): ResolvedQuery['order'] {
  const columns = [...(query.grain ? ['time'] : []), ...query.dimensions, ...query.measures]
  for (const [i, { by }] of query.order.entries()) {
    if (columns.includes(by)) continue
    issues.push({ path: ['order', i, 'by'], message: `cannot order by "${by}": expected one of ${columns.join(', ')}` })
  }
  if (query.order.length > 0) return query.order
  // Time runs forwards; a list without time starts with the biggest. Names settle ties, so that pages do not shuffle.
  const first = query.grain
    ? { by: 'time', direction: 'asc' as const }
    : { by: query.measures[0] as string, direction: 'desc' as const }
  return [
    first,
    ...(query.grain && query.dimensions.length > 0
      ? [{ by: query.measures[0] as string, direction: 'desc' as const }]
      : []),
    ...query.dimensions.map((by) => ({ by, direction: 'asc' as const })),
  ]
}

function resolveRange(query: Query, issues: Issue[]): Pick<ResolvedQuery, 'from' | 'to'> | undefined {
  const from = parsed('from', query, issues)
  const to = parsed('to', query, issues)
  if (!from || !to) return undefined
  if (Temporal.ZonedDateTime.compare(from, to) >= 0) {
    issues.push({
      path: ['to'],
      message: `"to" (${query.to}) must come after "from" (${query.from}): it is not included in the range`,
    })
    return undefined
  }
  return { from, to }
}

function parsed(name: 'from' | 'to', query: Query, issues: Issue[]): Temporal.ZonedDateTime | undefined {
  try {
    return parseMoment(query[name], query.timezone)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (!issues.some(({ message }) => message === error.message)) issues.push({ path: [name], message: error.message })
    return undefined
  }
}
