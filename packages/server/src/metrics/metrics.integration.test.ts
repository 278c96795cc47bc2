import { finished } from 'node:stream/promises'
import { METRICS_CUBE } from '@almanac/core/cubes/ready/metrics.ts'
import { Query, type QueryInput, type Row } from '@almanac/core/query/query.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import { expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { computeAll, registryOf, rowsOf, touchedCount } from '../cubes/testing/cube-bench.ts'
import { runQuery } from '../query/run-query.ts'
import { touchOpenChanges } from './metric-changes.ts'
import type { MetricRowInput } from './metric-row.ts'
import { createMetricStore } from './metric-store.ts'
import { readMetricRows } from './read-metric-rows.ts'

let db: TestDatabase
useTestDatabase((fresh) => {
  db = fresh
})

const VIEWS = { metric: 'views', date: '2026-01-05', value: 10, dimensions: { channel: 'youtube' } }

async function open({ clickhouse = db.clickhouse }: { readonly clickhouse?: ClickHouseClient } = {}) {
  const registry = await registryOf(db, [METRICS_CUBE])
  const changes: [number, number][] = []
  const onChange = (from: number, to: number) => void changes.push([from, to])
  const store = createMetricStore({ pool: db.pool, clickhouse, onChange })
  const save = (...rows: MetricRowInput[]) => {
    const { values, issues } = readMetricRows(
      rows.map((row, place) => ({ place, row })),
      { timezone: 'UTC' },
    )
    expect(issues).toEqual([])
    return store.save(values)
  }
  const deps = {
    pool: db.pool,
    clickhouse: db.clickhouse,
    registry,
    segmentFilters: async () => [],
    now: () => Date.UTC(2026, 1, 1),
    freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }),
  }
  const ask = async (query: Omit<QueryInput, 'cube' | 'from' | 'to'>): Promise<readonly Row[]> => {
    const whole = Query.parse({ cube: 'metrics', from: '2026-01-05', to: '2026-01-12', ...query })
    return (await runQuery(deps, whole)).rows
  }
  return { store, save, ask, changes }
}

test('a later figure replaces the one before, and the cube follows', async () => {
  const { save, ask, changes } = await open()
  const sum = () => ask({ measures: ['daily'] })
  await save(VIEWS, { ...VIEWS, date: '2026-01-06', value: 5 })
  expect(await sum()).toEqual([{ daily: 15 }])
  await computeAll(db)
  expect([await touchedCount(db), await sum()]).toEqual([{ hour: 0, day: 0, month: 0 }, [{ daily: 15 }]])

  await save({ ...VIEWS, value: 12 })
  expect(await sum()).toEqual([{ daily: 17 }])
  await computeAll(db)
  expect([await touchedCount(db), await sum()]).toEqual([{ hour: 0, day: 0, month: 0 }, [{ daily: 17 }]])
  expect(changes).toEqual([
    [Date.UTC(2026, 0, 5), Date.UTC(2026, 0, 6, 1) - 1],
    [Date.UTC(2026, 0, 5), Date.UTC(2026, 0, 5, 1) - 1],
  ])
})

test('what is sent again changes nothing', async () => {
  const { save, ask, store } = await open()
  const rows = [VIEWS, { ...VIEWS, dimensions: { channel: 'vimeo' } }, { ...VIEWS, date: '2026-01-06' }]
  const figures = () => ask({ measures: ['daily', 'average', 'last'], dimensions: ['metric', 'channel'], grain: 'day' })
  await save(...rows)
  await computeAll(db)
  const before = [await figures(), await store.list()]
  await save(...rows)
  expect([await figures(), await store.list()]).toEqual(before)
  await computeAll(db)
  expect([await figures(), await store.list()]).toEqual(before)
})

