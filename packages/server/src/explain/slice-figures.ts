import type { ChangeRequest } from '@almanac/core/explain/change.ts'
import type { Figures, SliceFigures } from '@almanac/core/explain/contributions.ts'
import type { SlicedFigures, SliceKey } from '@almanac/core/explain/rank-slices.ts'
import type { QueryFilter } from '@almanac/core/query/filter.ts'
import { Query, type QueryAnswer } from '@almanac/core/query/query.ts'
import { type RunQueryDeps, runQueries } from '../query/run-query.ts'

/** Figures of both stretches of time, whole and in slices. */
export interface SliceReader {
  whole(): Promise<SliceFigures>
  /** In the order of the names. Of a dimension with very many values, the largest of both times. */
  byDimensions(names: readonly string[]): Promise<SlicedFigures[]>
  /** Of these values only. */
  byPairs(pairs: readonly (readonly [PairedValues, PairedValues])[]): Promise<SlicedFigures[]>
  /** As the engine understood them; after `whole`. */
  ranges(): Record<Side, { readonly from: string; readonly to: string }>
  queryCount(): number
  /** When the last of them ran. */
  asOf(): string
}

interface PairedValues {
  readonly name: string
  readonly values: readonly (string | number | boolean)[]
}

type Side = 'previous' | 'current'
const SIDES: readonly Side[] = ['previous', 'current']

const MOST_SLICES = 2000
const MOST_VALUES_OF_A_FILTER = 1000

/** `summed` are the measures whose figures add up: one, or a ratio's numerator and denominator. */
export function createSliceReader(
  deps: RunQueryDeps,
  request: Pick<ChangeRequest, 'cube' | 'filters' | 'current' | 'previous' | 'timezone'>,
  summed: readonly string[],
  signal: AbortSignal | undefined,
): SliceReader {
  const { cube, filters, timezone } = request
  const ranges = { previous: { from: '', to: '' }, current: { from: '', to: '' } }
  let queryCount = 0
  let asOf = ''

  const query = (side: Side, dimensions: readonly string[], further: readonly QueryFilter[] = []): Query =>
    Query.parse({
      cube,
      measures: summed,
      dimensions,
      filters: [...filters, ...further],
      ...request[side],
      ...(timezone !== undefined && { timezone }),
      order: [{ by: summed.at(-1), direction: 'desc' }],
      limit: MOST_SLICES,
    })

  /** Two answers for each set of dimensions, the previous one first. */
  async function ask(queries: readonly Query[]): Promise<QueryAnswer[]> {
    queryCount += queries.length
    const results = await runQueries(deps, queries, signal)
    return results.map((result) => {
      if ('error' in result) throw result.error
      asOf = result.answer.meta.freshness.asOf
      return result.answer
    })
  }

  async function readSliced(name: string, [previous, current]: readonly QueryAnswer[]): Promise<SlicedFigures> {
    if (!previous || !current) throw new Error('there are two answers for each dimension')
    const isComplete = !previous.meta.truncated && !current.meta.truncated
    if (isComplete) return sliced([name], [previous], [current], summed, true)
    // The largest of one time may be small at the other: they are looked up, so that no figure is missing.
    const known = { previous: valuesOf(previous, name), current: valuesOf(current, name) }
    const missing = {
      previous: [...known.current].filter((value) => !known.previous.has(value)),
      current: [...known.previous].filter((value) => !known.current.has(value)),
    }
    const lookUps = SIDES.flatMap((side) =>
      chunks(missing[side]).map((values) => ({
        side,
        query: query(side, [name], [{ dimension: name, op: 'in', values }]),
      })),
    )
    const found = await ask(lookUps.map((one) => one.query))
    const of = (side: Side) => found.filter((_, i) => lookUps[i]?.side === side)
    return sliced([name], [previous, ...of('previous')], [current, ...of('current')], summed, false)
  }

  return {
    async whole() {
      const [previous, current] = await ask(SIDES.map((side) => query(side, [])))
      if (!previous || !current) throw new Error('there are two answers')
      for (const [side, { meta }] of [['previous', previous] as const, ['current', current] as const]) {
        ranges[side] = { from: meta.from, to: meta.to }
      }
      return {
        previous: figuresOf(previous.rows[0] ?? {}, summed),
        current: figuresOf(current.rows[0] ?? {}, summed),
      }
    },
    async byDimensions(names) {
      const answers = await ask(names.flatMap((name) => SIDES.map((side) => query(side, [name]))))
      return Promise.all(names.map((name, i) => readSliced(name, answers.slice(2 * i, 2 * i + 2))))
    },
    async byPairs(pairs) {
      const usable = pairs.filter(([a, b]) => a.values.length > 0 && b.values.length > 0)
      const answers = await ask(
        usable.flatMap(([a, b]) => {
          const of = [a, b].map(({ name, values }) => ({ dimension: name, op: 'in' as const, values: [...values] }))
          return SIDES.map((side) => query(side, [a.name, b.name], of))
        }),
      )
      return usable.map(([a, b], i) => {
        const [previous, current] = answers.slice(2 * i, 2 * i + 2)
        if (!previous || !current) throw new Error('there are two answers for each pair')
        return sliced([a.name, b.name], [previous], [current], summed, true)
      })
    },
    ranges: () => ranges,
    queryCount: () => queryCount,
    asOf: () => asOf,
  }
}

type Row = QueryAnswer['rows'][number]

/** What stands beside each other at both times; nothing is zero. */
function sliced(
  names: readonly string[],
  previous: readonly QueryAnswer[],
  current: readonly QueryAnswer[],
  summed: readonly string[],
  isComplete: boolean,
): SlicedFigures {
  const keyOf = (row: Row) => JSON.stringify(names.map((name) => row[name]))
  const rows = { previous: previous.flatMap((one) => one.rows), current: current.flatMap((one) => one.rows) }
  const byKey = {
    previous: new Map(rows.previous.map((row) => [keyOf(row), row])),
    current: new Map(rows.current.map((row) => [keyOf(row), row])),
  }
  const all = new Map([...rows.previous, ...rows.current].map((row) => [keyOf(row), row]))
  return {
    slices: [...all].map(([key, row]) => ({
      key: Object.fromEntries(names.map((name) => [name, row[name] ?? ''])) as SliceKey,
      figures: {
        previous: figuresOf(byKey.previous.get(key) ?? {}, summed),
        current: figuresOf(byKey.current.get(key) ?? {}, summed),
      },
    })),
    isComplete,
  }
}

function figuresOf(row: Row, [first = '', second]: readonly string[]): Figures {
  const sum = Number(row[first] ?? 0)
  return second === undefined ? { sum } : { sum, denominator: Number(row[second] ?? 0) }
}

function valuesOf({ rows }: QueryAnswer, name: string): Set<string | number | boolean> {
  return new Set(rows.flatMap((row) => row[name] ?? []))
}

function chunks<T>(values: readonly T[]): T[][] {
  const count = Math.ceil(values.length / MOST_VALUES_OF_A_FILTER)
  return Array.from({ length: count }, (_, i) =>
    values.slice(i * MOST_VALUES_OF_A_FILTER, (i + 1) * MOST_VALUES_OF_A_FILTER),
  )
}
