import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { Query, type QueryAnswer, type QueryInput } from '@almanac/core/query/query.ts'
import { expect, test } from 'vitest'
import { createVisitors } from '../src/collect/visitors/visitor.ts'
import { AT_ONCE } from '../src/cubes/compute/pending-buckets.ts'
import { recomputeAll, recomputeTouched } from '../src/cubes/compute/recompute.ts'
import { openRegistry } from '../src/cubes/registry.ts'
import { createLinkFinder } from '../src/identity/event-links.ts'
import { ingestLog } from '../src/ingest/ingest-log.ts'
import { type RunQueryDeps, runQuery } from '../src/query/run-query.ts'
import { createRandom } from './reference/random.ts'
import { trialDefinition } from './reference/trial-cube.ts'
import { createTrialEvents, type TrialEvent } from './reference/trial-events.ts'
import { createTrialWorld, type TrialWorld } from './reference/trial-world.ts'
import type { TestDatabase } from './support/engines.ts'
import { openTestLog } from './support/log-of.ts'
import { useTestDatabase } from './support/use-test-database.ts'

/** Many ask while events arrive and cubes are computed: each sees all events up to some batch, and none of a later one. */

const HOUR_MS = 3_600_000
const FROM = Date.UTC(2026, 2, 10)
const HOURS = 6
const BATCHES = 24
const EVENTS_PER_BATCH = 60
const ASKING = 50

let db: TestDatabase
useTestDatabase((fresh) => {
  db = fresh
})

/** What is true of all events up to one. */
interface Sum {
  readonly hits: number
  readonly bytes: number
  readonly visitors: number
}

/**
 * Of event number n, everything follows from n. A batch brings events of two hours, of which one may just have been computed,
 * while the other was touched by the batch before.
 */
const hourOf = (n: number) => (Math.floor(n / EVENTS_PER_BATCH) + (n % 2)) % HOURS
const visitorOf = (n: number) => (n * 13) % 97
const bytesOf = (n: number) => (n % 50) + 1

function sumUpTo(count: number, isWanted: (n: number) => boolean = () => true): Sum {
  const wanted = Array.from({ length: count }, (_, n) => n).filter(isWanted)
  return {
    hits: wanted.length,
    bytes: wanted.reduce((sum, n) => sum + bytesOf(n), 0),
    visitors: new Set(wanted.map(visitorOf)).size,
  }
}

/** What is asked about here, of the trial cube. */
function smallCube(): CubeDefinition {
  const whole = trialDefinition('trial', { timezone: 'UTC', firstDayOfWeek: 1, fiscalYearStart: 1 })
  const { environment, page, kind } = whole.dimensions
  const { hits, bytes, visitors } = whole.measures
  if (!environment || !page || !kind || !hits || !bytes || !visitors) throw new Error('the trial cube has changed')
  return {
    ...whole,
    dimensions: { environment, page, kind },
    measures: { hits, bytes, visitors },
    rollups: whole.rollups.slice(0, 2),
  }
}

interface Asked {
  readonly what: string
  readonly sum: Sum
  readonly isWanted: ((n: number) => boolean) | undefined
  /** How many batches were in the tables for sure when it was asked, and how many had begun when it was answered. */
  readonly least: number
  readonly most: number
}

const RANGE = { cube: 'trial', from: '2026-03-10', to: '2026-03-11', timezone: 'UTC' }
const MEASURES = ['hits', 'bytes', 'visitors']

type Question = {
  readonly query: QueryInput
  readonly read: (answer: QueryAnswer) => Sum
  readonly isWanted?: (n: number) => boolean
}

const inOneRow = ({ rows: [row] }: QueryAnswer): Sum => ({
  hits: Number(row?.hits),
  bytes: Number(row?.bytes),
  visitors: Number(row?.visitors),
})
/** What adds up over buckets or dimensions does, and a total stands beside it for what does not. */
const overRows = ({ rows, totals }: QueryAnswer): Sum => ({
  hits: rows.reduce((sum, { hits }) => sum + Number(hits), 0),
  bytes: rows.reduce((sum, { bytes }) => sum + Number(bytes), 0),
  visitors: Number(totals[0]?.rows[0]?.visitors),
})

