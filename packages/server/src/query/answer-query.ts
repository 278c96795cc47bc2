import { columnsOf } from '@almanac/core/query/answer/answer-columns.ts'
import {
  combinationOf,
  comparisonValues,
  type EngineRow,
  measuresOf,
  type RowShape,
  sortedRows,
  withGapsFilled,
} from '@almanac/core/query/answer/answer-rows.ts'
import type { QueryAnswer } from '@almanac/core/query/query.ts'
import { isImported, type NamedMeasure, refusalOf, withInputs } from '@almanac/core/query/resolve/resolve-measures.ts'
import { type ResolvedQuery, type Window, wholeWindow } from '@almanac/core/query/resolve/resolve-query.ts'
import { type SeriesRequest, seriesSql } from '@almanac/core/query/sql/query-sql.ts'
import type { Keys } from '@almanac/core/query/sql/statement.ts'
import { zonedText } from '@almanac/core/time/moment.ts'
import { type AnswerRequest, metaOf, type Ran } from './answer-meta.ts'
import { isOneStatement, keysOf, type Run, rankingOrder, readRows } from './read-rows.ts'
import { wholesOf } from './wholes.ts'

/** The statements of one query: the keys of a top list first, then the rows, what they are compared with, and totals. */
export async function answerQuery(request: AnswerRequest): Promise<QueryAnswer> {
  const { resolved, now } = request
  const ran: Ran[] = []
  const run = async (purpose: string, series: SeriesRequest): Promise<readonly EngineRow[]> => {
    const sql = seriesSql(series, request.storage)
    const answer = await request.execute(sql)
    ran.push({ purpose, sql, answer })
    return answer.rows
  }
  const keys = isOneStatement(resolved) ? undefined : await topKeys(resolved, now, run)
  const main = { ...mainSeries(resolved, now), ...(keys && { keys }) }
  const wholes = wholesOf(resolved, run)
  const reading = rowsWithComparisons(main, resolved, wholes?.rows ?? run)
  const totalsOf = (ask: Run) => Promise.all(resolved.totals.map((set) => totalRows(set, resolved, now, ask)))
  const [rows, totals] = await Promise.all([
    reading,
    wholes ? reading.then(() => totalsOf(wholes.totals)) : totalsOf(run),
  ])
  return {
    columns: columnsOf(resolved),
    rows: rows.rows,
    totals,
    meta: metaOf(request, ran, rows.truncated),
  }
}

function mainSeries(resolved: ResolvedQuery, now: Temporal.Instant): SeriesRequest {
  const { cube, measures, dimensions, filters, calendar, having, order, range, limit, grain } = resolved
  return {
    cube,
    measures,
    dimensions,
    filters,
    calendar,
    having,
    order,
    windows: range.windows,
    hasTime: grain !== undefined,
    limit: limit + 1,
    nowMs: now.epochMilliseconds,
  }
}

/** The combinations that are greatest over the whole range. */
async function topKeys(resolved: ResolvedQuery, now: Temporal.Instant, run: Run): Promise<Keys | undefined> {
  const { top, range, dimensions, measures } = resolved
  if (!top) return undefined
  const rows = await run('top', {
    ...mainSeries(resolved, now),
    measures: measures.filter(({ name }) => name === top.by),
    having: [],
    order: rankingOrder(top, dimensions),
    windows: [wholeWindow(range.from, range.to)],
    hasTime: false,
    limit: top.count,
  })
  return keysOf(rows, dimensions, top.rest)
}

async function rowsWithComparisons(
  main: SeriesRequest,
  resolved: ResolvedQuery,
  run: Run,
): Promise<{ rows: QueryAnswer['rows']; truncated: boolean }> {
  const { comparisons } = resolved
  const { rows: kept, truncated, compared } = await readRows(main, resolved, run)
  const shape = shapeOf(resolved, main.hasTime)
  const rows = isFilled(kept, resolved, truncated)
    ? sortedRows(withGapsFilled(kept, shape, main.windows), resolved)
    : kept
  const lists = compared.map((list, i) => ({
    name: comparisons[i]?.name as string,
    windows: comparisons[i]?.windows ?? [],
    rows: list,
  }))
  return { rows: besideEachOther(rows, main.windows, lists, shape, resolved), truncated }
}

