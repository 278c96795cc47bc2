import { hasState, type Measure } from '@almanac/core/cubes/measure.ts'
import { isWide } from '@almanac/core/cubes/sql/dimension-sql.ts'
import { combinationOf, type EngineRow, sortedRows } from '@almanac/core/query/answer/answer-rows.ts'
import { type NamedMeasure, withInputs } from '@almanac/core/query/resolve/resolve-measures.ts'
import type { ResolvedQuery, Window } from '@almanac/core/query/resolve/resolve-query.ts'
import type { SeriesRequest } from '@almanac/core/query/sql/query-sql.ts'
import type { Keys, Scalar } from '@almanac/core/query/sql/statement.ts'

/** The engine's rows of a query and of what it is compared with, in as few statements as are cheap. */
export interface ReadRows {
  readonly rows: readonly EngineRow[]
  /** There were more than the limit. */
  readonly truncated: boolean
  /** One list for each comparison. */
  readonly compared: readonly (readonly EngineRow[])[]
}

export type Run = (purpose: string, series: SeriesRequest) => Promise<readonly EngineRow[]>

export async function readRows(main: SeriesRequest, resolved: ResolvedQuery, run: Run): Promise<ReadRows> {
  const { top } = resolved
  if (top && isOneStatement(resolved)) return readList(main, resolved, top, run)
  const ranked = await rankFirst(main, resolved, run)
  const series = ranked ? { ...main, keys: ranked.keys } : main
  const together = await readTogether(series, resolved, run)
  if (together) return { ...together, truncated: together.truncated || (ranked?.truncated ?? false) }
  return readApart(series, resolved, run, ranked?.truncated ?? false)
}

type Top = NonNullable<ResolvedQuery['top']>

/**
 * A top list of one measure without time: its keys and its rows, and the rows of what it is compared with, are one statement. Beside
 * another measure, there may be rows that the one that ranks has nothing for.
 */
export function isOneStatement(resolved: ResolvedQuery): boolean {
  const { top, grain, having, measures } = resolved
  if (!top || top.rest || grain || having.length > 0 || measures.length > 1) return false
  return windowsOfAll(resolved.range.windows, resolved) !== undefined
}

/** The greatest, and of those that are as great the first by name. */
export const rankingOrder = (top: Top, dimensions: ResolvedQuery['dimensions']): ResolvedQuery['order'] => [
  top,
  ...dimensions.map(({ name }) => ({ by: name, direction: 'asc' as const })),
]

async function readList(main: SeriesRequest, resolved: ResolvedQuery, top: Top, run: Run): Promise<ReadRows> {
  const { dimensions, limit, comparisons } = resolved
  const order = rankingOrder(top, dimensions)
  const [window] = main.windows
  const windows = windowsOfAll(main.windows, resolved)
  if (!window || !windows) throw new Error('a list without time has one window')
  const isAlone = comparisons.length === 0
  const rows = isAlone
    ? await run('rows', { ...main, order, limit: top.count })
    : await run('rows', {
        ...main,
        windows,
        hasTime: true,
        order: BY_TIME,
        ranking: { window, order },
        limit: top.count * windows.length,
      })
  const [own = [], ...compared] = isAlone ? [rows] : sidesOf(rows, main.windows, resolved)
  const found = sortedRows(own.slice(0, top.count).map(withoutTime), resolved)
  return {
    rows: found.slice(0, limit),
    truncated: found.length > limit,
    compared: compared.map((side) => side.map(withoutTime)),
  }
}

const BY_TIME = [{ by: 'time', direction: 'asc' as const }]

const withoutTime = ({ time: _, ...row }: EngineRow): EngineRow => row

/**
 * Of a long list that is ordered by counts and cut off, the states of uniques are read for those that stay, and not for
 * thousands that do not: the counts alone say which stay.
 */
async function rankFirst(
  main: SeriesRequest,
  resolved: ResolvedQuery,
  run: Run,
): Promise<{ keys: Keys; truncated: boolean } | undefined> {
  const { dimensions, measures, order, limit, cube } = resolved
  const isLong = dimensions.some(({ dimension }) => isWide(dimension))
  if (!isLong || main.hasTime || main.keys || main.having.length > 0 || limit > MOST_RANKED) return undefined
  const isOrderedBy = ({ name }: NamedMeasure) => order.some(({ by }) => by === name)
  const needsStates = (named: NamedMeasure) =>
    withInputs(named, cube).some(({ measure }) => hasState(measure) || measure.class === 'window')
  // What looks back has rows of before the range, too, of which those that rank know nothing.
  if (measures.some((named) => withInputs(named, cube).some(({ measure }) => looksBack(measure)))) return undefined
  const ranking = measures.filter(isOrderedBy)
  if (ranking.length === 0 || ranking.some(needsStates) || !measures.some(needsStates)) return undefined
  const rows = await run('ranking', { ...main, measures: ranking })
  return { keys: keysOf(rows.slice(0, limit), dimensions, false), truncated: rows.length > limit }
}