test('figures of hours and of days, of sources, environments and dimensions are kept apart', async () => {
  const { save, ask } = await open()
  await save(
    VIEWS,
    { ...VIEWS, hour: 0, value: 3 },
    { ...VIEWS, hour: 9, value: 4 },
    { ...VIEWS, source: 'other', value: 20 },
    { ...VIEWS, environment: 'sandbox', value: 1000 },
    { ...VIEWS, dimensions: { channel: 'youtube', colour: 'red' }, value: 40 },
  )
  const figures = () => ask({ measures: ['daily', 'hourly', 'minimum', 'maximum'] })
  expect(await figures()).toEqual([{ daily: 70, hourly: 7, minimum: 3, maximum: 40 }])
  await computeAll(db)
  expect(await figures()).toEqual([{ daily: 70, hourly: 7, minimum: 3, maximum: 40 }])
  expect(await ask({ measures: ['daily'], dimensions: ['channel', 'source'], order: [{ by: 'daily' }] })).toEqual([
    { channel: 'youtube', source: '', daily: 50 },
    { channel: 'youtube', source: 'other', daily: 20 },
  ])
})

test('the last figure of every series counts, summed over them, also by dimensions that the cube does not name', async () => {
  const { save, ask } = await open()
  const row = { metric: 'followers', value: 0 }
  await save(
    { ...row, date: '2026-01-05', dimensions: { account: 'a' }, value: 100 },
    { ...row, date: '2026-01-08', dimensions: { account: 'a' }, value: 110 },
    { ...row, date: '2026-01-05', dimensions: { account: 'b' }, value: 10 },
    { ...row, date: '2026-01-07', dimensions: { account: 'b', team: 'x' }, value: 7 },
  )
  await computeAll(db)
  expect(await ask({ measures: ['last'] })).toEqual([{ last: 127 }])
  expect(await ask({ measures: ['last'], dimensions: ['account'], order: [{ by: 'last' }] })).toEqual([
    { account: 'a', last: 110 },
    { account: 'b', last: 17 },
  ])
})

test('a figure that was computed elsewhere is shown as it was sent, and refused in any other way', async () => {
  const { save, ask } = await open()
  const row = { metric: 'reach', date: '2026-01-05', value: 900, dimensions: { account: 'a' } }
  await save(row, { ...row, hour: 3, value: 100 })
  const whole = { measures: ['figure'], dimensions: ['metric', 'source', 'series'] }
  expect((await ask({ ...whole, grain: 'day' })).filter(({ figure }) => figure !== null)).toMatchObject([
    { metric: 'reach', series: '{"account":"a"}', figure: 900 },
  ])
  await expect(ask({ ...whole, grain: 'week' })).rejects.toThrow(
    expect.objectContaining({
      issues: [expect.objectContaining({ message: expect.stringContaining('cannot be added') })],
    }),
  )
})

test('of two that are written in the other order, the one that began later counts', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let reached = () => {}
  const isThere = new Promise<void>((resolve) => {
    reached = resolve
  })
  const slow = withInsert(async (insert) => {
    reached()
    await held
    return insert()
  })
  const first = await open({ clickhouse: slow })
  const second = await open()
  const slowSave = first.save({ ...VIEWS, value: 1 })
  await isThere
  await second.save({ ...VIEWS, value: 2 })
  release()
  await slowSave
  expect(await second.ask({ measures: ['daily'] })).toEqual([{ daily: 2 }])
})

test('a server that dies after the rows and before the second touch leaves no wrong answer', async () => {
  const dying = withInsert(async (insert) => {
    // What was touched before is computed without the rows: from here on the cube is the one that answers.
    await computeAll(db)
    const { stream } = await insert()
    await finished(stream.resume())
    throw new Error('killed')
  })
  const { save, ask } = await open({ clickhouse: dying })
  await expect(save(VIEWS)).rejects.toThrow('killed')
  expect(await touchedCount(db)).toEqual({ hour: 0, day: 0, month: 0 })
  expect(await ask({ measures: ['daily'] })).not.toEqual([{ daily: 10 }])
  // This is what the next server begins with.
  expect(await touchOpenChanges(db.pool)).toBe(1)
  expect(await ask({ measures: ['daily'] })).toEqual([{ daily: 10 }])
  await computeAll(db)
  expect(await ask({ measures: ['daily'] })).toEqual([{ daily: 10 }])

  // While it may still be written, it is touched; then it is forgotten.
  expect(await touchOpenChanges(db.pool, 0)).toBe(0)
  await computeAll(db)
  expect(await touchOpenChanges(db.pool)).toBe(0)
  expect([await touchedCount(db), await ask({ measures: ['daily'] })]).toEqual([
    { hour: 0, day: 0, month: 0 },
    [{ daily: 10 }],
  ])
})

