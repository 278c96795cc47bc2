import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { Query, type QueryInput } from '@almanac/core/query/query.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngines, type TestDatabase, type TestEngines } from '../../test/support/engines.ts'
import { AT_ONCE } from '../cubes/compute/pending-buckets.ts'
import { recomputeAll } from '../cubes/compute/recompute.ts'
import { type CubeRegistry, openRegistry } from '../cubes/registry.ts'
import { runQuery } from './run-query.ts'

/** Measures that look back, compared to date. Berlin sets its clocks back on 25 October 2026. */

const LABEL = { label: 'x', better: 'higher', gaps: 'zero', format: 'integer' } as const
const CALLS: CubeDefinition = {
  name: 'calls',
  label: 'Calls',
  base: { from: 'calls', tables: ['calls'], where: 'true', timeColumn: 'at' },
  calendar: { timezone: 'Europe/Berlin', firstDayOfWeek: 1, fiscalYearStart: 1 },
  dimensions: { desk: { kind: 'expression', label: 'Desk', sql: 'desk', type: 'string' } },
  measures: {
    calls: { ...LABEL, class: 'additive', part: { number: 'integer' } },
    callers: { ...LABEL, class: 'mergeable', state: { kind: 'uniq', of: 'caller', isExact: true } },
    calls_3d: { ...LABEL, class: 'window', measure: 'calls', window: { kind: 'trailing', days: 3 } },
    callers_3d: { ...LABEL, class: 'window', measure: 'callers', window: { kind: 'trailing', days: 3 } },
    calls_of_week: { ...LABEL, class: 'window', measure: 'calls', window: { kind: 'to_date', grain: 'week' } },
    daily_calls: { ...LABEL, class: 'window', measure: 'calls', window: { kind: 'mean', grain: 'day' } },
    stickiness: { ...LABEL, class: 'derived', formula: 'daily_calls / callers_3d', gaps: 'null' },
  },
  defaultFilters: {},
  rollups: [
    { dimensions: [], step: 'hour' },
    { dimensions: ['desk'], step: 'hour', states: 'day' },
  ],
}

/** Local times of calls, by caller: a Sunday, and the one before, on which the clocks change. */
const ROWS = [
  // Three days back from the end of 25 October is the 23rd, however long these days are.
  ['2026-10-22T23:30', 'ada'],
  ['2026-10-23T00:10', 'bob'],
  ['2026-10-24T12:00', 'bob'],
  ['2026-10-25T02:30', 'cyd'],
  ['2026-10-25T10:20', 'dan'],
  // By now, the Sunday before had not come as far.
  ['2026-10-25T10:50', 'eve'],
  ['2026-10-25T22:00', 'fay'],
  ['2026-10-29T23:30', 'ada'],
  ['2026-10-30T00:10', 'ada'],
  ['2026-11-01T09:00', 'bob'],
] as const
const NOW = Temporal.ZonedDateTime.from('2026-11-01T10:42[Europe/Berlin]').epochMilliseconds

let engines: TestEngines
let db: TestDatabase
let registry: CubeRegistry

// Nothing here changes what is stored, so one database serves all.
beforeAll(async () => {
  engines = await startTestEngines()
  db = await engines.createTestDatabase()
  await db.clickhouse.command({
    query: `CREATE TABLE calls (at DateTime64(3, 'UTC'), caller String, desk String) ENGINE = MergeTree ORDER BY at`,
  })
  const values = ROWS.map(([time, caller]) => ({
    at: Temporal.PlainDateTime.from(time)
      .toZonedDateTime('Europe/Berlin')
      .withTimeZone('UTC')
      .toPlainDateTime()
      .toString(),
    caller,
    desk: 'front',
  }))
  await db.clickhouse.insert({ table: 'calls', values, format: 'JSONEachRow' })
  registry = await openRegistry({ pool: db.pool, clickhouse: db.clickhouse, cluster: '' })
  await registry.replace([CALLS])
  expect(registry.failures()).toEqual([])
  await recomputeAll({ pool: db.pool, clickhouse: db.clickhouse }, AT_ONCE)
})
afterAll(async () => {
  await db.close()
  await engines.close()
})

/** The same from raw rows alone, and from the cube. */
async function ask(query: Partial<QueryInput>) {
  const asked = Query.parse({
    cube: 'calls',
    measures: ['calls'],
    from: '2026-10-26',
    to: '2026-11-02',
    compare: [{ with: 'previous_week', toDate: true }],
    ...query,
  })
  const from = (cubes: Pick<CubeRegistry, 'definition' | 'tables'>) =>
    runQuery(
      {
        pool: db.pool,
        clickhouse: db.clickhouse,
        registry: cubes,
        freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }),
        segmentFilters: async () => [],
        now: () => NOW,
      },
      asked,
    )
  const raw = await from({ definition: registry.definition, tables: () => [] })
  const kept = await from(registry)
  expect(kept.rows).toEqual(raw.rows)
  expect(kept.totals).toEqual(raw.totals)
  return kept
}

test('what looks back is compared over as much time, and what is cut off is read from the cube but for an hour', async () => {
  const measures = ['calls', 'calls_3d', 'callers_3d', 'calls_of_week', 'daily_calls', 'stickiness']
  const { rows, meta } = await ask({ measures })
  expect(rows).toMatchObject([
    {
      // ada and bob; since Friday, and since Monday; by seven days.
      calls: 3,
      calls_3d: 2,
      callers_3d: 2,
      calls_of_week: 3,
      daily_calls: 3 / 7,
      stickiness: 3 / 14,
      // From Monday, and from Friday, to 10:42 on Sunday.
      'calls:previous_week': 5,
      'calls_3d:previous_week': 4,
      'callers_3d:previous_week': 3,
      'calls_of_week:previous_week': 5,
      'daily_calls:previous_week': 5 / 7,
      'stickiness:previous_week': 5 / 7 / 3,
    },
  ])
  expect(meta).toMatchObject({ rollup: [], rejected: [{ rollup: ['desk'], reason: 'another is smaller' }] })
})

test('the day that runs is compared as far as it has come, and days that are over as a whole', async () => {
  const { rows, totals } = await ask({ measures: ['calls_3d', 'callers_3d'], grain: 'day', totals: [[]] })
  const told = rows.map((row) => [String(row.time).slice(8, 10), row.calls_3d, row['calls_3d:previous_week']])
  expect(told).toEqual([
    // Of the days before the range, too.
    ['26', 5, 0],
    ['27', 4, 0],
    ['28', 0, 0],
    ['29', 1, 1],
    ['30', 2, 2],
    ['31', 2, 3],
    ['01', 2, 4],
  ])
  expect(totals[0]?.rows).toMatchObject([{ calls_3d: 2, 'calls_3d:previous_week': 4, 'callers_3d:previous_week': 3 }])
})

test('without to date, the days of the other week are whole', async () => {
  const { rows } = await ask({ measures: ['calls_3d', 'callers_3d'], compare: [{ with: 'previous_week' }] })
  expect(rows).toMatchObject([{ calls_3d: 2, 'calls_3d:previous_week': 6, 'callers_3d:previous_week': 5 }])
})

test('states that are kept by the day are read so, but for the day that is cut off', async () => {
  const { rows, meta } = await ask({ measures: ['callers_3d'], dimensions: ['desk'], grain: 'day' })
  expect(rows.at(-1)).toMatchObject({ desk: 'front', callers_3d: 2, 'callers_3d:previous_week': 3 })
  expect(meta.rollup).toEqual(['desk'])
})
