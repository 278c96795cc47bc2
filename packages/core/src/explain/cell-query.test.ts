import { expect, test } from 'vitest'
import type { CubeDefinition } from '../cubes/cube.ts'
import { Query, type QueryInput } from '../query/query.ts'
import { cellQuery } from './cell-query.ts'
import { ExplainRequest } from './explain.ts'

const text = (sql: string) => ({ kind: 'expression', label: sql, sql, type: 'string' }) as const
const CUBE: CubeDefinition = {
  name: 'web',
  label: 'Web',
  base: { from: 'events', tables: ['events'], where: 'true', timeColumn: 'occurred_at' },
  calendar: { timezone: 'Europe/Berlin', firstDayOfWeek: 1, fiscalYearStart: 1 },
  dimensions: { country: text('country'), path: text('path'), environment: text('environment') },
  measures: {
    hits: {
      class: 'additive',
      part: { number: 'integer' },
      label: 'Hits',
      format: 'integer',
      better: 'higher',
      gaps: 'zero',
    },
  },
  defaultFilters: { environment: ['production'] },
  rollups: [],
}
const NOW = Temporal.Instant.from('2026-06-01T00:00:00Z')

function ask(query: Partial<QueryInput>, cell: { time?: string; dimensions?: Record<string, string> }) {
  const parsed = ExplainRequest.parse({
    query: { cube: 'web', measures: ['hits'], from: '2026-03-01', to: '2026-04-01', ...query },
    cell,
  })
  return cellQuery(parsed.query, parsed.cell, CUBE, NOW)
}
const isIn = (dimension: string, value: string) => ({ dimension, op: 'in', values: [value] })

test('a cell is asked for by its own bucket and its own values', () => {
  const { alone, among } = ask(
    { grain: 'day', dimensions: ['country', 'path'] },
    { time: '2026-03-29T00:00:00+01:00', dimensions: { country: 'DE', path: '/' } },
  )
  // A day of 23 hours.
  expect(alone).toMatchObject({ grain: 'day', from: '2026-03-28T23:00:00Z', to: '2026-03-29T22:00:00Z' })
  expect(alone.filters).toEqual([isIn('environment', 'production'), isIn('country', 'DE'), isIn('path', '/')])
  expect(among.filters).toEqual([isIn('environment', 'production')])
  expect(Query.safeParse(alone).success).toBe(true)
})

test('a bucket that the range cuts off stays cut off', () => {
  const { alone } = ask({ grain: 'week', from: '2026-03-04' }, { time: '2026-03-02' })
  expect(alone).toMatchObject({ from: '2026-03-03T23:00:00Z', to: '2026-03-08T23:00:00Z' })
})

test('what the cell does not name is summed up', () => {
  const { alone } = ask({ grain: 'day', dimensions: ['country', 'path'] }, { dimensions: { country: 'DE' } })
  expect(alone).toMatchObject({ dimensions: ['country'], from: '2026-03-01', to: '2026-04-01' })
  expect(alone).not.toHaveProperty('grain')
})

test('what is about other values than the one is left out', () => {
  const { alone } = ask(
    {
      dimensions: ['country'],
      top: { by: 'hits', count: 3, rest: true },
      having: [{ measure: 'hits', op: 'gt', value: 5 }],
      totals: [[]],
      compare: [{ with: 'previous_year' }],
      order: [{ by: 'country' }],
    },
    { dimensions: { country: 'DE' } },
  )
  expect(alone).toMatchObject({ having: [], totals: [], compare: [], order: [] })
  expect(alone.top).toBeUndefined()
})

test('a filter that the cube has by itself does not count where the query filters on its dimension, however deep', () => {
  const environment = { dimension: 'environment', op: 'in' as const, values: ['sandbox'] }
  const { among } = ask({ filters: [{ or: [{ not: environment }, isIn('path', '/') as never] }] }, {})
  expect(JSON.stringify(among.filters)).not.toContain('production')
})

test.each([
  {
    cell: { dimensions: { country: 'DE' } },
    message: 'the query is not by "country": expected none, as the query has none',
  },
  { cell: { time: '2026-03-02' }, message: 'a query without a grain has no times' },
])('$cell is refused where the query has no such value', ({ cell, message }) => {
  expect(() => ask({}, cell)).toThrow(message)
})

test('a time at which no bucket begins is refused', () => {
  expect(() => ask({ grain: 'month' }, { time: '2026-03-02' })).toThrow(
    'no month from 2026-03-01 to 2026-04-01 begins then',
  )
})
