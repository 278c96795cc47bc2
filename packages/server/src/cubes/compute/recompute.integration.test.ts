import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import { beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/support/engines.ts'
import type { TestLog } from '../../../test/support/log-of.ts'
import { useTestDatabase } from '../../../test/support/use-test-database.ts'
import { useTestLog } from '../../../test/support/use-test-log.ts'
import { readCubeStatus } from '../cube-status.ts'
import type { CubeRegistry } from '../registry.ts'
import {
  computeAll,
  HIT,
  type Hit,
  registryOf,
  rowsOf,
  settledFigures,
  snapshotOf,
  store,
  touchedCount,
} from '../testing/cube-bench.ts'
import { testCube } from '../testing/test-cube.ts'
import { AT_ONCE } from './pending-buckets.ts'
import { recomputeTouched } from './recompute.ts'

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
  registry = await registryOf(db, [testCube()])
})

const storeHits = (...hits: Hit[]) => store(db, testLog, hits)
const table = () => registry.tables('hits')[0]?.table
const hoursOf = async () =>
  (await settledFigures(db, registry, 'hits', 'hour', ['hits', 'visitors'])).filter(({ rollup }) => rollup === 0)

test('each rollup has its own figures, at every level', async () => {
  await storeHits(HIT, { ...HIT, path: '/a', status: 404, visitor: '2', bytes: 30 }, { ...HIT, path: '/a', bytes: 5 })
  await computeAll(db)
  const measures = ['hits', 'errors', 'visitors', 'bytes', 'largest', 'size', 'names', 'last_bytes']
  for (const level of ['hour', 'day', 'month'] as const) {
    const rows = await settledFigures(db, registry, 'hits', level, measures)
    const all = { hits: 3, errors: 1, visitors: 2, bytes: 45, largest: 30, size: 15, names: 2 }
    // The second rollup keeps persons and names by the day.
    const [one, two] = level === 'hour' ? [0, 0] : [1, 2]
    expect(rows).toMatchObject([
      { rollup: 0, d_path: '', d_status: 0, ...all },
      { rollup: 1, d_path: '/', hits: 1, visitors: one, bytes: 10, largest: 10, names: one, last_bytes: 10 },
      { rollup: 1, d_path: '/a', hits: 2, errors: 1, visitors: two, bytes: 35, largest: 30, size: 17.5, names: one },
      { rollup: 2, d_path: '/', d_status: 200, hits: 1, errors: 0 },
      { rollup: 2, d_path: '/a', d_status: 200, hits: 1, errors: 0 },
      { rollup: 2, d_path: '/a', d_status: 404, hits: 1, errors: 1 },
    ])
  }
})

test('an hour counts in the cube from the moment that it was computed, until it is touched again', async () => {
  await storeHits(HIT)
  expect(await touchedCount(db)).toEqual({ hour: 1, day: 0, month: 0 })
  await computeAll(db)
  expect(await touchedCount(db)).toEqual({ hour: 0, day: 0, month: 0 })
  expect(await hoursOf()).toMatchObject([{ hits: 1, visitors: 1 }])
  await storeHits(HIT)
  expect(await hoursOf()).toEqual([])
  await computeAll(db)
  expect(await hoursOf()).toMatchObject([{ hits: 2, visitors: 1 }])
})

test('a day and a month are touched in the moment in which an hour of theirs counts', async () => {
  await storeHits(HIT)
  await computeAll(db)
  await storeHits(HIT)
  // Only the hours: the first run computes no days, since those were not touched yet when it looked.
  const [hour] = await levelsOf('hour')
  expect(await recomputeTouched(withoutDays(), AT_ONCE).catch((error) => error.message)).toBe('killed')
  expect(await levelsOf('hour')).not.toEqual([hour])
  expect(await touchedCount(db)).toEqual({ hour: 0, day: 1, month: 0 })
})

const levelsOf = async (level: string) =>
  (
    await rowsOf<{ version: number }>(
      db,
      `SELECT DISTINCT version FROM ${table()} WHERE level = '${level}' ORDER BY version DESC LIMIT 1`,
    )
  ).map(({ version }) => version)

/** Dies before the first day is written. */
const withoutDays = () => ({ pool: db.pool, clickhouse: dyingAt(db.clickhouse, /'day'/) })

