import type { CubeDefinition, Dimension } from '../../cubes/cube.ts'
import { AppError, type Issue } from '../../errors.ts'
import { bucketStarts } from '../../time/buckets.ts'
import { type ComparedWindow, comparedRange, namesOf } from '../../time/comparison.ts'
import type { Grain } from '../../time/grain.ts'
import { parseMoment } from '../../time/moment.ts'
import type { Query } from '../query.ts'
import { unknownName } from '../unknown-name.ts'
import { type ResolvedFilter, resolveFilters } from './resolve-filter.ts'
import { type NamedMeasure, rankingRefusal, resolveMeasures } from './resolve-measures.ts'

/** A query whose every name was found in the cube and whose times are instants: the only thing SQL is written from. */
export interface ResolvedQuery {
  readonly cube: CubeDefinition
  /** What was asked for, in that order. */
  readonly measures: readonly NamedMeasure[]
  readonly dimensions: readonly NamedDimension[]
  readonly filters: readonly ResolvedFilter[]
  readonly calendar: QueryCalendar
  readonly grain: Grain | undefined
  readonly range: ResolvedRange
  readonly comparisons: readonly ResolvedComparison[]
  readonly having: Query['having']
  readonly top: Query['top']
  /** Sets of dimensions; `hasTime` keeps the buckets apart. */
  readonly totals: readonly { readonly dimensions: readonly NamedDimension[]; readonly hasTime: boolean }[]
  readonly order: readonly { readonly by: string; readonly direction: 'asc' | 'desc' }[]
  readonly limit: number
}

export interface NamedDimension {
  readonly name: string
  readonly dimension: Dimension
}

export interface QueryCalendar {
  readonly timezone: string
  readonly firstDayOfWeek: number
  readonly fiscalYearStart: number
}

/** A stretch of time in parts. Times are milliseconds since 1970, `to` is not included. */
export interface ResolvedRange {
  readonly from: Temporal.ZonedDateTime
  readonly to: Temporal.ZonedDateTime
  /** Ascending and without overlaps; one where there is no grain. */
  readonly windows: readonly Window[]
}

export interface Window {
  /** Of the bucket, which may begin before the range does. */
  readonly start: number
  readonly from: number
  readonly to: number
  /** Where it would end, had it not been cut off to be compared to date. */
  readonly uncutTo?: number
}

export interface ResolvedComparison {
  readonly name: string
  readonly from: Temporal.ZonedDateTime
  readonly to: Temporal.ZonedDateTime
  /** Beside the windows of the range, index by index. */
  readonly windows: readonly (Window | undefined)[]
  /** All of it, beside the whole range. */
  readonly whole: Window | undefined
}

/** Checks a query against its cube. All that is wrong with it is said at once, as one AppError `invalid_query`. */
export function resolveQuery(query: Query, cube: CubeDefinition, now: Temporal.Instant): ResolvedQuery {
  const issues: Issue[] = []
  const calendar = resolveCalendar(query, cube)
  const dimensions = resolveDimensions(query.dimensions, cube, ['dimensions'], issues)
  const measures = resolveMeasures(query, cube, calendar, issues)
  const filters = resolveFilters(query, cube, issues)
  const totals = query.totals.map((set, i) => ({
    hasTime: set.includes('time'),
    dimensions: resolveDimensions(
      set.filter((name) => name !== 'time'),
      cube,
      ['totals', i],
      issues,
    ),
  }))
  checkNames(query, issues)
  checkRanking(query, measures, cube, issues)
  const order = resolveOrder(query, issues)
  const range = resolveRange(query, calendar, issues)
  if (issues.length > 0 || !range) throw invalidQuery(issues)
  return {
    cube,
    measures,
    dimensions,
    filters,
    calendar,
    grain: query.grain,
    range,
    comparisons: resolveComparisons(query, range, calendar, now),
    having: query.having,
    top: query.top,
    totals,
    order,
    limit: query.limit,
  }
}

export function invalidQuery(issues: readonly Issue[]): AppError {
  const mistakes = issues.length === 1 ? 'a mistake' : 'mistakes'
  return new AppError(
    'invalid_query',
    `the query has ${mistakes}: ${issues.map(({ message }) => message).join('; ')}`,
    { issues: [...issues] },
  )
}

function resolveCalendar(query: Query, { calendar }: CubeDefinition): QueryCalendar {
  return {
    timezone: query.timezone ?? calendar.timezone,
    firstDayOfWeek: query.firstDayOfWeek ?? calendar.firstDayOfWeek,
    fiscalYearStart: query.fiscalYearStart ?? calendar.fiscalYearStart,
  }
}

function resolveDimensions(
  names: readonly string[],
  cube: CubeDefinition,
  path: Issue['path'],
  issues: Issue[],
): NamedDimension[] {
  return [...new Set(names)].flatMap((name, i): NamedDimension[] => {
    const dimension = Object.hasOwn(cube.dimensions, name) ? cube.dimensions[name] : undefined
    if (dimension) return [{ name, dimension }]
    issues.push(unknownName('dimension', name, cube.dimensions, cube, [...path, i]))
    return []
  })
}

