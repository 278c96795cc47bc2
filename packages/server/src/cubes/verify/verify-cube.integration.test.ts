import { beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/support/engines.ts'
import type { TestLog } from '../../../test/support/log-of.ts'
import { useTestDatabase } from '../../../test/support/use-test-database.ts'
import { useTestLog } from '../../../test/support/use-test-log.ts'
import type { CubeRegistry } from '../registry.ts'
import { computeAll, HIT, registryOf, rowsOf, settledFigures, store } from '../testing/cube-bench.ts'
import { testCube } from '../testing/test-cube.ts'
import { repairBuckets } from './repair-cube.ts'
import { type DifferentBucket, verifyCube } from './verify-cube.ts'

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
  registry = await registryOf(db, [testCube({ measures: QUANTILE })])
})

const QUANTILE = {
  typical: {
    class: 'mergeable',
    label: 'Typical size',
    format: 'integer',
    better: 'higher',
    gaps: 'null',
    state: { kind: 'quantile', of: 'bytes', level: 0.5 },
  },
} as const
const HOUR = Math.floor(HIT.at / 3_600_000) * 3600
const table = () => {
  const [table] = registry.tables('hits')
  if (!table) throw new Error('the cube is registered')
  return table
}

async function verify(): Promise<DifferentBucket[]> {
  const different: DifferentBucket[] = []
  for await (const month of verifyCube(db, table(), {}, new AbortController().signal))
    different.push(...month.different)
  return different
}

const some = () =>
  store(
    db,
    testLog,
    [0, 1, 25, 800].flatMap((hours) =>
      ['/', '/a'].map((path, i) => ({
        ...HIT,
        path,
        at: HIT.at + hours * 3_600_000,
        visitor: String(hours + i + 1),
        bytes: i * 7,
      })),
    ),
  )

test('a cube that is right has no different buckets, whatever was touched and computed before', async () => {
  await some()
  await computeAll(db)
  await some()
  await computeAll(db)
  expect(await verify()).toEqual([])
  await some()
  expect(await verify()).toEqual([])
})

test.each([
  { what: 'a count', level: 'hour', change: 'm_hits = m_hits + 1' },
  { what: 'a greatest value', level: 'hour', change: 'm_largest = 99' },
  {
    what: 'a day’s set of persons',
    level: 'day',
    change: "m_visitors = arrayReduce('groupBitmapState', [toUInt64(77)])",
  },
  { what: 'a dimension’s missing row', level: 'hour', change: undefined },
])('$what that was changed by hand is found, and repair mends it', async ({ level, change }) => {
  await some()
  await computeAll(db)
  const start = level === 'hour' ? HOUR : Date.UTC(2026, 4, 17) / 1000
  const where = `level = '${level}' AND rollup = 1 AND toUnixTimestamp(bucket) = ${start} AND d_path = '/a'`
  await db.clickhouse.command({
    query: change
      ? `ALTER TABLE ${table().table} UPDATE ${change} WHERE ${where}`
      : `DELETE FROM ${table().table} WHERE ${where}`,
    clickhouse_settings: { mutations_sync: '2' },
  })
  const different = await verify()
  expect(different).toContainEqual({ level, start, rows: 1 })
  expect(different.filter((bucket) => bucket.level === level)).toHaveLength(1)
  await repairBuckets(db.pool, table().id, different)
  await computeAll(db)
  expect(await verify()).toEqual([])
})

test('days and months that are not the sum of their parts are found', async () => {
  await some()
  await computeAll(db)
  for (const level of ['day', 'month']) {
    await db.clickhouse.command({
      query: `ALTER TABLE ${table().table} UPDATE m_bytes = m_bytes + 1 WHERE level = '${level}' AND rollup = 0 AND bucket < '2026-05-18 00:00:00'`,
      clickhouse_settings: { mutations_sync: '2' },
    })
  }
  const day = Date.UTC(2026, 4, 17) / 1000
  const month = Date.UTC(2026, 4, 1) / 1000
  // The month differs from its days, of which one is wrong by as much: it is found once that is mended.
  const different = await verify()
  expect(different).toContainEqual({ level: 'day', start: day, rows: 1 })
  await repairBuckets(db.pool, table().id, different)
  await computeAll(db)
  expect(await verify()).toEqual([])
  expect(await settledFigures(db, registry, 'hits', 'month', ['bytes'])).toContainEqual(
    expect.objectContaining({ rollup: 0, start: month, bytes: 21 }),
  )
})

test('rows that nobody knows of are found, and repair puts them away', async () => {
  await some()
  await computeAll(db)
  await db.clickhouse.command({
    query: `INSERT INTO ${table().table} (rollup, level, bucket, time, version, d_environment, m_hits)
      SELECT 0, 'hour', toDateTime(${HOUR}, 'UTC'), toDateTime(${HOUR}, 'UTC'), 1, 'production', 5`,
  })
  expect(await figure()).toBe(7)
  const different = await verify()
  expect(different).toEqual([{ level: 'hour', start: HOUR, rows: 1, strayVersion: 1 }])
  await repairBuckets(db.pool, table().id, different)
  await computeAll(db)
  expect(await figure()).toBe(2)
  expect(await verify()).toEqual([])
})

const figure = async () => {
  const rows = await settledFigures(db, registry, 'hits', 'hour', ['hits'])
  return rows.find(({ rollup, start }) => rollup === 0 && start === HOUR)?.hits
}

test('raw rows that no touch told of are found', async () => {
  await some()
  await computeAll(db)
  const at = HOUR + 86_400
  await db.clickhouse.command({
    query: `INSERT INTO events (name, environment, occurred_at, visitor_id) SELECT 'page_view', 'production', toDateTime(${at}, 'UTC'), 5`,
  })
  expect(await verify()).toEqual([
    { level: 'hour', start: at, rows: 3 },
    { level: 'day', start: Math.floor(at / 86_400) * 86_400, rows: 1 },
  ])
  expect(await rowsOf(db, 'SELECT count() AS n FROM events')).toEqual([{ n: 9 }])
})

test('who leaves stops it', async () => {
  await some()
  await computeAll(db)
  const leaving = new AbortController()
  const months: string[] = []
  const run = async () => {
    for await (const { month } of verifyCube(db, table(), {}, leaving.signal)) {
      months.push(month)
      leaving.abort(new Error('gone'))
    }
  }
  await expect(run()).rejects.toThrow('gone')
  expect(months).toEqual(['2026-05'])
})
