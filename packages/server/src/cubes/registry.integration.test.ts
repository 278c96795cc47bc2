import { expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import type { TestLog } from '../../test/support/log-of.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { useTestLog } from '../../test/support/use-test-log.ts'
import { openPostgres } from '../postgres/client.ts'
import { inTransaction } from '../postgres/in-transaction.ts'
import { AT_ONCE } from './compute/pending-buckets.ts'
import { recomputeTouched } from './compute/recompute.ts'
import { dropRetired } from './register-cubes.ts'
import { openRegistry } from './registry.ts'
import { computeAll, HIT, registerDeps, registryOf, rowsOf, settledFigures, store } from './testing/cube-bench.ts'
import { countMeasure, testCube } from './testing/test-cube.ts'
import { touchHours } from './touch-hours.ts'

let db: TestDatabase
let testLog: TestLog

useTestDatabase((fresh) => {
  db = fresh
})
useTestLog((fresh) => {
  testLog = fresh
})

const storeHits = (count: number) =>
  store(
    db,
    testLog,
    Array.from({ length: count }, () => HIT),
  )
const CHANGED = testCube({ measures: { redirects: countMeasure('Redirects', 'status = 301') } })
const BROKEN = testCube({ name: 'broken', measures: { nothing: countMeasure('Nothing', 'no_such_column = 1') } })
const states = async () =>
  (await db.pool.query('SELECT name, state FROM cube_tables ORDER BY id')).rows.map(
    ({ name, state }) => `${name} ${state}`,
  )
const engineTables = () =>
  rowsOf<{ name: string }>(
    db,
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND name LIKE 'cube_%'`,
  )
const later = () =>
  db.pool.query(`UPDATE cube_tables SET retired_at = now() - interval '1 hour' WHERE state = 'retired'`)

test('a cube that is registered has its table, and what was there before is touched', async () => {
  await storeHits(2)
  const registry = await registryOf(db, [testCube()])
  expect(registry.definitions()).toEqual([testCube()])
  expect(registry.tables('hits')).toMatchObject([{ table: expect.stringMatching(/^cube_hits_[0-9a-f]{8}$/) }])
  expect(registry.namesOf('events')).toEqual(['hits'])
  expect(registry.namesOf('visits')).toEqual([])
  await computeAll(db)
  expect((await settledFigures(db, registry, 'hits', 'hour', ['hits']))[0]).toMatchObject({ hits: 2 })
  expect(await states()).toEqual(['hits serving'])
})

test('a name that there is not is refused with those that there are', async () => {
  const registry = await registryOf(db, [testCube(), testCube({ name: 'other' })])
  expect(() => registry.definition('hit')).toThrow('there is no cube "hit": expected one of hits, other')
})

test('another label keeps the table, and dimensions keep their order', async () => {
  const registry = await registryOf(db, [testCube()])
  const [table] = registry.tables('hits')
  await registry.replace([{ ...testCube(), label: 'Requests' }])
  expect(registry.tables('hits')).toMatchObject([{ id: table?.id, table: table?.table }])
  expect(registry.definition('hits').label).toBe('Requests')
  expect(Object.keys(registry.definition('hits').dimensions)).toEqual(['environment', 'path', 'status', 'hour_of_day'])
})

test('a changed definition is built beside the old one, which serves meanwhile and goes after a grace', async () => {
  await storeHits(1)
  const registry = await registryOf(db, [testCube()])
  await computeAll(db)
  await registry.replace([CHANGED])
  expect(await states()).toEqual(['hits serving', 'hits building'])
  const [newer, older] = registry.tables('hits')
  expect(newer?.definition.measures.redirects).toBeDefined()
  expect(older?.definition.measures.redirects).toBeUndefined()
  expect(registry.definition('hits')).toEqual(CHANGED)

  // What arrives meanwhile touches both.
  await storeHits(1)
  const { rows } = await db.pool.query('SELECT cube_id FROM cube_buckets WHERE touched <> computed ORDER BY cube_id')
  expect(rows.map(({ cube_id }) => cube_id)).toEqual([older?.id, newer?.id])

  await computeAll(db)
  expect(await states()).toEqual(['hits retired', 'hits serving'])
  await registry.refresh()
  expect(registry.tables('hits').map(({ id }) => id)).toEqual([newer?.id])
  await dropRetired(registerDeps(db))
  expect(await engineTables()).toHaveLength(2)
  await later()
  await dropRetired(registerDeps(db))
  expect(await engineTables()).toEqual([{ name: newer?.table }])
  expect(await states()).toEqual(['hits serving'])
})

test('a table that was retired is still touched, for a server that has not heard of it', async () => {
  const registry = await registryOf(db, [testCube()])
  const [old] = registry.tables('hits')
  await registry.replace([])
  expect(registry.definitions()).toEqual([])
  await inTransaction(db.pool, (client) => touchHours(client, { table: 'events', hours: [3600] }))
  expect((await db.pool.query('SELECT cube_id FROM cube_buckets')).rows).toEqual([{ cube_id: old?.id }])
})

test('going back to a definition that was given up goes on with its table', async () => {
  await storeHits(1)
  const registry = await registryOf(db, [testCube()])
  const [first] = registry.tables('hits')
  await computeAll(db)
  await registry.replace([CHANGED])
  await computeAll(db)
  await storeHits(1)
  await registry.replace([testCube()])
  expect(registry.tables('hits')[0]?.id).toBe(first?.id)
  await computeAll(db)
  expect(await states()).toEqual(['hits serving', 'hits retired'])
  await registry.refresh()
  for (const level of ['hour', 'day', 'month'] as const) {
    expect((await settledFigures(db, registry, 'hits', level, ['hits']))[0]).toMatchObject({ hits: 2 })
  }
})

test('a definition that the engine refuses says why, and the others are made', async () => {
  await storeHits(1)
  const registry = await registryOf(db, [BROKEN, testCube()])
  expect(registry.definitions()).toEqual([testCube()])
  expect(registry.failures()).toEqual([{ name: 'broken', reason: expect.stringContaining('no_such_column') }])
  expect(() => registry.definition('broken')).toThrow(/the cube "broken" could not be made: .*no_such_column/)
  expect(await engineTables()).toHaveLength(1)
  await registry.replace([testCube({ name: 'broken' }), testCube()])
  expect(registry.failures()).toEqual([])
  expect(registry.definitions().map(({ name }) => name)).toEqual(['broken', 'hits'])
})

test('a definition that is changed for the worse leaves the one before in force', async () => {
  const registry = await registryOf(db, [testCube()])
  await computeAll(db)
  await registry.replace([{ ...BROKEN, name: 'hits' }])
  expect(registry.definition('hits')).toEqual(testCube())
  expect(registry.failures()).toHaveLength(1)
})

test('two servers that start at once end with one table of each cube', async () => {
  await storeHits(1)
  const other = openPostgres(db.postgresUrl)
  try {
    const registries = await Promise.all([
      registryOf(db, [testCube(), testCube({ name: 'other' })]),
      registryOf({ ...db, pool: other.pool }, [testCube(), testCube({ name: 'other' })]),
    ])
    expect(await states()).toEqual(['hits building', 'other building'])
    await Promise.all([computeAll(db), computeAll({ ...db, pool: other.pool })])
    await computeAll(db)
    for (const registry of registries) {
      await registry.refresh()
      expect((await settledFigures(db, registry, 'hits', 'hour', ['hits']))[0]).toMatchObject({ hits: 1 })
    }
  } finally {
    await other.close()
  }
})

test.each([
  { step: 'the table is made', pattern: /CREATE TABLE/, after: false },
  { step: 'the table is made', pattern: /CREATE TABLE/, after: true },
  { step: 'the hours are read', pattern: /SELECT DISTINCT/, after: true },
])('a registration that dies when $step (after: $after) is finished by the next one', async ({ pattern, after }) => {
  await storeHits(1)
  const clickhouse = new Proxy(db.clickhouse, {
    get: (target, property, receiver) => {
      if (property !== 'command' && property !== 'query') return Reflect.get(target, property, receiver)
      return async (request: { query: string }) => {
        if (pattern.test(request.query) && !after) throw new TypeError('killed')
        const result = property === 'command' ? await target.command(request) : await target.query(request)
        if (pattern.test(request.query)) throw Object.assign(new Error('ECONNRESET'), { code: 'ECONNRESET' })
        return result
      }
    },
  })
  const dying = await openRegistry({ ...registerDeps(db), clickhouse })
  await dying.replace([testCube()]).catch(() => undefined)
  const registry = await registryOf(db, [testCube()])
  expect(await states()).toEqual(['hits building'])
  await computeAll(db)
  expect((await settledFigures(db, registry, 'hits', 'hour', ['hits']))[0]).toMatchObject({ hits: 1 })
})

test('an hour that is hot does not keep a new table from taking over', async () => {
  await storeHits(1)
  const registry = await registryOf(db, [testCube()])
  await computeAll(db)
  await registry.replace([CHANGED])
  const now = Date.now()
  const touchNow = () => store(db, testLog, [{ ...HIT, at: now }])
  await touchNow()
  const patience = { ...AT_ONCE, hourQuietSeconds: 3600 }
  await recomputeTouched(db, patience)
  expect(await states()).toEqual(['hits serving', 'hits building'])
  await db.pool.query(
    `UPDATE cube_buckets SET touched_at = now() - interval '2 hours' WHERE bucket < now() - interval '1 day'`,
  )
  for (let turn = 0; turn < 4; turn++) await recomputeTouched(db, patience)
  expect(await states()).toEqual(['hits retired', 'hits serving'])
})
