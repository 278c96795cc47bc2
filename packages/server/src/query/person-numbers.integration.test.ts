import { Query } from '@almanac/core/query/query.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { openTestLog, type TestLog } from '../../test/support/log-of.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { computeAll, HIT, registryOf, store } from '../cubes/testing/cube-bench.ts'
import { testCube } from '../cubes/testing/test-cube.ts'
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

const HOUR_MS = 3_600_000
const hit = (visitor: string, hours: number, path = '/') => ({ ...HIT, visitor, path, at: HIT.at + hours * HOUR_MS })

test.each([
  { persons: 'few', next: 4, hasSecondScan: false },
  { persons: 'many', next: 10_000_000, hasSecondScan: true },
])('with $persons persons known, who is in the cube and in new rows counts once', async ({ next, hasSecondScan }) => {
  const registry = await registryOf(db, [testCube()])
  await store(db, testLog, [hit('1', 0), hit('2', 0), hit('3', 0, '/about')])
  await computeAll(db)
  // Of the three one comes again, in an hour that is not computed yet, and two are new.
  await store(db, testLog, [hit('1', 1), hit('4', 1), hit('4', 1), hit('5', 1, '/about')])
  await db.pool.query('UPDATE person_numbering SET next = $1', [next])
  const ask = (query: object) =>
    runQuery(
      {
        ...db,
        registry,
        freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }),
        segmentFilters: async () => [],
        now: () => HIT.at + 24 * HOUR_MS,
      },
      Query.parse({ cube: 'hits', measures: ['visitors'], from: '2026-05-17', to: '2026-05-18', ...query }),
    )

  const { rows, meta } = await ask({})
  expect(rows).toEqual([{ visitors: 5 }])
  expect(meta.tables).toEqual([expect.stringMatching(/^cube_/), 'events'])
  expect(meta.sql.includes('WHERE person_id IN')).toBe(hasSecondScan)
  expect((await ask({ dimensions: ['path'] })).rows).toEqual([
    { path: '/', visitors: 3 },
    { path: '/about', visitors: 2 },
  ])
})