test('many requests at once do not wait for each other for ever, and each is counted', async () => {
  const { save, ask } = await open()
  const days = ['2026-01-05', '2026-01-06', '2026-01-07']
  const saved = Array.from({ length: 20 }, (_, i) =>
    save(...days.map((date) => ({ ...VIEWS, date, value: 1, dimensions: { channel: `c${i}` } }))),
  )
  const touched = Array.from({ length: 5 }, () => touchOpenChanges(db.pool))
  await Promise.all([...saved, ...touched, computeAll(db)])
  expect(await ask({ measures: ['daily'] })).toEqual([{ daily: 60 }])
  await computeAll(db)
  expect(await ask({ measures: ['daily'] })).toEqual([{ daily: 60 }])
})

test('figures are removed by time, from the answers and from the disk, and can come again', async () => {
  const { save, ask, store } = await open()
  const sum = () => ask({ measures: ['daily'], dimensions: ['metric'] })
  await save({ ...VIEWS, value: 1 })
  await save(VIEWS, { ...VIEWS, date: '2026-01-06', value: 5 }, { ...VIEWS, metric: 'other' })
  await computeAll(db)
  const range = { from: Date.UTC(2026, 0, 5) / 1000, to: Date.UTC(2026, 0, 6) / 1000 }
  expect(await store.remove({ metric: 'views', ...range, source: 'nobody' })).toBe(0)
  expect(await store.remove({ metric: 'views', ...range })).toBe(1)
  const left = [
    { metric: 'other', daily: 10 },
    { metric: 'views', daily: 5 },
  ]
  expect(await sum()).toEqual(left)
  await computeAll(db)
  expect(await sum()).toEqual(left)
  expect(await rowsOf(db, `SELECT value, is_deleted FROM metric_values WHERE metric = 'views' ORDER BY value`)).toEqual(
    [
      { value: 0, is_deleted: 1 },
      { value: 5, is_deleted: 0 },
    ],
  )
  await save({ ...VIEWS, value: 2 })
  expect(await ask({ measures: ['daily'], filters: [{ dimension: 'metric', values: ['views'] }] })).toEqual([
    { daily: 7 },
  ])
})

test('metrics are listed, and people can read them by SQL', async () => {
  const { save, store } = await open()
  await save(VIEWS, {
    ...VIEWS,
    source: 'yt',
    time: '2026-01-07T10:30:00Z',
    date: undefined,
    dimensions: { title: 'x' },
  })
  expect(await store.list()).toEqual([
    {
      metric: 'views',
      grains: ['day', 'hour'],
      sources: ['', 'yt'],
      environments: ['production'],
      dimensions: ['channel', 'title'],
      figures: 2,
      first: '2026-01-05T00:00:00Z',
      last: '2026-01-07T10:00:00Z',
    },
  ])
  const view = `${db.readerConnection.database}.metric_values`
  expect(await rowsOf(db, `SELECT dimensions['title'] AS title, value FROM ${view} WHERE source = 'yt'`)).toEqual([
    { title: 'x', value: 10 },
  ])
})

/** The inserts of rows run by way of this function. */
function withInsert<T>(run: (insert: () => ReturnType<ClickHouseClient['exec']>) => Promise<T>): ClickHouseClient {
  return new Proxy(db.clickhouse, {
    get: (target, property, receiver) =>
      property === 'exec'
        ? (request: Parameters<ClickHouseClient['exec']>[0]) => run(() => target.exec(request))
        : Reflect.get(target, property, receiver),
  })
}