const MOST_RANKED = 1000

const looksBack = (measure: Measure) =>
  measure.class === 'window' && ['trailing', 'to_date'].includes(measure.window.kind)

export function keysOf(rows: readonly EngineRow[], dimensions: ResolvedQuery['dimensions'], rest: boolean): Keys {
  return { values: dimensions.map(({ name }) => rows.map((row) => row[name] as Scalar)), rest }
}

/**
 * One statement for all stretches of time, where they do not overlap and there are few rows: a statement takes the engine longer
 * to understand than such rows to read. What would be cut off is cut off here.
 */
async function readTogether(main: SeriesRequest, resolved: ResolvedQuery, run: Run): Promise<ReadRows | undefined> {
  const { comparisons, dimensions, limit } = resolved
  const isLong = dimensions.some(({ dimension }) => isWide(dimension))
  if (comparisons.length === 0 || main.having.length > 0 || (isLong && !main.keys)) return undefined
  const windows = windowsOfAll(main.windows, resolved)
  if (!windows || windows.length > MOST_WINDOWS_TOGETHER) return undefined
  const rows = await run('rows', { ...main, windows, hasTime: true, order: BY_TIME, limit: MOST_TOGETHER + 1 })
  if (rows.length > MOST_TOGETHER) return undefined

  const apart = sidesOf(rows, main.windows, resolved)
  const [own = [], ...compared] = main.hasTime ? apart : apart.map((side) => side.map(withoutTime))
  const found = sortedRows(own, resolved)
  return { rows: found.slice(0, limit), truncated: found.length > limit, compared }
}

/** Those of the range and of all that it is compared with, where one statement can read them: none overlaps another. */
function windowsOfAll(own: readonly Window[], resolved: ResolvedQuery): Window[] | undefined {
  const windows = sides(own, resolved)
    .flat()
    .sort((a, b) => a.start - b.start)
  // By its name, too: the first bucket of a range may begin before it, where the previous period still lasts.
  const isApart = windows.every((window, i) => i === 0 || window.start >= (windows[i - 1] as Window).to)
  return isApart ? windows : undefined
}

const sides = (own: readonly Window[], { comparisons }: ResolvedQuery): (readonly Window[])[] => [
  own,
  ...comparisons.map(({ windows }) => windows.filter((window) => window !== undefined)),
]

/** The rows of the range and of each comparison. */
function sidesOf(rows: readonly EngineRow[], own: readonly Window[], resolved: ResolvedQuery): EngineRow[][] {
  const all = sides(own, resolved)
  const sideOf = new Map(all.flatMap((side, i) => side.map(({ start }) => [start, i] as const)))
  return all.map((_, i) => rows.filter(({ time }) => sideOf.get(time as number) === i))
}

const MOST_TOGETHER = 20_000
/** Of more, most of the time goes into reading, and measures that look back would have too many parts. */
const MOST_WINDOWS_TOGETHER = 2000

async function readApart(main: SeriesRequest, resolved: ResolvedQuery, run: Run, isCutOff: boolean): Promise<ReadRows> {
  const { limit, comparisons } = resolved
  const found = await run('rows', main)
  const truncated = found.length > limit
  const rows = truncated ? found.slice(0, limit) : found
  const keys = main.keys ?? (truncated || main.having.length > 0 ? distinctKeys(rows, resolved) : undefined)
  const compared = await Promise.all(
    comparisons.map((comparison) => {
      const windows = comparison.windows.flatMap((window) => (window ? [window] : []))
      if (windows.length === 0) return []
      return run(comparison.name, { ...main, ...(keys && { keys }), having: [], windows, limit: MOST_COMPARED_ROWS })
    }),
  )
  return { rows, truncated: truncated || isCutOff, compared }
}

const MOST_COMPARED_ROWS = 1_000_000

function distinctKeys(rows: readonly EngineRow[], { dimensions, grain }: ResolvedQuery): Keys | undefined {
  if (dimensions.length === 0) return undefined
  const shape = { hasTime: grain !== undefined, dimensions: dimensions.map(({ name }) => name), measures: [] }
  const distinct = new Map(rows.map((row) => [combinationOf(row, shape), row]))
  return keysOf([...distinct.values()], dimensions, false)
}
