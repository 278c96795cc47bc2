import type { EngineRow } from '@almanac/core/query/answer/answer-rows.ts'
import { type ResolvedQuery, type Window, wholeWindow } from '@almanac/core/query/resolve/resolve-query.ts'
import type { SeriesRequest } from '@almanac/core/query/sql/query-sql.ts'
import { arePlain } from '@almanac/core/query/sql/strands.ts'
import type { Run } from './read-rows.ts'

/**
 * The total of a series over its whole range is made of the same parts as the series, so the statement for the rows can give it, too:
 * to understand a second one takes the engine as long as the first.
 */
export interface Wholes {
  /** For the rows. */
  readonly rows: Run
  /** For the totals, once the rows are read: from what came with them, where it did. */
  readonly totals: Run
}

/** Undefined where totals need statements of their own. */
export function wholesOf(resolved: ResolvedQuery, run: Run): Wholes | undefined {
  const { grain, dimensions, having, totals, measures, cube, range, comparisons } = resolved
  const isWanted = totals.some((set) => !set.hasTime && set.dimensions.length === 0)
  if (!isWanted || !grain || dimensions.length > 0 || having.length > 0 || !arePlain(measures, cube)) return undefined
  const wholes = [wholeWindow(range.from, range.to), ...comparisons.flatMap(({ whole }) => whole ?? [])].sort(
    (a, b) => a.start - b.start,
  )
  const found = new Map<number, EngineRow | undefined>()
  return {
    rows: async (purpose, series) => {
      const inside = wholes.flatMap((whole) => filledBy(whole, series.windows) ?? [])
      const areApart = inside.every(({ whole }, i) => i === 0 || whole.from >= (inside[i - 1] as Filled).whole.to)
      const isPart = ({ from, to }: Window) => inside.some(({ whole }) => from >= whole.from && to <= whole.to)
      if (inside.length === 0 || !areApart || !series.windows.every(isPart)) return run(purpose, series)
      const ofStatement = inside.map(({ whole, first }) => ({ ...whole, start: first }))
      const rows = await run(purpose, { ...series, wholes: ofStatement, limit: series.limit + inside.length })
      const totals = new Map(rows.flatMap((row) => (row.isWhole === true ? [[row.time as number, row] as const] : [])))
      for (const { whole, first } of inside) found.set(whole.start, totals.get(first))
      return rows.filter(({ isWhole }) => isWhole !== true).map(({ isWhole: _, ...row }) => row)
    },
    totals: async (purpose, series) => {
      if (series.dimensions.length > 0 || !series.windows.every(({ start }) => found.has(start))) {
        return run(purpose, series)
      }
      return series.windows.flatMap(({ start }) => {
        const row = found.get(start)
        return row ? [asAsked({ ...row, time: start }, series)] : []
      })
    },
  }
}

/** Of the measures, those of this series; its time where the series has it. */
function asAsked(row: EngineRow, { measures, hasTime }: SeriesRequest): EngineRow {
  const values = measures.map(({ name }) => [name, row[name] ?? null] as const)
  return { ...(hasTime && { time: row.time as number }), ...Object.fromEntries(values) }
}

interface Filled {
  readonly whole: Window
  /** The name of its first window: the bucket in which a range begins may have begun before it. */
  readonly first: number
}

/** Windows are in the order of time. */
function filledBy(whole: Window, windows: readonly Window[]): Filled | undefined {
  let end = whole.from
  for (const { from, to } of windows) if (from === end && to <= whole.to) end = to
  const first = windows.find(({ from }) => from === whole.from)
  return first && end === whole.to ? { whole, first: first.start } : undefined
}
