import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { Measure } from '@almanac/core/cubes/measure.ts'
import { Query, type QueryInput } from '@almanac/core/query/query.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngines, type TestDatabase, type TestEngines } from '../../test/support/engines.ts'
import { AT_ONCE } from '../cubes/compute/pending-buckets.ts'
import { recomputeAll } from '../cubes/compute/recompute.ts'
import { type CubeRegistry, openRegistry } from '../cubes/registry.ts'
import { verifyCube } from '../cubes/verify/verify-cube.ts'
import { runQuery } from './run-query.ts'

/**
 * Columns, dimensions and measures that are called as statements call or once called what they make. Each column stands in a
 * dimension or a measure of another name, so that whoever takes the one for the other says something wrong.
 */

const COLUMNS = {
  b: 'Float64',
  w: 'String',
  now: 'String',
  starts: 'String',
  value: 'String',
  text: 'String',
  d_now: 'String',
  k_w: 'String',
  bucket: 'String',
  time: 'String',
  start: 'UInt8',
  count: 'UInt8',
  hour: 'UInt8',
  first: 'Float64',
  n: 'Float64',
  is_rest: 'Bool',
  version: 'Float64',
} as const

type Line = readonly [at: string, b: number, word: string, other: string, isRest: boolean]
const LINES: readonly Line[] = [
  ['2026-05-01 08:00:00', 1, 'x', 'one', true],
  ['2026-05-01 08:30:00', 2, 'x', 'two', false],
  ['2026-05-01 21:00:00', 4, 'y', 'one', false],
  ['2026-05-02 09:00:00', 8, 'x', 'one', true],
  ['2026-05-03 10:00:00', 16, 'z', 'two', true],
]

const LABEL = { label: 'x', better: 'higher', gaps: 'zero', format: 'decimal' } as const
const sum = (of: string): Measure => ({ ...LABEL, class: 'additive', part: { of, number: 'float' } })
const column = (sql: string) => ({ kind: 'expression', label: sql, sql, type: 'string' }) as const

const CUBE: CubeDefinition = {
  name: 'clash',
  label: 'Clash',
  base: { from: 'clash', tables: ['clash'], where: `start = 1 AND count = 2 AND hour = 3 AND n > 0`, timeColumn: 'at' },
  calendar: { timezone: 'UTC', firstDayOfWeek: 1, fiscalYearStart: 1 },
  dimensions: {
    w: column('value'),
    k_w: column('w'),
    now: column('d_now'),
    starts: column('bucket'),
    d_w: column('k_w'),
    is_rest: { kind: 'expression', label: 'Rest', sql: 'is_rest', type: 'boolean' },
    bucket: column('time'),
  },
  measures: {
    b: sum('b'),
    m_b: { ...LABEL, class: 'additive', part: { only: `w = 'x' AND now = 'x'`, number: 'integer' } },
    v_b: { ...LABEL, class: 'extremal', aggregate: 'max', of: 'first' },
    version: { ...LABEL, class: 'mergeable', state: { kind: 'uniq', of: 'starts', isExact: true } },
    t_b: { ...LABEL, class: 'window', measure: 'b', window: { kind: 'share' }, gaps: 'null' },
    s_b: { ...LABEL, class: 'window', measure: 'b', window: { kind: 'trailing', days: 2 } },
    u_b: { ...LABEL, class: 'window', measure: 'b', window: { kind: 'mean', grain: 'day' } },
    l_b: { ...LABEL, class: 'last_value', pick: 'last', of: 'version', per: ['w'] },
    p_w: { ...LABEL, class: 'derived', formula: 'b / m_b' },
    total_b: { ...LABEL, class: 'exact', state: { kind: 'median', of: 'n' } },
  },
  defaultFilters: {},
  rollups: [
    { dimensions: [], step: 'hour' },
    { dimensions: ['w', 'k_w', 'now', 'starts', 'd_w', 'is_rest', 'bucket'], step: 'hour' },
  ],
}

let engines: TestEngines
let db: TestDatabase
let registry: CubeRegistry

