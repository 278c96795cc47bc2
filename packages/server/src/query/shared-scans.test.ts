import { AppError } from '@almanac/core/errors.ts'
import { Query, type QueryInput } from '@almanac/core/query/query.ts'
import { expect, test } from 'vitest'
import type { QueryResult } from './run-query.ts'
import { sharedScans } from './shared-scans.ts'

const DAY: QueryInput = { cube: 'web', measures: ['hits'], from: '2026-05-01', to: '2026-05-02' }
const query = (more: Partial<QueryInput>) => Query.parse({ ...DAY, ...more })

/** Answers each query with a row that has 1 for every measure, and refuses the measure `wrong`. */
async function ask(queries: Query[]) {
  const asked: string[][] = []
  const results = await sharedScans(queries, async (distinct) => {
    asked.push(distinct.map(({ measures }) => measures.join()))
    return distinct.map(({ measures, totals }): QueryResult => {
      if (measures.includes('wrong')) return { error: new AppError('invalid_query', 'no measure "wrong"') }
      const columns = measures.map((name) => ({ name, kind: 'measure', type: 'number', label: name }) as const)
      const row = Object.fromEntries(measures.map((name) => [name, 1]))
      return {
        answer: { columns, rows: [row], totals: totals.map((dimensions) => ({ dimensions, rows: [row] })) } as never,
      }
    })
  })
  return { asked, results }
}

test('queries that differ in their measures alone are asked as one, and each gets its own', async () => {
  const { asked, results } = await ask([
    query({}),
    query({ measures: ['visitors'], totals: [[]] }),
    query({ grain: 'day' }),
  ])
  expect(asked).toEqual([['hits,visitors', 'hits']])
  expect(results).toMatchObject([
    { answer: { columns: [{ name: 'hits' }], rows: [{ hits: 1 }] } },
    { answer: { columns: [{ name: 'visitors' }], rows: [{ visitors: 1 }], totals: [{ rows: [{ visitors: 1 }] }] } },
    { answer: { rows: [{ hits: 1 }] } },
  ])
  expect(results[0]).toHaveProperty('answer.totals', [])
  expect(results[1]).not.toHaveProperty('answer.rows.0.hits')
  expect(results[1]).not.toHaveProperty('answer.totals.0.rows.0.hits')
})

test('lists stay apart, because what is cut off depends on the measure', async () => {
  const list = { dimensions: ['path'], limit: 10 }
  const { asked } = await ask([query(list), query({ ...list, measures: ['visitors'] })])
  expect(asked).toEqual([['hits', 'visitors']])
})

test('the mistake of one does not fail what it was asked with', async () => {
  const { results } = await ask([query({}), query({ measures: ['wrong'] })])
  expect(results).toMatchObject([{ answer: { rows: [{ hits: 1 }] } }, { error: { code: 'invalid_query' } }])
})
