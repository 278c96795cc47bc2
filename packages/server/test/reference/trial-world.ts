import { deepEqual } from 'node:assert/strict'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { AppError } from '@almanac/core/errors.ts'
import { Query, type QueryAnswer, type QueryInput } from '@almanac/core/query/query.ts'
import { createVisitors } from '../../src/collect/visitors/visitor.ts'
import { AT_ONCE } from '../../src/cubes/compute/pending-buckets.ts'
import { recomputeAll, recomputeTouched } from '../../src/cubes/compute/recompute.ts'
import { type CubeRegistry, openRegistry } from '../../src/cubes/registry.ts'
import { createLinkFinder } from '../../src/identity/event-links.ts'
import { followLinks } from '../../src/identity/follow-links.ts'
import { ingestLog } from '../../src/ingest/ingest-log.ts'
import { linkedVisitors, touchAfter, touchBefore } from '../../src/privacy/derived-data.ts'
import { type RunQueryDeps, runQuery } from '../../src/query/run-query.ts'
import type { TestDatabase } from '../support/engines.ts'
import { openTestLog } from '../support/log-of.ts'
import { REGIONS } from './trial-cube.ts'
import { collected, type TrialEvent } from './trial-events.ts'

/** Real engines with the trial's events in them, brought there as a server brings them, and what a test does with them. */
export interface TrialWorld extends AsyncDisposable {
  readonly registry: CubeRegistry
  /** All events there are. */
  events(): readonly TrialEvent[]
  /** Through the log and ingest; whoever has logged in is known afterwards. */
  store(events: readonly TrialEvent[]): Promise<void>
  /** One user with all devices, as an erasure deletes them. */
  erase(userId: string): Promise<void>
  define(definitions: readonly CubeDefinition[]): Promise<void>
  /** Everything that is touched. */
  computeAll(): Promise<void>
  /** Hours, and no days and months of them. */
  computeHours(): Promise<void>
  ask(query: QueryInput): Promise<QueryAnswer>
  /** What `ask` asks with. */
  readonly deps: RunQueryDeps
}

export async function createTrialWorld(db: TestDatabase, nowMs: () => number): Promise<TrialWorld> {
  const { pool, clickhouse } = db
  const testLog = await openTestLog()
  const visitors = createVisitors(Buffer.alloc(32, 7), { kind: 'stable' })
  const registry = await openRegistry({ pool, clickhouse, cluster: '' })
  await createRegions(db)
  let events: readonly TrialEvent[] = []
  const bySource = Map.groupBy<'production' | 'sandbox', TrialEvent>

  async function ingest(): Promise<void> {
    const end = testLog.log.durableEnd
    const failures: unknown[] = []
    await ingestLog(
      {
        logDirectory: testLog.directory,
        logId: testLog.log.id,
        pool,
        clickhouse,
        linkFinder: createLinkFinder(visitors),
        waitForLog: async (position) => (position < end ? end : undefined),
        onBatch: () => {},
        onTrouble: (error) => failures.push(error),
      },
      new AbortController().signal,
    )
    deepEqual(failures, [])
  }
  async function follow(): Promise<void> {
    while ((await followLinks({ pool, clickhouse })) > 0);
  }
  const deps: RunQueryDeps = {
    pool,
    clickhouse,
    registry,
    freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }),
    segmentFilters: async (names) => {
      throw new AppError('invalid_query', `there are no segments ${names.join(', ')}`)
    },
    now: nowMs,
  }

  return {
    registry,
    deps,
    events: () => events,
    async store(more) {
      for (const [environment, list] of bySource(more, (event) => event.environment)) {
        await testLog.append(
          list.map((event) => collected(event, visitors)),
          { environment },
        )
      }
      await ingest()
      await follow()
      events = [...events, ...more]
    },
    async erase(userId) {
      const { visitor = '' } = visitors.visitorOf({ userId, source: '', atMs: 0 })
      const person = await linkedVisitors(pool, [visitor])
      const condition = `visitor_id IN (${person.join(', ')})`
      const hours = await numbersOf(
        db,
        `SELECT DISTINCT toUnixTimestamp(toStartOfHour(occurred_at)) FROM events WHERE ${condition}`,
      )
      const traces = { hours, stretches: [], events: 0 }
      const gone = new Set(await textsOf(db, `SELECT toString(event_id) FROM events WHERE ${condition}`))
      await touchBefore(pool, traces)
      await clickhouse.command({
        query: `DELETE FROM events WHERE ${condition}`,
        clickhouse_settings: { lightweight_deletes_sync: '2' },
      })
      await touchAfter(pool, person, traces)
      await follow()
      events = events.filter(({ id }) => !gone.has(id))
    },
    async define(definitions) {
      await registry.replace(definitions)
      deepEqual(registry.failures(), [])
    },
    async computeAll() {
      await recomputeAll({ pool, clickhouse }, AT_ONCE)
      await registry.refresh()
    },
    async computeHours() {
      const hoursOnly = { ...AT_ONCE, longQuietSeconds: 1e9 }
      while ((await recomputeTouched({ pool, clickhouse }, hoursOnly)) > 0);
      await registry.refresh()
    },
    ask: (query) => runQuery(deps, Query.parse(query)),
    [Symbol.asyncDispose]: () => testLog.close(),
  }
}

async function createRegions({ clickhouse }: TestDatabase): Promise<void> {
  await clickhouse.command({
    query: 'CREATE TABLE trial_regions (country String, region String) ENGINE = MergeTree ORDER BY country',
  })
  const values = Object.entries(REGIONS).map(([country, region]) => ({ country, region }))
  await clickhouse.insert({ table: 'trial_regions', values, format: 'JSONEachRow' })
}

async function textsOf({ clickhouse }: TestDatabase, query: string): Promise<string[]> {
  const result = await clickhouse.query({ query, format: 'JSONCompactEachRow' })
  return (await result.json<[string]>()).map(([value]) => value)
}

const numbersOf = async (db: TestDatabase, query: string) => (await textsOf(db, query)).map(Number)