// Nothing here changes what is stored, so one database serves all.
beforeAll(async () => {
  engines = await startTestEngines()
  db = await engines.createTestDatabase()
  const columns = Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`)
  await db.clickhouse.command({
    query: `CREATE TABLE clash (at DateTime('UTC'), ${columns.join(', ')}) ENGINE = MergeTree ORDER BY at`,
  })
  const values = LINES.map(([at, b, word, other, isRest]) => ({
    at,
    ...{ b, first: b, n: b, version: b },
    ...{ w: word, now: word, starts: word, k_w: word, time: word },
    ...{ value: other, text: other, d_now: other, bucket: other },
    ...{ start: 1, count: 2, hour: 3, is_rest: isRest },
  }))
  await db.clickhouse.insert({ table: 'clash', values, format: 'JSONEachRow' })
  registry = await openRegistry({ pool: db.pool, clickhouse: db.clickhouse, cluster: '' })
  await registry.replace([CUBE])
  expect(registry.failures()).toEqual([])
  await recomputeAll({ pool: db.pool, clickhouse: db.clickhouse }, AT_ONCE)
})
afterAll(async () => {
  await db.close()
  await engines.close()
})

/** The same from raw rows alone, and from the cube. */
async function ask(query: Partial<QueryInput>) {
  const asked = Query.parse({ cube: 'clash', measures: ['b'], from: '2026-05-01', to: '2026-05-04', ...query })
  const from = (cubes: Pick<CubeRegistry, 'definition' | 'tables'>) =>
    runQuery(
      {
        pool: db.pool,
        clickhouse: db.clickhouse,
        registry: cubes,
        freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }),
        segmentFilters: async () => [],
        now: () => Date.UTC(2027, 0, 1),
      },
      asked,
    )
  const raw = await from({ definition: registry.definition, tables: () => [] })
  const kept = await from(registry)
  expect(kept.meta.tables).toContainEqual(expect.stringMatching(/^cube_/))
  expect(kept.rows).toEqual(raw.rows)
  expect(kept.totals).toEqual(raw.totals)
  return kept
}

const MEASURES = Object.keys(CUBE.measures)

test('measures have their own values, whatever they are called', async () => {
  const { rows } = await ask({ measures: MEASURES })
  const mean = 31 / 3
  const values = { b: 31, m_b: 3, v_b: 16, version: 3, t_b: 1, s_b: 24, u_b: mean, l_b: 24, p_w: mean, total_b: 4 }
  expect(rows).toEqual([values])
})

test('so do they by day', async () => {
  const { rows } = await ask({ measures: ['b', 's_b', 'm_b', 'l_b'], grain: 'day' })
  expect(rows.map(({ b, s_b, m_b, l_b }) => [b, s_b, m_b, l_b])).toEqual([
    [7, 7, 2, 6],
    [8, 15, 1, 8],
    [16, 24, 0, 16],
  ])
})

test.each(Object.keys(CUBE.dimensions))('rows by %s are right', async (dimension) => {
  const { rows } = await ask({ measures: ['b', 't_b'], dimensions: [dimension], order: [{ by: dimension }] })
  const expected = {
    word: { z: 16, y: 4, x: 11 },
    other: { two: 18, one: 13 },
    truth: { true: 25, false: 6 },
  }[dimension === 'is_rest' ? 'truth' : ['k_w', 'd_w', 'bucket'].includes(dimension) ? 'word' : 'other']
  expect(rows.map((row) => [String(row[dimension]), row.b, row.t_b])).toEqual(
    Object.entries(expected).map(([key, b]) => [key, b, b / 31]),
  )
})

test('a top list, its rest and totals are right', async () => {
  const { rows, totals } = await ask({
    measures: ['b', 'm_b', 'l_b'],
    dimensions: ['k_w', 'is_rest'],
    top: { by: 'b', count: 1, rest: true },
    totals: [['k_w'], []],
  })
  expect(rows).toEqual([
    { k_w: 'z', is_rest: true, isRest: false, b: 16, m_b: 0, l_b: 16 },
    { k_w: null, is_rest: null, isRest: true, b: 15, m_b: 3, l_b: 10 },
  ])
  expect(totals.map((total) => total.rows.map(({ b }) => b))).toEqual([[11, 4, 16], [31]])
})

test.each([
  { filter: { dimension: 'w', op: 'contains' as const, values: ['wo'] }, b: 18 },
  { filter: { dimension: 'k_w', op: 'not_starts_with' as const, values: ['x', 'y'] }, b: 16 },
  { filter: { dimension: 'starts', op: 'ends_with' as const, values: ['e'] }, b: 13 },
])('$filter finds what it says', async ({ filter, b }) => {
  expect((await ask({ filters: [filter] })).rows).toEqual([{ b }])
})

test('such a cube is checked as any other', async () => {
  const [table] = registry.tables('clash')
  if (!table) throw new Error('the cube has no table')
  const months = await Array.fromAsync(verifyCube(db, table, {}, new AbortController().signal))
  expect(months).toMatchObject([{ month: '2026-05', checked: { hour: 59, day: 3 }, different: [] }])
})
