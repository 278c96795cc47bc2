import type { Query } from '@almanac/core/query/query.ts'
import type { QueryResult } from './run-query.ts'

/** As many as one query may have. */
const MOST_MEASURES = 20

/**
 * Queries that differ in their measures and totals alone are asked as one, and each gets its part of the answer. Only those whose rows do
 * not depend on the measures: lists that are cut off, ranked or sifted by a measure stay as they are.
 */
export async function sharedScans(
  queries: readonly Query[],
  run: (distinct: readonly Query[]) => Promise<QueryResult[]>,
): Promise<QueryResult[]> {
  const groups: { key: string; query: Query }[] = []
  const places = queries.map((query) => {
    const key = scanKey(query)
    const place = groups.findIndex((group) => group.key === key && union(group.query, query).length <= MOST_MEASURES)
    const group = groups[place]
    if (!group) return groups.push({ key, query }) - 1
    const totals = [...new Map([...group.query.totals, ...query.totals].map((set) => [set.join(), set])).values()]
    groups[place] = { key, query: { ...group.query, measures: union(group.query, query), totals } }
    return place
  })
  const results = await run(groups.map(({ query }) => query))
  return Promise.all(
    queries.map(async (query, i): Promise<QueryResult> => {
      const place = places[i] as number
      const asked = groups[place]?.query
      const isAlone = asked?.measures.length === query.measures.length && asked.totals.length === query.totals.length
      const result = results[place] as QueryResult
      if (isAlone) return result
      // One with a mistake must not fail those that it was joined with.
      if ('error' in result) return (await run([query]))[0] as QueryResult
      return { answer: withMeasures(result.answer, query) }
    }),
  )
}

const union = (a: Query, b: Query) => [...new Set([...a.measures, ...b.measures])]

function scanKey(query: Query): string {
  const { measures, totals, ...rest } = query
  const dependsOnMeasures = query.dimensions.length > 0 || query.having.length > 0 || query.order.length > 0
  return JSON.stringify(dependsOnMeasures ? query : rest)
}

function withMeasures(answer: Extract<QueryResult, { answer: unknown }>['answer'], query: Query): typeof answer {
  const dropped = answer.columns
    .filter(
      ({ name, kind, measure }) =>
        (kind === 'measure' || measure !== undefined) && !query.measures.includes(measure ?? name),
    )
    .map(({ name }) => name)
  const without = (row: (typeof answer.rows)[number]) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => !dropped.includes(name)))
  return {
    ...answer,
    columns: answer.columns.filter(({ name }) => !dropped.includes(name)),
    rows: answer.rows.map(without),
    totals: query.totals.flatMap((set) => {
      const total = answer.totals.find(({ dimensions }) => dimensions.join() === set.join())
      return total ? [{ ...total, rows: total.rows.map(without) }] : []
    }),
  }
}
