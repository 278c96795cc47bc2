import { WEB_CUBE } from '@almanac/core/cubes/ready/web.ts'
import { columnsOf } from '@almanac/core/query/answer-columns.ts'
import {
  combinationOf,
  comparisonValues,
  type RowShape,
  sortedRows,
  withGapsFilled,
} from '@almanac/core/query/answer-rows.ts'
import type { Query, QueryAnswer, Row, Value } from '@almanac/core/query/query.ts'
import type { ResolvedFilter } from '@almanac/core/query/resolve-filter.ts'
import { type ResolvedQuery, resolveQuery, type Window } from '@almanac/core/query/resolve-query.ts'
import type { FakeHit } from './fake-hits.ts'

/**
 * Answers a query from hits in memory, in the form of the server's answers: of the cube `web`, with comparisons, and without
 * top lists, totals and having, which no page asks for. Throws AppError `invalid_query` as the server does.
 */
export function answerQuery(query: Query, hits: readonly FakeHit[], nowMs: number): QueryAnswer {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs)
  const resolved = resolveQuery(query, WEB_CUBE, now)
  const { range, grain, limit, comparisons } = resolved
  const wanted = hits.filter((hit) => resolved.filters.every((filter) => isWanted(hit, filter)))
  const shape = {
    hasTime: grain !== undefined,
    dimensions: resolved.dimensions.map(({ name }) => name),
    measures: resolved.measures,
  }
  const isFilled = resolved.dimensions.length === 0 && (!grain || resolved.order[0]?.by === 'time')
  const found = rowsOf(wanted, range.windows, shape)
  const rows = sortedRows(isFilled ? withGapsFilled(found, shape, range.windows) : found, resolved).slice(0, limit)
  const compared = comparisons.map(({ name, windows }) => ({
    name,
    windows,
    rows: rowsOf(
      wanted,
      windows.flatMap((window) => window ?? []),
      shape,
    ),
  }))
  return {
    columns: columnsOf(resolved),
    rows: rows.map((row) => besideOthers(row, range.windows, compared, shape, resolved)),
    totals: [],
    meta: metaOf(resolved, wanted.length, now),
  }
}

interface Group {
  readonly row: Row
  hits: number
  bytes: number
  errors: number
  readonly visitors: Set<number>
}

/** Hits and windows come in the order of time, so the window only ever moves on. */
function rowsOf(hits: readonly FakeHit[], windows: readonly Window[], shape: RowShape): Row[] {
  const groups = new Map<string, Group>()
  let index = 0
  for (const hit of hits) {
    while (index < windows.length && hit.atMs >= (windows[index] as Window).to) index += 1
    const window = windows[index]
    if (!window) break
    if (hit.atMs < window.from) continue
    const row = {
      ...(shape.hasTime && { time: window.start }),
      ...Object.fromEntries(shape.dimensions.map((name) => [name, dimensionOf(hit, name)])),
    }
    const key = JSON.stringify(row)
    const group = groups.get(key) ?? { row, hits: 0, bytes: 0, errors: 0, visitors: new Set<number>() }
    group.hits += 1
    group.bytes += hit.bytes
    group.errors += hit.status >= 400 ? 1 : 0
    group.visitors.add(hit.visitor)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ row, hits, bytes, errors, visitors }) => {
    const figures: Record<string, number> = { hits, bytes, errors, visitors: visitors.size }
    return { ...row, ...Object.fromEntries(shape.measures.map(({ name }) => [name, figures[name] ?? null])) }
  })
}

interface Compared {
  readonly name: string
  readonly windows: readonly (Window | undefined)[]
  readonly rows: readonly Row[]
}

function besideOthers(
  row: Row,
  windows: readonly Window[],
  compared: readonly Compared[],
  shape: RowShape,
  { calendar, measures }: ResolvedQuery,
): Row {
  const place = shape.hasTime ? windows.findIndex(({ start }) => start === row.time) : 0
  const text = (window: Window) =>
    Temporal.Instant.fromEpochMilliseconds(window.start)
      .toZonedDateTimeISO(calendar.timezone)
      .toString({ timeZoneName: 'never' })
  const others = compared.map(({ name, windows: there, rows }) => {
    const window = there[place]
    const other = rows.find(
      (one) =>
        combinationOf(one, shape) === combinationOf(row, shape) &&
        (!shape.hasTime || (window && one.time === window.start)),
    )
    const time = shape.hasTime && { [`time:${name}`]: window ? text(window) : null }
    return { ...time, ...comparisonValues(name, row, other ?? {}, measures) }
  })
  const window = windows[place]
  return Object.assign({}, row, shape.hasTime && window && { time: text(window) }, ...others) as Row
}

function isWanted(hit: FakeHit, filter: ResolvedFilter): boolean {
  if ('and' in filter) return filter.and.every((one) => isWanted(hit, one))
  if ('or' in filter) return filter.or.some((one) => isWanted(hit, one))
  if ('not' in filter) return !isWanted(hit, filter.not)
  const value = dimensionOf(hit, filter.name)
  const { condition } = filter
  if (!('values' in condition)) throw new Error(`no page asks for "${condition.op}"`)
  const { op, values } = condition
  const text = String(value).toLowerCase()
  if (op === 'in' || op === 'not_in') return values.some((one) => one === value) === (op === 'in')
  if (op === 'contains') return values.some((part) => text.includes(String(part).toLowerCase()))
  if (op === 'starts_with') return values.some((part) => text.startsWith(String(part).toLowerCase()))
  throw new Error(`no page asks for "${op}"`)
}

function dimensionOf(hit: FakeHit, dimension: string): Exclude<Value, null> {
  if (dimension === 'environment') return 'production'
  return hit[dimension as Exclude<keyof FakeHit, 'atMs' | 'visitor' | 'bytes'>]
}

function metaOf({ cube, calendar, range, comparisons, grain }: ResolvedQuery, rowsRead: number, now: Temporal.Instant) {
  const text = (moment: Temporal.ZonedDateTime) => moment.toString({ timeZoneName: 'never' })
  const open = grain && range.windows.find(({ to }) => to > now.epochMilliseconds)
  const openFrom =
    open && text(Temporal.Instant.fromEpochMilliseconds(open.start).toZonedDateTimeISO(calendar.timezone))
  return {
    cube: cube.name,
    tables: ['fake'],
    rejected: [],
    sql: '',
    parameters: {},
    furtherSql: [],
    rowsRead,
    bytesRead: 0,
    elapsedMs: 1,
    ...calendar,
    from: text(range.from),
    to: text(range.to),
    comparisons: comparisons.map(({ name, from, to }) => ({ name, from: text(from), to: text(to) })),
    truncated: false,
    freshness: {
      asOf: now.toString({ smallestUnit: 'millisecond' }),
      touchedHours: 0,
      ingestLagBytes: 0,
      ...(openFrom !== undefined && { openFrom }),
    },
  }
}
