import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { Query, type QueryInput } from '@almanac/core/query/query.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestEngines, type TestDatabase, type TestEngines } from '../../test/support/engines.ts'
import { AT_ONCE } from '../cubes/compute/pending-buckets.ts'
import { recomputeAll } from '../cubes/compute/recompute.ts'
import { type CubeRegistry, openRegistry } from '../cubes/registry.ts'
import { runQuery } from './run-query.ts'

const LABEL = { label: 'x', better: 'higher', gaps: 'zero', format: 'integer' } as const

const SHOP: CubeDefinition = {
  name: 'shop',
  label: 'Shop',
  base: { from: 'facts', tables: ['facts'], where: 'true', timeColumn: 'at' },
  calendar: { timezone: 'Europe/Berlin', firstDayOfWeek: 1, fiscalYearStart: 4 },
  dimensions: {
    shop: { kind: 'expression', label: 'Shop', sql: 'shop', type: 'string' },
    size: { kind: 'buckets', label: 'Size', of: 'amount', bounds: [10, 100], unit: 'EUR' },
    town: { kind: 'lookup', label: 'Town', table: 'shops', key: 'name', value: 'town', of: 'shop', type: 'string' },
    hour: { kind: 'calendar', label: 'Hour', part: 'hour_of_day' },
    is_big: { kind: 'expression', label: 'Big', sql: 'amount > 50', type: 'boolean' },
  },
  measures: {
    sales: { ...LABEL, class: 'additive', part: { number: 'integer' } },
    turnover: { ...LABEL, class: 'additive', part: { of: 'amount', number: 'decimal' } },
    greatest: { ...LABEL, class: 'extremal', aggregate: 'max', of: 'amount', gaps: 'null' },
    average: {
      ...LABEL,
      class: 'decomposable',
      numerator: { of: 'amount', number: 'float' },
      denominator: { number: 'integer' },
      gaps: 'null',
    },
    buyers: { ...LABEL, class: 'mergeable', state: { kind: 'uniq', of: 'buyer', isExact: true } },
    p50: { ...LABEL, class: 'mergeable', state: { kind: 'quantile', of: 'amount', level: 0.5 }, gaps: 'null' },
    stock: { ...LABEL, class: 'last_value', pick: 'last', of: 'stock', per: ['shop'], gaps: 'previous' },
    median: { ...LABEL, class: 'exact', state: { kind: 'median', of: 'amount' }, gaps: 'null' },
    reach: {
      ...LABEL,
      class: 'exact',
      state: { kind: 'imported', of: 'amount', grain: 'day', by: ['shop'] },
      gaps: 'null',
    },
    per_buyer: { ...LABEL, class: 'derived', formula: 'turnover / buyers', gaps: 'null' },
    buyers_3d: { ...LABEL, class: 'window', measure: 'buyers', window: { kind: 'trailing', days: 3 } },
    month_sales: { ...LABEL, class: 'window', measure: 'sales', window: { kind: 'to_date', grain: 'month' } },
    daily_buyers: { ...LABEL, class: 'window', measure: 'buyers', window: { kind: 'mean', grain: 'day' } },
    share: { ...LABEL, class: 'window', measure: 'sales', window: { kind: 'share' }, gaps: 'null' },
  },
  defaultFilters: {},
  rollups: [
    { dimensions: [], step: 'quarter_hour' },
    { dimensions: ['shop'], step: 'hour', states: 'day' },
  ],
}

let engines: TestEngines
let db: TestDatabase
let registry: CubeRegistry
let now = Date.UTC(2027, 0, 1)

// Nothing here changes what is stored, so one database serves all: raw rows, and the cube that was computed from them.
beforeAll(async () => {
  engines = await startTestEngines()
  db = await engines.createTestDatabase()
  const time = `DateTime64(3, 'UTC')`
  for (const query of [
    `CREATE TABLE facts (at ${time}, shop String, buyer String, amount Float64, stock Float64) ENGINE = MergeTree ORDER BY at`,
    'CREATE TABLE shops (name String, town String) ENGINE = MergeTree ORDER BY name',
    `INSERT INTO shops VALUES ('north', 'Kiel'), ('south', 'Ulm')`,
    `INSERT INTO facts VALUES
      ('2026-03-02 08:10:00', 'north', 'ann', 5, 10), ('2026-03-02 09:20:00', 'north', 'bob', 50, 9),
      ('2026-03-02 23:30:00', 'south', 'ann', 200, 5), ('2026-03-03 12:00:00', 'south', 'ann', 20, 4),
      ('2026-03-05 12:00:00', 'north', 'cyd', 70, 7), ('2025-03-03 10:00:00', 'north', 'bob', 30, 3)`,
  ]) {
    await db.clickhouse.command({ query })
  }
  registry = await openRegistry({ pool: db.pool, clickhouse: db.clickhouse, cluster: '' })
  await registry.replace([SHOP])
  expect(registry.failures()).toEqual([])
  await recomputeAll({ pool: db.pool, clickhouse: db.clickhouse }, AT_ONCE)
})
afterAll(async () => {
  await db.close()
  await engines.close()
})
beforeEach(() => {
  now = Date.UTC(2027, 0, 1)
})

