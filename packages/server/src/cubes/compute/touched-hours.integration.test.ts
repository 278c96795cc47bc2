import { WEB_CUBE } from '@almanac/core/cubes/ready/web.ts'
import { Query, type QueryInput } from '@almanac/core/query/query.ts'
import { beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/support/engines.ts'
import type { TestLog } from '../../../test/support/log-of.ts'
import { useTestDatabase } from '../../../test/support/use-test-database.ts'
import { useTestLog } from '../../../test/support/use-test-log.ts'
import { runQuery } from '../../query/run-query.ts'
import type { CubeRegistry } from '../registry.ts'
import { computeAll, HIT, registryOf, store } from '../testing/cube-bench.ts'

// Queries over hours that are touched, and over the same ones when they are computed.

let db: TestDatabase
let testLog: TestLog
let registry: CubeRegistry

useTestDatabase((fresh) => {
  db = fresh
})
useTestLog((fresh) => {
  testLog = fresh
})
beforeEach(async () => {
  registry = await registryOf(db, [WEB_CUBE])
})

const ask = (query: QueryInput) =>
  runQuery(
    {
      pool: db.pool,
      clickhouse: db.clickhouse,
      registry,
      segmentFilters: async () => [],
      now: Date.now,
      freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }),
    },
    Query.parse(query),
  )
const DAY: QueryInput = { cube: 'web', measures: ['hits', 'visitors'], from: '2026-05-17', to: '2026-05-18' }

test('an hour is read from the raw events from the moment it is touched, and from the cube when it was computed', async () => {
  await store(db, testLog, [HIT])
  const touched = await ask(DAY)
  expect(touched.rows).toEqual([{ hits: 1, visitors: 1 }])
  expect(touched.meta.tables).toContain('events')
  await computeAll(db)
  const computed = await ask(DAY)
  expect(computed.rows).toEqual([{ hits: 1, visitors: 1 }])
  expect(computed.meta.tables).toEqual([registry.tables('web')[0]?.table])
})

test('a changed definition answers while it is built, and the old one helps', async () => {
  await store(db, testLog, [HIT])
  await computeAll(db)
  await registry.replace([{ ...WEB_CUBE, rollups: WEB_CUBE.rollups.slice(0, 2) }])
  expect((await ask(DAY)).rows).toEqual([{ hits: 1, visitors: 1 }])
  await store(db, testLog, [HIT])
  expect((await ask(DAY)).rows).toEqual([{ hits: 2, visitors: 1 }])
  await computeAll(db)
  await registry.refresh()
  expect((await ask(DAY)).rows).toEqual([{ hits: 2, visitors: 1 }])
})

test('a range that begins between quarters of an hour is right to the millisecond', async () => {
  const minute = (n: number) => ({ ...HIT, at: Date.UTC(2026, 4, 17, 10, n), visitor: String(n + 1) })
  await store(db, testLog, [0, 7, 8, 30, 59].map(minute))
  await computeAll(db)
  const range = { from: '2026-05-17T10:07:00.001Z', to: '2026-05-17T10:59:00Z' }
  expect((await ask({ ...DAY, ...range })).rows).toEqual([{ hits: 2, visitors: 2 }])
})

test('hours without events are points at zero', async () => {
  await store(db, testLog, [HIT])
  const { rows } = await ask({ ...DAY, grain: 'hour' })
  expect(rows).toHaveLength(24)
  expect(rows.filter(({ hits }) => hits === 0)).toHaveLength(23)
})

test('filters, order and limit say what is asked, touched or computed', async () => {
  await store(db, testLog, [
    { ...HIT, path: '/a' },
    { ...HIT, path: '/a', visitor: '2' },
    { ...HIT, path: '/b', status: 404 },
    { ...HIT, path: `/');DROP TABLE events;--`, status: 500 },
  ])
  for (let round = 0; round < 2; round++) {
    const by: QueryInput = { ...DAY, dimensions: ['path'], order: [{ by: 'hits' }] }
    expect((await ask({ ...by, limit: 1 })).rows).toEqual([{ path: '/a', hits: 2, visitors: 2 }])
    const errors = await ask({ ...by, filters: [{ dimension: 'status', values: [404] }] })
    expect(errors.rows).toMatchObject([{ path: '/b' }])
    const not = await ask({ ...by, filters: [{ dimension: 'path', op: 'not_in', values: ['/a', '/b'] }] })
    expect(not.rows).toMatchObject([{ path: `/');DROP%20TABLE%20events;--` }])
    const contains = await ask({ ...by, filters: [{ dimension: 'path', op: 'contains', values: ['DROP', '/b'] }] })
    expect(contains.rows).toHaveLength(2)
    await computeAll(db)
  }
})