const QUESTIONS: Readonly<Record<string, Question>> = {
  'one number': { query: { ...RANGE, measures: MEASURES }, read: inOneRow },
  'by hour, with a total': {
    query: { ...RANGE, measures: MEASURES, grain: 'hour', totals: [[]] },
    read: overRows,
  },
  'by quarter of an hour': {
    query: { ...RANGE, measures: MEASURES, grain: 'quarter_hour', totals: [[]] },
    read: overRows,
  },
  'by page, with a total': {
    query: { ...RANGE, measures: MEASURES, dimensions: ['page'], totals: [[]] },
    read: overRows,
  },
  'in a zone of its own': {
    query: {
      ...RANGE,
      timezone: 'Asia/Kathmandu',
      from: '2026-03-09',
      to: '2026-03-12',
      grain: 'day',
      measures: MEASURES,
      totals: [[]],
    },
    read: overRows,
  },
  'two hours': {
    query: { ...RANGE, from: '2026-03-10T01:00:00Z', to: '2026-03-10T03:00:00Z', measures: MEASURES },
    read: inOneRow,
    isWanted: (n) => hourOf(n) === 1 || hourOf(n) === 2,
  },
}

test('fifty that ask while events arrive and cubes are computed all get the numbers of one moment', {
  timeout: 240_000,
}, async () => {
  const { pool, clickhouse } = db
  const testLog = await openTestLog()
  const visitors = createVisitors(Buffer.alloc(32, 7), { kind: 'stable' })
  const registry = await openRegistry({ pool, clickhouse, cluster: '' })
  await registry.replace([smallCube()])
  const deps: RunQueryDeps = {
    pool,
    clickhouse,
    registry,
    freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }),
    segmentFilters: async () => [],
    now: Date.now,
  }

  /** How many events there are after each batch that ingest has made. */
  const counts = [0]
  const countAt = new Map<number, number>()
  const written = new EventEmitter()
  const stopping = new AbortController()
  const failures: unknown[] = []
  const ingest = ingestLog(
    {
      logDirectory: testLog.directory,
      logId: testLog.log.id,
      pool,
      clickhouse,
      linkFinder: createLinkFinder(visitors),
      waitForLog: async (position, signal) => {
        while (testLog.log.durableEnd <= position) {
          if (signal.aborted) return undefined
          await Promise.race([once(written, 'more', { signal }), delay(1000, undefined, { signal })]).catch(
            () => undefined,
          )
        }
        return testLog.log.durableEnd
      },
      onBatch: ({ position }) => counts.push(countAt.get(position) as number),
      onTrouble: (error) => failures.push(error),
    },
    stopping.signal,
  )
  let isOver = false
  async function write(): Promise<void> {
    for (let batch = 0; batch < BATCHES; batch++) {
      const numbers = Array.from({ length: EVENTS_PER_BATCH }, (_, i) => batch * EVENTS_PER_BATCH + i)
      await testLog.append(
        numbers.map((n) => ({
          id: randomUUID(),
          name: 'page_view',
          at: FROM + hourOf(n) * HOUR_MS + (n % 3000) * 1000,
          url: `/${n % 3}`,
          bytes: bytesOf(n),
          ...visitors.visitorOf({ anonymousId: `v${visitorOf(n)}`, source: '', atMs: FROM }),
        })),
      )
      countAt.set(testLog.log.durableEnd, numbers.length * (batch + 1))
      written.emit('more')
      while (counts.length <= batch + 1) await delay(10)
    }
  }
  async function compute(): Promise<void> {
    while (!isOver) {
      await recomputeTouched({ pool, clickhouse }, AT_ONCE)
      await registry.refresh()
      await delay(30)
    }
  }
  const asked: Asked[] = []
  async function ask(client: number): Promise<void> {
    const questions = Object.entries(QUESTIONS)
    for (let n = client; !isOver; n++) {
      const [what, { query, read, isWanted }] = questions[n % questions.length] as [string, Question]
      const least = counts.length - 1
      const answer = await runQuery(deps, Query.parse(query))
      // The batch under way may be in the tables already.
      asked.push({ what, sum: read(answer), isWanted, least, most: counts.length })
    }
  }
  const working = [compute(), ...Array.from({ length: ASKING }, (_, client) => ask(client))]
  await Promise.race([write(), ...working])
  isOver = true
  await Promise.all(working)
  stopping.abort()
  await ingest
  await recomputeAll({ pool, clickhouse }, AT_ONCE)
  await testLog.close()
  expect(failures).toEqual([])

  const wrong = asked.filter(({ sum, least, most, isWanted }) => {
    const possible = counts.slice(least, most + 1).map((count) => JSON.stringify(sumUpTo(count, isWanted)))
    return !possible.includes(JSON.stringify(sum))
  })
  const kinds = Object.entries(Object.groupBy(wrong, ({ what }) => what)).map(
    ([what, list]) => `${what}: ${list?.length}`,
  )
  console.log(`${asked.length} questions, ${counts.length - 1} batches, wrong: ${kinds.join(', ') || 'none'}`)
  expect(asked.length).toBeGreaterThan(ASKING * 3)
  expect(wrong.slice(0, 3)).toEqual([])
  for (const { query, read, isWanted } of Object.values(QUESTIONS)) {
    expect(read(await runQuery(deps, Query.parse(query)))).toEqual(sumUpTo(BATCHES * EVENTS_PER_BATCH, isWanted))
  }
})