const ask = (query: Partial<QueryInput>, cubes: Pick<CubeRegistry, 'definition' | 'tables'> = registry) =>
  runQuery(
    {
      pool: db.pool,
      clickhouse: db.clickhouse,
      registry: cubes,
      freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }),
      segmentFilters: async () => [],
      now: () => now,
    },
    Query.parse({ cube: 'shop', measures: ['sales'], from: '2026-03-02', to: '2026-03-06', ...query }),
  )
const day = (n: number) => `2026-03-0${n}T00:00:00+01:00`

/** The same from raw rows alone, and from the cube. */
async function both(query: Partial<QueryInput>) {
  const raw = await ask(query, { definition: registry.definition, tables: () => [] })
  expect(raw.meta.tables).not.toContainEqual(expect.stringMatching(/^cube_/))
  const kept = await ask(query)
  expect(kept.rows).toEqual(raw.rows)
  expect(kept.totals).toEqual(raw.totals)
  return kept
}

describe('each measure says what it means, from raw rows and from the cube', () => {
  test.each([
    { measure: 'sales', values: [2, 2, 0, 1] },
    { measure: 'turnover', values: [55, 220, 0, 70] },
    { measure: 'greatest', values: [50, 200, null, 70] },
    { measure: 'average', values: [27.5, 110, null, 70] },
    { measure: 'buyers', values: [2, 1, 0, 1] },
    // One of the values, not between two.
    { measure: 'p50', values: [5, 20, null, 70] },
    // South is counted from the night on which it first said something.
    { measure: 'stock', values: [9, 4, 4, 7] },
    { measure: 'median', values: [27.5, 110, null, 70] },
    { measure: 'per_buyer', values: [27.5, 220, null, 70] },
    { measure: 'buyers_3d', values: [2, 2, 2, 2] },
    { measure: 'month_sales', values: [2, 4, 4, 5] },
    { measure: 'daily_buyers', values: [2, 1, 0, 1] },
    { measure: 'share', values: [1, 1, null, 1] },
  ])('$measure by day', async ({ measure, values }) => {
    const { rows } = await both({ measures: [measure], grain: 'day' })
    expect(rows).toEqual(values.map((value, i) => ({ time: day(i + 2), [measure]: value })))
  })

  test.each([
    { measure: 'buyers', value: 3 },
    { measure: 'daily_buyers', value: 1 },
    { measure: 'stock', value: 11 },
    { measure: 'median', value: 50 },
    { measure: 'buyers_3d', value: 2 },
  ])('$measure over the whole range is $value', async ({ measure, value }) => {
    expect((await both({ measures: [measure] })).rows).toEqual([{ [measure]: value }])
  })

  test('an imported figure is given as it came, and for nothing else', async () => {
    const { rows } = await both({ measures: ['reach'], grain: 'day', dimensions: ['shop'], to: '2026-03-03' })
    expect(rows).toEqual([{ time: day(2), shop: 'north', reach: 50 }])
    await expect(ask({ measures: ['reach'], grain: 'week', dimensions: ['shop'] })).rejects.toThrow(
      'cannot be added up or split: ask for it with the grain day',
    )
    await expect(ask({ measures: ['reach'], grain: 'day' })).rejects.toThrow('add the dimension shop')
  })
})

test('measures of all kinds stand in one row', async () => {
  const measures = Object.keys(SHOP.measures).filter((name) => name !== 'reach' && name !== 'month_sales')
  const { rows } = await both({ measures, dimensions: ['shop'], grain: 'week' })
  expect(rows).toHaveLength(2)
  expect(rows).toMatchObject([
    { time: '2026-03-02T00:00:00+01:00', shop: 'north', sales: 3, buyers: 3, share: 0.6, stock: 7, turnover: 125 },
    { shop: 'south', sales: 2, buyers: 1, share: 0.4, stock: 4, buyers_3d: 1 },
  ])
})