/** Names that stand for something in the query itself: measures to rank and to compare by, dimensions of totals. */
function checkNames(query: Query, issues: Issue[]): void {
  const measures = query.measures.join(', ')
  if (query.top && !query.measures.includes(query.top.by)) {
    const message = `cannot rank by "${query.top.by}": expected a measure of the query, one of ${measures}`
    issues.push({ path: ['top', 'by'], message })
  }
  if (query.top && query.dimensions.length === 0) {
    issues.push({ path: ['top'], message: 'a top list needs dimensions' })
  }
  for (const [i, { measure }] of query.having.entries()) {
    if (query.measures.includes(measure)) continue
    const message = `cannot compare "${measure}": expected a measure of the query, one of ${measures}`
    issues.push({ path: ['having', i, 'measure'], message })
  }
  for (const [i, set] of query.totals.entries()) {
    for (const [j, name] of set.entries()) {
      const isKnown = name === 'time' ? query.grain !== undefined : query.dimensions.includes(name)
      if (isKnown) continue
      const known = [...(query.grain ? ['time'] : []), ...query.dimensions].join(', ') || 'none, as the query has none'
      issues.push({
        path: ['totals', i, j],
        message: `no totals by "${name}": expected dimensions of the query: ${known}`,
      })
    }
  }
  issues.push(...namesOf(query.compare).issues)
}

function checkRanking({ top }: Query, measures: readonly NamedMeasure[], cube: CubeDefinition, issues: Issue[]): void {
  const ranked = top && measures.find(({ name }) => name === top.by)
  const message = ranked && rankingRefusal(ranked, cube)
  if (message) issues.push({ path: ['top', 'by'], message })
}

function resolveOrder(query: Query, issues: Issue[]): ResolvedQuery['order'] {
  const columns = [...(query.grain ? ['time'] : []), ...query.dimensions, ...query.measures]
  for (const [i, { by }] of query.order.entries()) {
    if (columns.includes(by)) continue
    issues.push({ path: ['order', i, 'by'], message: `cannot order by "${by}": expected one of ${columns.join(', ')}` })
  }
  // Time runs forwards; a list without time starts with the biggest. Names settle ties, so that pages do not shuffle.
  const first = query.measures[0] as string
  const usual = [
    query.grain
      ? { by: 'time', direction: 'asc' as const }
      : { by: query.top?.by ?? first, direction: 'desc' as const },
    ...(query.grain && query.dimensions.length > 0 ? [{ by: first, direction: 'desc' as const }] : []),
  ]
  const order = query.order.length > 0 ? query.order : usual
  const ties = [...(query.grain ? ['time'] : []), ...query.dimensions]
    .filter((name) => !order.some(({ by }) => by === name))
    .map((by) => ({ by, direction: 'asc' as const }))
  return [...order, ...ties]
}

function resolveRange(query: Query, calendar: QueryCalendar, issues: Issue[]): ResolvedRange | undefined {
  const from = parsed('from', query, calendar, issues)
  const to = parsed('to', query, calendar, issues)
  if (!from || !to) return undefined
  if (Temporal.ZonedDateTime.compare(from, to) >= 0) {
    issues.push({
      path: ['to'],
      message: `"to" (${query.to}) must come after "from" (${query.from}): it is not included in the range`,
    })
    return undefined
  }
  return { from, to, windows: query.grain ? windowsOf(from, to, query.grain, calendar) : [wholeWindow(from, to)] }
}

/** The buckets of a range, cut off at its ends. Throws AppError `invalid_query` where there are too many. */
export function windowsOf(
  from: Temporal.ZonedDateTime,
  to: Temporal.ZonedDateTime,
  grain: Grain,
  { firstDayOfWeek, fiscalYearStart }: QueryCalendar,
): Window[] {
  const starts = bucketStarts({ from, to, grain, firstDayOfWeek, fiscalYearStart }).map(
    (start) => start.epochMilliseconds,
  )
  return starts.map((start, i) => ({
    start,
    from: Math.max(start, from.epochMilliseconds),
    to: starts[i + 1] ?? to.epochMilliseconds,
  }))
}

export const wholeWindow = (from: Temporal.ZonedDateTime, to: Temporal.ZonedDateTime): Window => ({
  start: from.epochMilliseconds,
  from: from.epochMilliseconds,
  to: to.epochMilliseconds,
})

function parsed(
  name: 'from' | 'to',
  query: Query,
  { timezone }: QueryCalendar,
  issues: Issue[],
): Temporal.ZonedDateTime | undefined {
  try {
    return parseMoment(query[name], timezone)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (!issues.some(({ message }) => message === error.message)) issues.push({ path: [name], message: error.message })
    return undefined
  }
}

function resolveComparisons(
  query: Query,
  { from, to }: ResolvedRange,
  { timezone, firstDayOfWeek, fiscalYearStart }: QueryCalendar,
  now: Temporal.Instant,
): ResolvedComparison[] {
  const { names } = namesOf(query.compare)
  return query.compare.map((comparison, i) => {
    const parts = comparedRange({
      from,
      to,
      ...(query.grain && { grain: query.grain }),
      firstDayOfWeek,
      fiscalYearStart,
      comparison,
      now: now.toZonedDateTimeISO(timezone),
    })
    return {
      name: names[i] as string,
      from: parts.from,
      to: parts.to,
      windows: parts.windows.map((window) => window && comparedWindow(window)),
      whole: Temporal.ZonedDateTime.compare(parts.from, parts.to) < 0 ? comparedWindow(parts) : undefined,
    }
  })
}

function comparedWindow({ from, to, uncutTo }: ComparedWindow): Window {
  return { ...wholeWindow(from, to), ...(uncutTo && { uncutTo: uncutTo.epochMilliseconds }) }
}