function dyingAt(clickhouse: ClickHouseClient, pattern: RegExp, { after = false } = {}): ClickHouseClient {
  return new Proxy(clickhouse, {
    get: (target, property, receiver) => {
      if (property !== 'command' && property !== 'query') return Reflect.get(target, property, receiver)
      return async (request: { query: string }) => {
        const isIt = pattern.test(request.query)
        if (isIt && !after) throw new Error('killed')
        const result = property === 'command' ? await target.command(request) : await target.query(request)
        if (isIt) throw new Error('killed')
        return result
      }
    },
  }) as ClickHouseClient
}

type AnyQuery = (...args: unknown[]) => Promise<unknown>

function dyingPool(pool: Pool, pattern: RegExp, { after = false } = {}): Pool {
  const mortal =
    (query: AnyQuery): AnyQuery =>
    async (...args) => {
      const isIt = pattern.test(String(args[0]))
      if (isIt && !after) throw new Error('killed')
      const result = await query(...args)
      if (isIt) throw new Error('killed')
      return result
    }
  const mortalClient = async () => {
    const client = await pool.connect()
    const query = mortal(client.query.bind(client) as AnyQuery)
    return Object.assign(Object.create(client), { query, release: (destroy?: boolean) => client.release(destroy) })
  }
  const query = mortal(pool.query.bind(pool) as AnyQuery)
  return Object.assign(Object.create(pool), { query, connect: mortalClient })
}

test.each([
  { step: 'numbers are given away', engine: /INSERT INTO person_numbers/ },
  { step: 'numbers are given away', engine: /INSERT INTO person_numbers/, after: true },
  { step: 'the version is new', postgres: /UPDATE cube_clock/, after: true },
  { step: 'hours are written', engine: /INSERT INTO cube_.*'hour'/s },
  { step: 'hours are written', engine: /INSERT INTO cube_.*'hour'/s, after: true },
  { step: 'the version counts', postgres: /UPDATE cube_buckets b SET computed/ },
  { step: 'days are touched', postgres: /DO UPDATE SET touched/ },
  { step: 'days are written', engine: /INSERT INTO cube_.*'day'/s },
  { step: 'days are written', engine: /INSERT INTO cube_.*'day'/s, after: true },
  { step: 'months are written', engine: /INSERT INTO cube_.*'month'/s, after: true },
])(
  'a run that dies when $step (after: $after) leaves nothing that counts',
  async ({ engine, postgres, after = false }) => {
    await storeHits(HIT)
    await computeAll(db)
    await storeHits({ ...HIT, visitor: '2' }, { ...HIT, at: HIT.at + 86_400_000, visitor: '2' })
    const dying = {
      pool: postgres ? dyingPool(db.pool, postgres, { after }) : db.pool,
      clickhouse: engine ? dyingAt(db.clickhouse, engine, { after }) : db.clickhouse,
    }
    await expect(computeAll(dying)).rejects.toThrow('killed')
    for (const { start, hits } of await hoursOf())
      expect(hits).toBe(start === Math.floor(HIT.at / 3_600_000) * 3600 ? 2 : 1)
    await computeAll(db)
    expect(await hoursOf()).toMatchObject([
      { hits: 2, visitors: 2 },
      { hits: 1, visitors: 1 },
    ])
    const months = await settledFigures(db, registry, 'hits', 'month', ['hits', 'visitors'])
    expect(months[0]).toMatchObject({ rollup: 0, hits: 3, visitors: 2 })
  },
)

test('an hour that is touched while it is computed stays touched, and its new rows never count', async () => {
  await storeHits(HIT)
  let isLate = true
  const clickhouse = new Proxy(db.clickhouse, {
    get: (target, property, receiver) => {
      if (property !== 'command') return Reflect.get(target, property, receiver)
      return async (...args: Parameters<typeof target.command>) => {
        const result = await target.command(...args)
        if (isLate && /INSERT INTO cube_/.test(args[0].query)) {
          isLate = false
          await storeHits({ ...HIT, visitor: '2' })
        }
        return result
      }
    },
  })
  await recomputeTouched({ pool: db.pool, clickhouse }, AT_ONCE)
  expect(await hoursOf()).toEqual([])
  expect((await touchedCount(db)).hour).toBe(1)
  await computeAll(db)
  expect(await hoursOf()).toMatchObject([{ hits: 2, visitors: 2 }])
})

