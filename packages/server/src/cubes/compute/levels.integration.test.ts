import { randomInt } from 'node:crypto'
import type { Level } from '@almanac/core/cubes/cube-state.ts'
import { randomNumbers } from '@almanac/core/random-numbers.ts'
import { expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/support/engines.ts'
import type { TestLog } from '../../../test/support/log-of.ts'
import { useTestDatabase } from '../../../test/support/use-test-database.ts'
import { useTestLog } from '../../../test/support/use-test-log.ts'
import type { CubeRegistry } from '../registry.ts'
import {
  computeAll,
  HIT,
  type Hit,
  registryOf,
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

useTestDatabase((fresh) => {
  db = fresh
})
useTestLog((fresh) => {
  testLog = fresh
})

const MEASURES = ['hits', 'errors', 'visitors', 'bytes', 'largest', 'names'] as const

/** What has to be there, from the hits themselves. */
function expectedFigures(hits: readonly Hit[], zone: string, level: Level): Map<string, object> {
  const startOf = ({ at }: Hit) => {
    const hour = Math.floor(at / 3_600_000) * 3600
    if (level === 'hour') return hour
    const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate()
    return (level === 'day' ? date : date.with({ day: 1 })).toZonedDateTime(zone).epochMilliseconds / 1000
  }
  const keysOf = (hit: Hit) => [
    [0, startOf(hit), '', 0],
    [1, startOf(hit), hit.path, 0],
    [2, startOf(hit), hit.path, hit.status],
  ]
  const groups = Map.groupBy(
    hits.flatMap((hit) => keysOf(hit).map((key) => ({ hit, key: JSON.stringify(key) }))),
    ({ key }) => key,
  )
  return new Map(
    [...groups].map(([key, entries]) => {
      const group = entries.map(({ hit }) => hit)
      const errors = group.filter(({ status }) => status >= 400).length
      if (key.startsWith('[2')) return [key, { hits: group.length, errors }]
      const sizes = group.map(({ bytes }) => bytes)
      const visitors = new Set(group.map(({ visitor }) => visitor)).size
      const names = new Set(group.map(({ path }) => path)).size
      const bytes = sizes.reduce((sum, size) => sum + size, 0)
      // The second rollup keeps what is a state by the day alone.
      const states = level === 'hour' && key.startsWith('[1') ? { visitors: 0, names: 0 } : { visitors, names }
      return [key, { hits: group.length, errors, bytes, largest: Math.max(...sizes), ...states }]
    }),
  )
}

async function foundFigures(registry: CubeRegistry, level: Level): Promise<Map<string, object>> {
  const rows = await settledFigures(db, registry, 'hits', level, MEASURES)
  return new Map(
    rows.map((row) => {
      const { rollup, start, d_path, d_status, hits, errors, visitors, bytes, largest, names } = row
      const key = JSON.stringify([rollup, start, d_path, d_status])
      return [key, rollup === 2 ? { hits, errors } : { hits, errors, visitors, bytes, largest, names }]
    }),
  )
}

test.each([
  { zone: 'UTC', around: '2026-02-26' },
  { zone: 'Asia/Kathmandu', around: '2026-02-26' },
  { zone: 'Europe/Berlin', around: '2026-03-27' },
  { zone: 'America/New_York', around: '2026-10-30' },
  { zone: 'Australia/Lord_Howe', around: '2026-04-02' },
  { zone: 'Pacific/Apia', around: '2011-12-28' },
])('hours, days and months of $zone are what the raw rows say, after any touches', async ({ zone, around }) => {
  const seed = Number(process.env.SEED ?? randomInt(1e9))
  console.log(`seed ${seed}`)
  const random = randomNumbers(seed)
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  const registry = await registryOf(db, [testCube({ timezone: zone })])
  const first = Temporal.PlainDate.from(around).toZonedDateTime('UTC').epochMilliseconds
  const hits: Hit[] = []
  for (const count of [150, 20, 3]) {
    const more = Array.from({ length: count }, () => ({
      at: first + Math.floor(random() * 6 * 86_400_000),
      path: pick(['/', '/a', '/é😀']),
      status: pick([200, 301, 404]),
      visitor: String(Math.floor(random() * 30) + 1),
      bytes: Math.floor(random() * 1000),
    }))
    hits.push(...more)
    await store(db, testLog, more)
    await computeAll(db)
    expect(await touchedCount(db), `seed ${seed}`).toEqual({ hour: 0, day: 0, month: 0 })
    for (const level of ['hour', 'day', 'month'] as const) {
      const [found, expected] = [await foundFigures(registry, level), expectedFigures(hits, zone, level)]
      expect(Object.fromEntries(found), `seed ${seed}, ${level}`).toEqual(Object.fromEntries(expected))
    }
  }
})

test('a day is made when all of its hours are, and a month when all of its days are', async () => {
  const registry = await registryOf(db, [testCube()])
  const id = registry.tables('hits')[0]?.id as number
  const later = { ...HIT, at: HIT.at + 3_600_000 }
  const otherDay = { ...HIT, at: HIT.at + 86_400_000 }
  await store(db, testLog, [HIT, later, otherDay])
  // An hour of the first day is not quiet yet.
  await db.pool.query(`UPDATE cube_buckets SET touched_at = now() - interval '1 hour' WHERE bucket <> $1`, [
    new Date(HIT.at - 1_200_000),
  ])
  const patience = { ...AT_ONCE, hourQuietSeconds: 600 }
  await recomputeTouched(db, patience)
  await recomputeTouched(db, patience)
  const days = await settledFigures(db, registry, 'hits', 'day', ['hits'])
  expect(days.filter(({ rollup }) => rollup === 0)).toMatchObject([{ hits: 1 }])
  expect(await settledFigures(db, registry, 'hits', 'month', ['hits'])).toEqual([])
  expect((await snapshotOf(db, id)).touched.day).toHaveLength(1)
  await computeAll(db)
  const months = await settledFigures(db, registry, 'hits', 'month', ['hits'])
  expect(months.filter(({ rollup }) => rollup === 0)).toMatchObject([{ hits: 3 }])
})

test('a day that begins between two steps is never said to be computed', async () => {
  const registry = await registryOf(db, [
    testCube({ timezone: 'Asia/Pyongyang', rollups: [{ dimensions: [], step: 'hour' }] }),
  ])
  const id = registry.tables('hits')[0]?.id as number
  await store(db, testLog, [{ ...HIT, at: Date.UTC(2016, 5, 15, 3) }])
  await computeAll(db)
  const { touched } = await snapshotOf(db, id)
  expect(touched).toMatchObject({ hour: [], day: [Date.UTC(2016, 5, 14, 15, 30) / 1000] })
  expect(await computeAll(db)).toBe(0)
  await registry.refresh()
  expect((await db.pool.query('SELECT state FROM cube_tables')).rows).toEqual([{ state: 'serving' }])
})
