import { randomInt, randomUUID } from 'node:crypto'
import { WEB_CUBE } from '@almanac/core/cubes/web.ts'
import { Query, type QueryInput } from '@almanac/core/query/query.ts'
import { startOfBucket } from '@almanac/core/time/buckets.ts'
import type { Grain } from '@almanac/core/time/grain.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { openTestLog, type TestLog } from '../../test/support/log-of.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import type { CollectedEvent } from '../collect/collected-event.ts'
import { createVisitors } from '../collect/visitor.ts'
import { createLinkFinder } from '../identity/event-links.ts'
import { ingestLog } from '../ingest/ingest-log.ts'
import { recomputeTouched } from './recompute.ts'
import { runQuery } from './run-query.ts'

let db: TestDatabase
let testLog: TestLog

useTestDatabase((fresh) => {
  db = fresh
})
beforeEach(async () => {
  testLog = await openTestLog()
})
afterEach(async () => {
  await testLog.close()
})

const ask = (query: QueryInput) =>
  runQuery(
    { pool: db.pool, clickhouse: db.clickhouse, freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }) },
    Query.parse(query),
  )
const recompute = () => recomputeTouched({ pool: db.pool, clickhouse: db.clickhouse }, WEB_CUBE, 0)

async function store(events: readonly CollectedEvent[]): Promise<void> {
  await testLog.append(events)
  const end = testLog.log.durableEnd
  const failures: unknown[] = []
  await ingestLog(
    {
      logDirectory: testLog.directory,
      logId: testLog.log.id,
      pool: db.pool,
      clickhouse: db.clickhouse,
      cubes: ['web'],
      linkFinder: createLinkFinder(createVisitors(Buffer.alloc(32), { kind: 'stable' })),
      waitForLog: async (position) => (position < end ? end : undefined),
      onBatch: () => {},
      onTrouble: (error) => failures.push(error),
    },
    new AbortController().signal,
  )
  expect(failures).toEqual([])
}

interface Hit {
  readonly at: number
  readonly path: string
  readonly status: number
  readonly visitor: string
  readonly bytes: number
}
const eventOf = ({ visitor, path, ...hit }: Hit): CollectedEvent => ({
  id: randomUUID(),
  name: 'page_view',
  url: path,
  visitor,
  visitorKind: 'anonymous',
  ...hit,
})

// A reference in a few lines: what the answer has to be, from the events themselves.
function expected(
  hits: readonly Hit[],
  zone: string,
  grain: Grain | undefined,
  from: string,
  to: string,
  byPath: boolean,
) {
  const start = Temporal.PlainDate.from(from).toZonedDateTime({ timeZone: zone }).epochMilliseconds
  const end = Temporal.PlainDate.from(to).toZonedDateTime({ timeZone: zone }).epochMilliseconds
  const inRange = hits.filter(({ at }) => at >= start && at < end)
  const groups = Map.groupBy(inRange, ({ at, path }) => {
    const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
    const time = grain && startOfBucket(moment, grain, 1).toString({ timeZoneName: 'never', smallestUnit: 'second' })
    return JSON.stringify([time, byPath ? path : undefined])
  })
  return new Map(
    [...groups].map(([key, group]) => [
      key,
      {
        hits: group.length,
        visitors: new Set(group.map(({ visitor }) => visitor)).size,
        bytes: group.reduce((sum, { bytes }) => sum + bytes, 0),
        errors: group.filter(({ status }) => status >= 400).length,
      },
    ]),
  )
}