test('replaced rows are deleted after a grace, and then forgotten', async () => {
  await storeHits(HIT)
  await computeAll(db)
  await storeHits(HIT)
  await computeAll(db)
  const versions = () => rowsOf(db, `SELECT DISTINCT level, version FROM ${table()}`)
  expect(await versions()).toHaveLength(6)
  await db.pool.query(`UPDATE cube_garbage SET since = now() - interval '61 seconds'`)
  await computeAll(db)
  expect(await versions()).toHaveLength(6)
  await db.pool.query(`UPDATE cube_garbage SET since = now() - interval '2 minutes'`)
  await computeAll(db)
  expect(await versions()).toHaveLength(3)
  expect((await db.pool.query('SELECT FROM cube_garbage')).rowCount).toBe(0)
  expect(await hoursOf()).toMatchObject([{ hits: 2, visitors: 1 }])
})

test('rows of a version that was taken for that of a dead run cannot be made to count', async () => {
  await storeHits(HIT)
  const clickhouse = new Proxy(db.clickhouse, {
    get: (target, property, receiver) => {
      if (property !== 'command') return Reflect.get(target, property, receiver)
      return async (...args: Parameters<typeof target.command>) => {
        const result = await target.command(...args)
        if (/INSERT INTO cube_/.test(args[0].query)) await db.pool.query('DELETE FROM cube_garbage')
        return result
      }
    },
  })
  await expect(recomputeTouched({ pool: db.pool, clickhouse }, AT_ONCE)).rejects.toThrow(
    'another one has taken its place',
  )
  expect(await hoursOf()).toEqual([])
})

test('a paused cube is not computed, and goes on where it was', async () => {
  await storeHits(HIT)
  await db.pool.query('UPDATE cube_tables SET paused = true')
  expect(await computeAll(db)).toBe(0)
  expect(await hoursOf()).toEqual([])
  await db.pool.query('UPDATE cube_tables SET paused = false')
  expect(await computeAll(db)).toBe(3)
  expect(await hoursOf()).toMatchObject([{ hits: 1 }])
})

test('an hour that gets events all the time is left alone until it is quiet, the running one for longer', async () => {
  const patience = { ...AT_ONCE, hourQuietSeconds: 60, runningHourSeconds: 600 }
  const now = Date.now()
  await storeHits(HIT, { ...HIT, at: now })
  expect(await recomputeTouched(db, patience)).toBe(0)
  await db.pool.query(`UPDATE cube_buckets SET touched_at = now() - interval '2 minutes'`)
  expect(await recomputeTouched(db, patience)).toBeGreaterThanOrEqual(2)
  expect(await hoursOf()).toHaveLength(2)

  await storeHits(HIT, { ...HIT, at: now })
  await db.pool.query(`UPDATE cube_buckets SET touched_at = now() - interval '2 minutes'`)
  await recomputeTouched(db, patience)
  const { touched } = await snapshotOf(db, registry.tables('hits')[0]?.id as number)
  expect(touched.hour).toEqual([Math.floor(now / 3_600_000) * 3600])
})

test('a cube that cannot be computed says why, is tried again later, and does not stop the others', async () => {
  await registry.replace([testCube(), testCube({ name: 'other' })])
  await storeHits(HIT)
  const clickhouse = dyingAt(db.clickhouse, /INSERT INTO cube_hits/)
  const patience = { ...AT_ONCE, retrySeconds: 60 }
  await expect(recomputeTouched({ pool: db.pool, clickhouse }, patience)).rejects.toThrow('killed')
  expect(await settledFigures(db, registry, 'other', 'hour', ['hits'])).not.toEqual([])
  const status = async () => (await readCubeStatus(db.pool, db.clickhouse)).map(({ name, reason }) => [name, reason])
  expect(await status()).toEqual([
    ['hits', 'The query failed: killed'],
    ['other', undefined],
  ])
  expect(await recomputeTouched(db, patience)).toBe(0)
  await db.pool.query('UPDATE cube_tables SET retry_at = now()')
  expect(await recomputeTouched(db, patience)).toBe(3)
  expect(await status()).toContainEqual(['hits', undefined])
})

test('a run that is told to stop ends, and what it wrote does not count', async () => {
  await storeHits(HIT)
  const stopping = new AbortController()
  const clickhouse = new Proxy(db.clickhouse, {
    get: (target, property, receiver) => {
      if (property !== 'command') return Reflect.get(target, property, receiver)
      return async (...args: Parameters<typeof target.command>) => {
        const running = target.command(...args)
        if (/INSERT INTO cube_/.test(args[0].query)) stopping.abort(new Error('stopped'))
        return running
      }
    },
  })
  const run = recomputeTouched({ pool: db.pool, clickhouse, signal: stopping.signal }, AT_ONCE)
  await expect(run).rejects.toThrow()
  expect(await hoursOf()).toEqual([])
  await computeAll(db)
  expect(await hoursOf()).toMatchObject([{ hits: 1 }])
})