test.each([
  { dimension: 'size', rows: ['< 10 EUR', '10 – 100 EUR', '≥ 100 EUR'] },
  { dimension: 'town', rows: ['Kiel', 'Ulm'] },
  { dimension: 'hour', rows: [0, 9, 10, 13] },
  { dimension: 'is_big', rows: [false, true] },
])('rows by $dimension', async ({ dimension, rows }) => {
  const answer = await both({ dimensions: [dimension], order: [{ by: dimension, direction: 'asc' }] })
  expect(answer.rows.map((row) => row[dimension])).toEqual(rows)
})

test('the smallest rollup answers, and the others say why not', async () => {
  const { meta } = await ask({ measures: ['buyers'], grain: 'day' })
  expect(meta).toMatchObject({ rollup: [], rejected: [{ rollup: ['shop'], reason: 'another is smaller' }] })
  expect(meta.tables).toEqual([expect.stringMatching(/^cube_shop_/)])
  const byTown = await ask({ dimensions: ['town'] })
  expect(byTown.meta.tables).toEqual(['facts'])
  expect(byTown.meta.rejected[0]).toEqual({ rollup: [], reason: 'it does not have town' })
})

test('a comparison stands beside each row', async () => {
  const { rows, columns } = await both({ compare: [{ with: 'previous_year', align: 'weekday' }], grain: 'day' })
  expect(rows[0]).toEqual({
    time: day(2),
    sales: 2,
    'time:previous_year': '2025-03-03T00:00:00+01:00',
    'sales:previous_year': 1,
    'sales:previous_year:difference': 1,
    'sales:previous_year:percent': 100,
  })
  expect(columns.map(({ name }) => name)).toEqual(Object.keys(rows[0] as object))
})

test('a top list keeps the greatest, and the rest is counted, not added up', async () => {
  const { rows } = await both({
    measures: ['sales', 'buyers'],
    dimensions: ['shop'],
    top: { by: 'sales', count: 1, rest: true },
  })
  expect(rows).toEqual([
    { shop: 'north', isRest: false, sales: 3, buyers: 3 },
    { shop: null, isRest: true, sales: 2, buyers: 1 },
  ])
})

test('a top list without time is one statement, in the order that was asked for', async () => {
  const list = { dimensions: ['shop', 'town'], top: { by: 'sales', count: 2 }, from: '2025-03-01' }
  const { rows, meta } = await both({ ...list, order: [{ by: 'sales', direction: 'asc' }] })
  expect(rows).toEqual([
    { shop: 'south', town: 'Ulm', sales: 2 },
    { shop: 'north', town: 'Kiel', sales: 4 },
  ])
  expect(meta.furtherSql).toEqual([])
  const { rows: first, meta: cut } = await both({ ...list, limit: 1 })
  expect({ first, isTruncated: cut.truncated }).toEqual({ first: [rows[1]], isTruncated: true })
})

test('a top list beside what it is compared with is one statement, ranked by the range alone', async () => {
  const list = {
    dimensions: ['shop'],
    from: '2026-03-03',
    compare: [{ with: 'previous_period' as const }, { with: 'previous_year' as const }],
  }
  const { rows, meta } = await both({ ...list, top: { by: 'sales', count: 2 } })
  expect(meta.furtherSql).toEqual([])
  expect(rows).toMatchObject([
    { shop: 'south', sales: 2, 'sales:previous_period': 0, 'sales:previous_year': 0 },
    { shop: 'north', sales: 1, 'sales:previous_period': 2, 'sales:previous_year': 1 },
  ])
  expect((await both({ ...list, top: { by: 'sales', count: 1 } })).rows).toMatchObject([{ shop: 'south', sales: 2 }])
})

test('periods that meet between two steps are read from the cube, and only the ends of days as raw rows', async () => {
  const { rows, meta } = await both({
    measures: ['sales', 'buyers'],
    dimensions: ['shop'],
    from: '2026-03-03T11:30:00.001Z',
    to: '2026-03-06T11:30:00.001Z',
    compare: [{ with: 'previous_period' }],
  })
  expect(meta.tables).toEqual([expect.stringMatching(/^cube_/), 'facts'])
  expect(rows).toMatchObject([
    { shop: 'north', sales: 1, 'sales:previous_period': 2 },
    { shop: 'south', sales: 1, buyers: 1, 'sales:previous_period': 1 },
  ])
})

test('totals are made by the engine: people who bought in both shops are counted once', async () => {
  const { totals } = await both({
    measures: ['buyers'],
    dimensions: ['shop'],
    grain: 'day',
    totals: [[], ['shop'], ['time']],
  })
  expect(totals).toMatchObject([
    { dimensions: [], rows: [{ buyers: 3 }] },
    {
      dimensions: ['shop'],
      rows: [
        { shop: 'north', buyers: 3 },
        { shop: 'south', buyers: 1 },
      ],
    },
    { dimensions: ['time'], rows: [{ buyers: 2 }, { buyers: 1 }, { buyers: 0 }, { buyers: 1 }] },
  ])
})

