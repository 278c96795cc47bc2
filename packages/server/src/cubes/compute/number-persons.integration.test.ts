import { expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/support/engines.ts'
import type { TestLog } from '../../../test/support/log-of.ts'
import { useTestDatabase } from '../../../test/support/use-test-database.ts'
import { useTestLog } from '../../../test/support/use-test-log.ts'
import { computeAll, HIT, registryOf, rowsOf, settledFigures, store } from '../testing/cube-bench.ts'
import { testCube } from '../testing/test-cube.ts'
import { numberPersons } from './number-persons.ts'
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

const HOUR = 3_600_000
const hourOf = (at: number) => Math.floor(at / HOUR) * 3600
const persons = (from: number, to: number, at = HIT.at) =>
  Array.from({ length: to - from }, (_, i) => ({ ...HIT, at, visitor: String(from + i) }))
const numbers = () =>
  rowsOf<{ person_id: number; number: number }>(db, 'SELECT person_id, number FROM person_numbers ORDER BY number')

test('persons are numbered from 1 on, once each, and nobody is not', async () => {
  await store(db, testLog, [...persons(1, 4), { ...HIT, visitor: '0' }])
  expect(await numberPersons(db, testCube(), [hourOf(HIT.at)])).toBe(3)
  expect(await numberPersons(db, testCube(), [hourOf(HIT.at)])).toBe(0)
  expect((await numbers()).map(({ number }) => number)).toEqual([1, 2, 3])
})

test('computations beside each other give nobody two numbers, and no number to two', async () => {
  const names = ['a', 'b', 'c', 'd']
  await registryOf(
    db,
    names.map((name) => testCube({ name })),
  )
  await store(
    db,
    testLog,
    [0, 1, 2, 3].flatMap((n) => persons(1 + n * 50, 120 + n * 50, HIT.at + n * HOUR)),
  )
  await Promise.all(names.map(() => computeAll(db)))
  await computeAll(db)
  const given = await numbers()
  expect(new Set(given.map(({ person_id }) => person_id)).size).toBe(269)
  expect(given).toHaveLength(269)
  expect(new Set(given.map(({ number }) => number)).size).toBe(269)
})

test('a range of numbers that was taken is never given away again', async () => {
  await store(db, testLog, persons(1, 4))
  const failing = new Proxy(db.clickhouse, {
    get: (target, property, receiver) => {
      if (property !== 'command') return Reflect.get(target, property, receiver)
      return async (request: { query: string }) => {
        if (/INSERT INTO person_numbers/.test(request.query)) throw new Error('killed')
        return target.command(request)
      }
    },
  })
  const hours = [hourOf(HIT.at)]
  await expect(numberPersons({ pool: db.pool, clickhouse: failing }, testCube(), hours)).rejects.toThrow('killed')
  await numberPersons(db, testCube(), hours)
  expect((await numbers()).map(({ number }) => number)).toEqual([4, 5, 6])
})

test('who comes between the numbering and the computation is not counted before there is a number', async () => {
  const registry = await registryOf(db, [testCube()])
  await store(db, testLog, persons(1, 3))
  let isLate = true
  const clickhouse = new Proxy(db.clickhouse, {
    get: (target, property, receiver) => {
      if (property !== 'command') return Reflect.get(target, property, receiver)
      return async (request: { query: string }) => {
        if (isLate && /INSERT INTO cube_/.test(request.query)) {
          isLate = false
          // A batch that was planned before, so that the hour is not touched once more yet.
          await db.clickhouse.command({
            query:
              'INSERT INTO events (name, environment, occurred_at, visitor_id) SELECT name, environment, occurred_at, 9 FROM events LIMIT 1',
          })
        }
        return target.command(request)
      }
    },
  })
  await recomputeTouched({ pool: db.pool, clickhouse }, AT_ONCE)
  expect(isLate).toBe(false)
  expect(await settledFigures(db, registry, 'hits', 'hour', ['visitors'])).toEqual([])
  await computeAll(db)
  expect((await settledFigures(db, registry, 'hits', 'hour', ['visitors']))[0]).toMatchObject({ visitors: 3 })
  expect(
    await rowsOf(
      db,
      `SELECT max(bitmapMax(m_visitors)) AS most FROM ${registry.tables('hits')[0]?.table}
    WHERE level = 'day' AND rollup < 2`,
    ),
  ).toEqual([{ most: 3 }])
})

test('a person who is counted in two hours is one in the day', async () => {
  const registry = await registryOf(db, [testCube()])
  await store(db, testLog, [HIT])
  await computeAll(db)
  await store(db, testLog, [
    { ...HIT, at: HIT.at + HOUR },
    { ...HIT, at: HIT.at + HOUR, visitor: '2' },
  ])
  await computeAll(db)
  expect((await settledFigures(db, registry, 'hits', 'day', ['visitors']))[0]).toMatchObject({ visitors: 2 })
})