const shapeOf = ({ dimensions, measures, cube }: ResolvedQuery, hasTime: boolean): RowShape => ({
  hasTime,
  dimensions: dimensions.map(({ name }) => name),
  measures,
  restMeasures: measures.map((one) => (isImported(one, cube) ? nullable(one) : one)),
})

/** Where rows are cut off or sifted, which of them are missing is not known, and nothing is added. */
function isFilled(rows: readonly EngineRow[], resolved: ResolvedQuery, truncated: boolean): boolean {
  if (truncated || resolved.having.length > 0) return false
  if (!resolved.grain) return resolved.dimensions.length === 0
  if (resolved.order[0]?.by !== 'time') return false
  const shape = shapeOf(resolved, true)
  const combinations = Math.max(new Set(rows.map((row) => combinationOf(row, shape))).size, 1)
  return combinations * resolved.range.windows.length <= resolved.limit
}

interface ComparedRows {
  readonly name: string
  readonly windows: readonly (Window | undefined)[]
  readonly rows: readonly EngineRow[]
}

function besideEachOther(
  rows: readonly EngineRow[],
  windows: readonly Window[],
  compared: readonly ComparedRows[],
  shape: RowShape,
  { calendar }: ResolvedQuery,
): QueryAnswer['rows'] {
  const places = new Map(windows.map(({ start }, i) => [start, i]))
  const maps = compared.map(
    ({ rows }) => new Map(rows.map((row) => [`${row.time ?? ''} ${combinationOf(row, shape)}`, row])),
  )
  const label = (ms: number) =>
    zonedText(Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(calendar.timezone))
  const labels = windows.map(({ start }) => (shape.hasTime ? label(start) : ''))
  return rows.map((row) => {
    const measures = measuresOf(row, shape)
    const place = shape.hasTime ? (places.get(row.time as number) as number) : 0
    const beside = compared.map(({ name, windows }, i) => {
      const window = windows[place]
      const time = shape.hasTime ? { [`time:${name}`]: window ? label(window.start) : null } : {}
      if (!window) return { ...time, ...comparisonValues(name, row, {}, measures.map(nullable)) }
      const other = maps[i]?.get(`${shape.hasTime ? window.start : ''} ${combinationOf(row, shape)}`)
      return { ...time, ...comparisonValues(name, row, other ?? {}, measures) }
    })
    return Object.assign({}, row, shape.hasTime && { time: labels[place] }, ...beside) as QueryAnswer['rows'][number]
  })
}

/** Where there is nothing to compare with, nothing is not zero. */
const nullable = ({ name, measure }: NamedMeasure): NamedMeasure => ({ name, measure: { ...measure, gaps: 'null' } })

/** By the engine, from the same parts as the rows. A measure that has no right total is null. */
async function totalRows(
  { dimensions, hasTime }: ResolvedQuery['totals'][number],
  resolved: ResolvedQuery,
  now: Temporal.Instant,
  run: Run,
): Promise<QueryAnswer['totals'][number]> {
  const { cube, calendar, range, comparisons, grain } = resolved
  const names = dimensions.map(({ name }) => name)
  const ofGrain = hasTime ? grain : undefined
  const measures = resolved.measures.filter((measure) =>
    withInputs(measure, cube).every((one) => refusalOf(one, ofGrain, names, cube, calendar) === undefined),
  )
  const label = [...(hasTime ? ['time'] : []), ...names]
  if (measures.length === 0) return { dimensions: label, rows: [] }
  const order = [...(hasTime ? ['time'] : []), ...names].map((by) => ({ by, direction: 'asc' as const }))
  const smaller: ResolvedQuery = {
    ...resolved,
    measures,
    dimensions,
    grain: ofGrain,
    range: hasTime ? range : { ...range, windows: [wholeWindow(range.from, range.to)] },
    comparisons: comparisons.map((one) => (hasTime ? one : { ...one, windows: [one.whole] })),
    having: [],
    top: undefined,
    totals: [],
    order,
    limit: MOST_TOTALS,
  }
  const { rows } = await rowsWithComparisons(mainSeries(smaller, now), smaller, (purpose, series) =>
    run(`totals by ${label.join(', ') || 'nothing'}: ${purpose}`, series),
  )
  const refused = resolved.measures.filter((one) => !measures.includes(one))
  const nothing = Object.fromEntries(refused.map(({ name }) => [name, null]))
  return { dimensions: label, rows: rows.map((row) => ({ ...row, ...nothing })) }
}

const MOST_TOTALS = 100_000
