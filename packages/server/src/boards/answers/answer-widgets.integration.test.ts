import type { WidgetData } from '@almanac/core/boards/board.ts'
import { WidgetData as Data, Variable } from '@almanac/core/boards/board.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngines, type TestDatabase, type TestEngines } from '../../../test/support/engines.ts'
import { createSqlService } from '../../analytics/sql-service.ts'
import { createClickHouse } from '../../clickhouse/client.ts'
import { pingClickHouse } from '../../clickhouse/signs-of-life.ts'
import { runCohorts } from '../../cohorts/run-cohorts.ts'
import { openRegistry } from '../../cubes/registry.ts'
import { TINY_CUBE } from '../../feeds/testing/tiny-cube.ts'
import { runQueries } from '../../query/run-query.ts'
import { type AnswerWidgets, createAnswerWidgets, type WidgetsRequest } from './answer-widgets.ts'

/** Widgets on real engines: cubes, cohorts, and statements as the read-only user. */
let engines: TestEngines
let database: TestDatabase
let reader: ClickHouseClient
let answer: AnswerWidgets

const NOW = Date.UTC(2026, 2, 30, 12)

beforeAll(async () => {
  engines = await startTestEngines()
  database = await engines.createTestDatabase()
  const { pool, clickhouse } = database
  reader = createClickHouse(database.readerConnection)
  await clickhouse.command({
    query: `INSERT INTO events (source, environment, name, visitor_id, country, occurred_at) VALUES
      ('website', 'production', 'page_view', 1, 'DE', '2026-03-28 22:59:59'), ('website', 'production', 'page_view', 1, 'DE', '2026-03-28 23:00:00'),
      ('website', 'production', 'page_view', 2, 'FR', '2026-03-29 21:59:59'), ('website', 'production', 'page_view', 1, 'FR', '2026-03-30 08:00:00')`,
  })
  const registry = await openRegistry({ pool, clickhouse, cluster: '' })
  await registry.replace([TINY_CUBE])
  const deps = {
    pool,
    clickhouse,
    registry,
    segmentFilters: async () => [],
    now: () => NOW,
    freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }),
  }
  answer = createAnswerWidgets({
    cubes: registry.definitions,
    runQueries: (queries, signal) => runQueries(deps, queries, signal),
    runCohorts: (request, signal) => runCohorts(deps, request, signal),
    sql: createSqlService({
      reader,
      readerDatabase: database.readerConnection.database,
      clickhouse,
      cluster: '',
      ping: () => pingClickHouse(database.clickhouseConnection),
      definitions: registry.definitions,
    }),
    savedStatements: async () => new Map(),
    now: () => NOW,
  })
})
afterAll(async () => {
  await reader.close()
  await database.close()
  await engines.close()
})

const SCOPE: WidgetsRequest['scope'] = {
  from: '2026-03-29T00:00:00+01:00',
  to: '2026-03-31T00:00:00+02:00',
  grain: 'day',
  timezone: 'Europe/Berlin',
  firstDayOfWeek: 1,
  compare: [],
  filters: [],
  variables: {},
}
const VARIABLES = ['country', 'one'].map((name) =>
  Variable.parse({ name, label: name, cube: 'web', dimension: 'country' }),
)

const ask = (data: readonly object[], scope: Partial<typeof SCOPE> = {}) =>
  answer(
    {
      scope: { ...SCOPE, ...scope },
      questions: data.map((one) => ({ data: [Data.parse(one) as WidgetData], variables: VARIABLES })),
      asker: { name: 'ada', isAdmin: false },
      mayRun: () => true,
    },
    new AbortController().signal,
  )

async function frameOf(data: object, scope: Partial<typeof SCOPE> = {}): Promise<Frame> {
  const [result] = await ask([data], scope)
  if (!result || 'error' in result) throw result?.error ?? new Error('no answer')
  return result.frame
}
const sql = (text: string, parameters: object = {}) => ({ from: 'sql', sql: text, parameters })

test('a cube and a statement agree about the days of the board, one of which has 23 hours', async () => {
  const [cube, statement] = await ask([
    { from: 'cube', cube: 'web', measures: ['hits'], grain: 'board' },
    sql(`SELECT dateTrunc({grain:String}, occurred_at, {timezone:String}) AS time, count() AS hits FROM events
      WHERE occurred_at >= {from:DateTime} AND occurred_at < {to:DateTime} GROUP BY time ORDER BY time`),
  ])
  const rows = [
    { time: '2026-03-29T00:00:00+01:00', hits: 2 },
    { time: '2026-03-30T00:00:00+02:00', hits: 1 },
  ]
  const shared = { grain: 'day', timezone: 'Europe/Berlin', from: SCOPE.from, to: SCOPE.to, openFrom: rows[1]?.time }

  expect(cube).toMatchObject({ frame: { ...shared, rows } })
  expect(statement).toMatchObject({ frame: { ...shared, rows, columns: [{ kind: 'time' }, { kind: 'measure' }] } })
})