/** In the cube are hour 0 and hour 1; hour 1 is touched. A batch that comes while a query is answered has events of both. */
async function worldWithTouchedHour(): Promise<{ world: TrialWorld; storeBoth: () => Promise<void> }> {
  const world = await createTrialWorld(db, Date.now)
  await world.define([smallCube()])
  const [first, second] = createTrialEvents(createRandom(1))(2) as [TrialEvent, TrialEvent]
  const at = (hour: number, one: TrialEvent): TrialEvent => {
    return { ...one, id: randomUUID(), atMs: FROM + hour * HOUR_MS, name: 'page_view', environment: 'production' }
  }
  await world.store([at(0, first), at(1, second)])
  await world.computeAll()
  await world.store([at(1, first)])
  return { world, storeBoth: () => world.store([at(0, second), at(1, second)]) }
}

/** Does something once, behind the first call of `query` that is meant; calls that come later wait for it. */
function withAfterwards<T extends { query: unknown }>(
  target: T,
  isMeant: (argument: unknown) => boolean,
  afterwards: () => Promise<void>,
): T {
  const run = target.query as (...args: unknown[]) => Promise<unknown>
  let isOver: Promise<void> | undefined
  const query = async (...args: unknown[]) => {
    if (isOver || !isMeant(args[0])) {
      await isOver
      return run.apply(target, args)
    }
    const { promise, resolve } = Promise.withResolvers<void>()
    isOver = promise
    const result = await run.apply(target, args)
    await afterwards()
    resolve()
    return result
  }
  return new Proxy(target, {
    get: (inner, property) => {
      if (property === 'query') return query
      const value = Reflect.get(inner, property)
      return typeof value === 'function' ? value.bind(inner) : value
    },
  })
}

test('a batch that comes between the snapshot and the statement is in the answer as a whole or not at all', async () => {
  const { world, storeBoth } = await worldWithTouchedHour()
  await using _ = world
  const isSnapshot = (argument: unknown) => JSON.stringify(argument).includes('cube_garbage')
  const pool = withAfterwards(db.pool, isSnapshot, storeBoth)

  const { rows } = await runQuery({ ...world.deps, pool }, Query.parse({ ...RANGE, grain: 'hour', measures: ['hits'] }))
  expect([
    [1, 2],
    [2, 3],
  ]).toContainEqual(rows.slice(0, 2).map(({ hits }) => hits))
})

test('totals are of the same moment as the rows that they stand beside', async () => {
  const { world, storeBoth } = await worldWithTouchedHour()
  await using _ = world
  const clickhouse = withAfterwards(db.clickhouse, () => true, storeBoth)

  const query = Query.parse({ ...RANGE, grain: 'hour', measures: ['hits'], totals: [[]] })
  const { rows, totals } = await runQuery({ ...world.deps, clickhouse }, query)
  expect(rows.reduce((sum, { hits }) => sum + Number(hits), 0)).toBe(totals[0]?.rows[0]?.hits)
})