test('the total of a series comes with its rows, for every side of a comparison', async () => {
  const series = {
    measures: ['sales', 'buyers', 'per_buyer'],
    from: '2026-03-03',
    compare: [{ with: 'previous_period' as const }, { with: 'previous_year' as const }],
  }
  const { rows, totals, meta } = await both({ ...series, grain: 'day', totals: [[]] })
  expect(meta.furtherSql).toEqual([])
  expect(rows).toHaveLength(3)
  expect(totals).toEqual([{ dimensions: [], rows: (await ask(series)).rows }])
  expect(totals[0]?.rows[0]).toMatchObject({
    sales: 3,
    buyers: 2,
    'sales:previous_period': 2,
    'buyers:previous_year': 1,
  })
})

test('the total of a series that is cut off by its limit is of all', async () => {
  const series = { measures: ['sales'], grain: 'day' as const, totals: [[]], order: [{ by: 'sales' }], limit: 1 }
  const { rows, totals } = await both(series)
  expect({ rows, total: totals[0]?.rows }).toMatchObject({ rows: [{ sales: 2 }], total: [{ sales: 5 }] })
  const ascending = await both({ ...series, order: [{ by: 'sales', direction: 'asc' }] })
  expect(ascending.totals[0]?.rows).toEqual([{ sales: 5 }])
})

test('the total of a series that nobody was in is nothing, and that of a mean is asked for', async () => {
  const empty = { from: '2026-04-01', to: '2026-04-03', grain: 'day' as const, totals: [[]] }
  expect((await both({ ...empty, measures: ['sales', 'per_buyer'] })).totals).toEqual([
    { dimensions: [], rows: [{ sales: 0, per_buyer: null }] },
  ])
  const { totals, meta } = await both({ measures: ['sales', 'daily_buyers'], grain: 'day', totals: [[]] })
  expect(meta.furtherSql).toHaveLength(1)
  expect(totals[0]?.rows).toEqual((await ask({ measures: ['sales', 'daily_buyers'] })).rows)
})

test.each([
  { filters: [{ dimension: 'shop', values: ['north'] }], sales: 3 },
  { filters: [{ not: { dimension: 'shop', values: ['north'] } }], sales: 2 },
  { filters: [{ dimension: 'shop', op: 'contains' as const, values: ['out', 'x'] }], sales: 2 },
  { filters: [{ dimension: 'shop', op: 'not_starts_with' as const, values: ['so'] }], sales: 3 },
  { filters: [{ dimension: 'hour', op: 'range' as const, from: 9, to: 11 }], sales: 2 },
  {
    filters: [
      {
        or: [
          { dimension: 'is_big', values: [true] },
          { dimension: 'hour', values: [9] },
        ],
      },
    ],
    sales: 3,
  },
  { filters: [{ dimension: 'town', op: 'empty' as const }], sales: 0 },
  {
    filters: [
      {
        and: [
          { dimension: 'town', values: ['Ulm'] },
          { dimension: 'size', values: ['≥ 100 EUR'] },
        ],
      },
    ],
    sales: 1,
  },
])('$filters leave $sales sales', async ({ filters, sales }) => {
  expect((await both({ filters })).rows).toEqual([{ sales }])
})

test('what is sifted by a measure is not filled up again', async () => {
  const { rows } = await both({ grain: 'day', having: [{ measure: 'sales', op: 'gte', value: 2 }] })
  expect(rows.map(({ time }) => time)).toEqual([day(2), day(3)])
})

test('buckets that can still grow are told', async () => {
  now = Date.UTC(2026, 2, 4, 12)
  expect((await ask({ grain: 'day' })).meta.freshness.openFrom).toBe(day(4))
  expect((await ask({ grain: 'day', to: '2026-03-04' })).meta.freshness.openFrom).toBeUndefined()
})

test('trailing days of a month that runs end with today, not with days to come', async () => {
  now = Date.UTC(2026, 2, 6, 12)
  const { rows } = await both({ measures: ['buyers_3d'], grain: 'month', to: '2026-04-01' })
  // The days from the 4th to the 6th.
  expect(rows).toEqual([{ time: '2026-03-01T00:00:00+01:00', buyers_3d: 1 }])
})

test('a fiscal year starts where the cube says', async () => {
  const { rows } = await both({ grain: 'year', from: '2025-01-01', to: '2027-01-01' })
  expect(rows).toEqual([
    { time: '2024-04-01T00:00:00+02:00', sales: 1 },
    { time: '2025-04-01T00:00:00+02:00', sales: 5 },
    { time: '2026-04-01T00:00:00+02:00', sales: 0 },
  ])
})