describe('the ends of the range, as every type that a statement may take them by', () => {
  test.each([
    { type: 'DateTime', hits: 3 },
    { type: "DateTime('Asia/Tokyo')", hits: 3 },
    { type: 'DateTime64(3)', hits: 3 },
    { type: "DateTime64(6, 'America/New_York')", hits: 3 },
    { type: 'UInt32', hits: 3 },
  ])('$type', async ({ type, hits }) => {
    const statement = `SELECT count() AS hits FROM events WHERE occurred_at >= {from:${type}} AND occurred_at < {to:${type}}`
    expect((await frameOf(sql(statement))).rows).toEqual([{ hits }])
  })

  test('Date and String', async () => {
    expect((await frameOf(sql('SELECT {from:Date} AS day, {to:Date32} AS until'))).rows).toEqual([
      { day: '2026-03-29T00:00:00+01:00', until: '2026-03-31T00:00:00+02:00' },
    ])
    expect((await frameOf(sql('SELECT {from:String} AS text'))).rows).toEqual([{ text: SCOPE.from }])
  })
})

test('variables are lists, or one text, and choose nothing when nothing is chosen', async () => {
  const statement = `SELECT count() AS hits FROM events
    WHERE (empty({country:Array(String)}) OR has({country:Array(String)}, country)) AND {one:String} IN ('', country)`

  expect((await frameOf(sql(statement))).rows).toEqual([{ hits: 4 }])
  expect((await frameOf(sql(statement), { variables: { country: ['FR', `x'); --`] } })).rows).toEqual([{ hits: 2 }])
  expect((await frameOf(sql(statement), { variables: { one: ['DE'] } })).rows).toEqual([{ hits: 2 }])
})

test('times of any zone are instants, also where a clock hour comes twice', async () => {
  const statement = `SELECT toDateTime('2026-10-25 00:30:00', 'UTC') + INTERVAL number HOUR AS time,
    toTimeZone(time, 'Asia/Tokyo') AS tokyo, number AS n FROM numbers(2)`
  expect((await frameOf(sql(statement))).rows).toEqual([
    { time: '2026-10-25T02:30:00+02:00', tokyo: '2026-10-25T02:30:00+02:00', n: 0 },
    { time: '2026-10-25T02:30:00+01:00', tokyo: '2026-10-25T02:30:00+01:00', n: 1 },
  ])
})

test('every type of column arrives as something that can be shown', async () => {
  const statement = `SELECT toDecimal64('1.5', 2) AS price, 18446744073709551615 AS id, nan AS nothing, true AS yes,
    toUUID('0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a') AS uuid, [1, 2] AS list, map('a', 1) AS map, (1, 'x') AS pair,
    CAST('a', 'Enum8(\\'a\\' = 1)') AS kind, toIPv4('1.2.3.4') AS ip, NULL AS none, toDate32('1900-01-01') AS old`
  expect((await frameOf(sql(statement))).rows).toEqual([
    {
      price: 1.5,
      id: '18446744073709551615',
      nothing: null,
      yes: true,
      uuid: '0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a',
      list: '[1,2]',
      map: '{"a":1}',
      pair: '[1,"x"]',
      kind: 'a',
      ip: '1.2.3.4',
      none: null,
      old: expect.stringMatching(/^1900-01-01T00:00:00\+/),
    },
  ])
})

test('a missing parameter, a mistake and what may not be read are each said, and the rest is answered', async () => {
  const results = await ask([
    sql('SELECT {missing:String}'),
    sql('SELEC 1'),
    sql('SELECT * FROM system.users'),
    sql(`SELECT 'no {missing:String} here, and ' || {own:String} AS text`, { own: 'x' }),
    sql('SELECT 1 AS one'),
  ])
  expect(results.map((one) => ('error' in one ? one.error.code : one.frame.rows))).toEqual([
    'invalid_query',
    'query_failed',
    'forbidden',
    [{ text: 'no {missing:String} here, and x' }],
    [{ one: 1 }],
  ])
})

test('a statement that gives more rows than are shown is cut off, and says so', async () => {
  const frame = await frameOf(sql('SELECT number AS n FROM numbers(200000)'))

  expect(frame.rows).toHaveLength(100_000)
  expect(frame.isTruncated).toBe(true)
})

test('many statements of one board wait for each other and are all answered', async () => {
  const results = await ask(
    Array.from({ length: 20 }, (_, n) => sql(`SELECT ${n} AS n, sum(number) AS sum FROM numbers(1000000)`)),
  )

  expect(results.map((one) => ('error' in one ? one.error.message : one.frame.rows[0]?.n))).toEqual(
    Array.from({ length: 20 }, (_, n) => n),
  )
})

test('cohorts are rows of cohort by period', async () => {
  const frame = await frameOf({ from: 'cohorts', cohorts: { cube: 'web', grain: 'day', periods: 1 } })

  expect(frame.rows).toEqual([
    {
      cohort: '2026-03-29T00:00:00+01:00',
      period: 0,
      size: 1,
      persons: expect.any(Number),
      share: expect.any(Number),
      is_open: false,
    },
    { cohort: '2026-03-29T00:00:00+01:00', period: 1, size: 1, persons: 0, share: 0, is_open: true },
    { cohort: '2026-03-30T00:00:00+02:00', period: 0, size: 0, persons: 0, share: null, is_open: true },
    { cohort: '2026-03-30T00:00:00+02:00', period: 1, size: 0, persons: null, share: null, is_open: true },
  ])
})