test('random events give the reference’s figures in every zone and grain, computed, touched or half of each', async () => {
  const seed = Number(process.env.SEED ?? randomInt(1e9))
  console.log(`seed ${seed}`)
  const random = mulberry32(seed)
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  const day = Date.UTC(2026, 2, 27)
  const some = (count: number): Hit[] =>
    Array.from({ length: count }, () => ({
      at: day + Math.floor(random() * 10 * 86_400_000),
      path: pick(['/', '/a', '/b?x=1'.slice(0, 2), '/é😀']),
      status: pick([200, 200, 200, 301, 404, 500]),
      visitor: String(Math.floor(random() * 40) + 1),
      bytes: Math.floor(random() * 1000),
    }))

  const hits: Hit[] = []
  for (const round of ['all computed', 'some touched again', 'all touched']) {
    const more = some(400)
    hits.push(...more)
    await store(more.map(eventOf))
    if (round === 'all computed') expect(await recompute()).toBeGreaterThan(0)
    if (round === 'some touched again') {
      await recompute()
      const late = some(15)
      hits.push(...late)
      await store(late.map(eventOf))
    }
    for (let n = 0; n < 40; n++) {
      const zone = pick(['UTC', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/New_York', 'Europe/Berlin'])
      const grain = pick<Grain | undefined>(['hour', 'day', 'week', 'month', undefined])
      const byPath = random() < 0.4
      const from = pick(['2026-03-26', '2026-03-28', '2026-03-30'])
      const to = pick(['2026-04-02', '2026-04-07'])
      const query = { cube: 'web', from, to, timezone: zone, measures: ['hits', 'visitors', 'bytes', 'errors'] }
      const dimensions = byPath ? ['path'] : []
      const { rows } = await ask({ ...query, dimensions, ...(grain && { grain }) })
      const got = new Map(
        rows
          .filter(({ hits }) => Number(hits) > 0)
          .map(({ time, path, ...values }) => [JSON.stringify([time, path]), values]),
      )
      const want = expected(hits, zone, grain, from, to, byPath)
      expect(Object.fromEntries(got), `seed ${seed}, ${round}, ${zone}, ${grain}, ${from} to ${to}`).toEqual(
        Object.fromEntries(want),
      )
    }
  }
})

const HIT: Hit = { at: Date.UTC(2026, 4, 17, 10, 20), path: '/', status: 200, visitor: '1', bytes: 10 }
const DAY: QueryInput = { cube: 'web', measures: ['hits', 'visitors'], from: '2026-05-17', to: '2026-05-18' }

test('an hour is read from the raw events from the moment it is touched, and from the cube when it was computed', async () => {
  await store([eventOf(HIT)])
  const touched = await ask(DAY)
  expect(touched).toMatchObject({ rows: [{ hits: 1, visitors: 1 }], meta: { tables: ['cube_web', 'events'] } })
  await recompute()
  const computed = await ask(DAY)
  expect(computed).toMatchObject({ rows: [{ hits: 1, visitors: 1 }], meta: { tables: ['cube_web'] } })
})

test('a hour that is touched while it is computed stays touched', async () => {
  await store([eventOf(HIT)])
  const late = eventOf({ ...HIT, visitor: '2' })
  let isLate = true
  const clickhouse = new Proxy(db.clickhouse, {
    get: (target, property, receiver) => {
      if (property !== 'command') return Reflect.get(target, property, receiver)
      return async (...args: Parameters<typeof target.command>) => {
        const result = await target.command(...args)
        if (isLate) {
          isLate = false
          await store([late])
        }
        return result
      }
    },
  })
  await recomputeTouched({ pool: db.pool, clickhouse }, WEB_CUBE, 0)
  expect(await ask(DAY)).toMatchObject({ rows: [{ hits: 2 }], meta: { tables: ['cube_web', 'events'] } })
  await recompute()
  expect(await ask(DAY)).toMatchObject({ rows: [{ hits: 2 }], meta: { tables: ['cube_web'] } })
})

test('a recomputation that dies half-way leaves nothing that counts', async () => {
  await store([eventOf(HIT)])
  const dying = new Proxy(db.pool, {
    get: (target, property, receiver) => {
      if (property !== 'query') return Reflect.get(target, property, receiver)
      return async (...args: [string]) => {
        if (String(args[0]).includes('UPDATE cube_hours')) throw new Error('killed')
        return target.query(...args)
      }
    },
  })
  await expect(recomputeTouched({ pool: dying, clickhouse: db.clickhouse }, WEB_CUBE, 0)).rejects.toThrow('killed')
  expect(await ask(DAY)).toMatchObject({ rows: [{ hits: 1 }] })
  await recompute()
  expect(await ask(DAY)).toMatchObject({ rows: [{ hits: 1 }], meta: { tables: ['cube_web'] } })
})

test('replaced rows are deleted after a grace, and then forgotten', async () => {
  await store([eventOf(HIT)])
  await recompute()
  await store([eventOf(HIT)])
  await recompute()
  const count = async (table: string) => {
    const result = await db.clickhouse.query({ query: `SELECT count() AS n FROM ${table}`, format: 'JSONEachRow' })
    return Number((await result.json<{ n: string }>())[0]?.n)
  }
  expect(await count('cube_web')).toBe(2)
  expect(await ask(DAY)).toMatchObject({ rows: [{ hits: 2, visitors: 1 }] })
  await db.pool.query(`UPDATE cube_garbage SET since = now() - interval '2 minutes'`)
  await recompute()
  expect(await count('cube_web')).toBe(1)
  expect((await db.pool.query('SELECT FROM cube_garbage')).rowCount).toBe(0)
  expect(await ask(DAY)).toMatchObject({ rows: [{ hits: 2, visitors: 1 }], meta: { tables: ['cube_web'] } })
})

test('a range that begins between quarters of an hour is right to the millisecond', async () => {
  const minute = (n: number) => ({ ...HIT, at: Date.UTC(2026, 4, 17, 10, n), visitor: String(n + 1) })
  await store([0, 7, 8, 30, 59].map(minute).map(eventOf))
  await recompute()
  const range = { from: '2026-05-17T10:07:00.001Z', to: '2026-05-17T10:59:00Z' }
  expect((await ask({ ...DAY, ...range })).rows).toEqual([{ hits: 2, visitors: 2 }])
})

test('hours without events are points at zero', async () => {
  await store([eventOf(HIT)])
  const { rows } = await ask({ ...DAY, grain: 'hour' })
  expect(rows).toHaveLength(24)
  expect(rows.filter(({ hits }) => hits === 0)).toHaveLength(23)
})

test('filters, order and limit say what is asked', async () => {
  const hits = [
    { ...HIT, path: '/a' },
    { ...HIT, path: '/a', visitor: '2' },
    { ...HIT, path: '/b', status: 404 },
    { ...HIT, path: `/');DROP TABLE events;--`, status: 500 },
  ]
  await store(hits.map(eventOf))
  for (let round = 0; round < 2; round++) {
    const by = { ...DAY, dimensions: ['path'] }
    expect((await ask({ ...by, limit: 1 })).rows).toEqual([{ path: '/a', hits: 2, visitors: 2 }])
    expect((await ask({ ...by, filters: [{ dimension: 'status', values: ['404'] }] })).rows).toMatchObject([
      { path: '/b' },
    ])
    const not = await ask({ ...by, filters: [{ dimension: 'path', op: 'not_in', values: ['/a', '/b'] }] })
    expect(not.rows).toMatchObject([{ path: `/');DROP TABLE events;--` }])
    const contains = await ask({ ...by, filters: [{ dimension: 'path', op: 'contains', values: ['DROP', '/b'] }] })
    expect(contains.rows).toHaveLength(2)
    await recompute()
  }
})

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
