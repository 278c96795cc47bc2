import { randomBytes, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { WEB_CUBE } from '@almanac/core/cubes/ready/web.ts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestEngines, type TestDatabase, type TestEngines } from '../../test/support/engines.ts'
import { openTestLog, type TestLog } from '../../test/support/log-of.ts'
import { eventually } from '../../test/support/processes.ts'
import type { CollectedEvent } from '../collect/events/collected-event.ts'
import { createVisitors } from '../collect/visitors/visitor.ts'
import { AT_ONCE } from '../cubes/compute/pending-buckets.ts'
import { recomputeAll } from '../cubes/compute/recompute.ts'
import { openRegistry } from '../cubes/registry.ts'
import { createLinkFinder } from '../identity/event-links.ts'
import { ingestLog } from '../ingest/ingest-log.ts'
import { verifyLog } from '../log/verify-log.ts'
import { linkedVisitors } from './derived-data.ts'
import { type Erasures, startErasures } from './erasure-loop.ts'
import { createPeople } from './people.ts'
import type { PersonKey } from './person.ts'
import { targetFiles } from './target-file.ts'

let engines: TestEngines
let db: TestDatabase
let testLog: TestLog
let webTable: string
const opened: Erasures[] = []

beforeAll(async () => {
  engines = await startTestEngines()
})
afterAll(() => engines.close())
beforeEach(async () => {
  db = await engines.createTestDatabase()
  testLog = await openTestLog()
  const registry = await openRegistry({ pool: db.pool, clickhouse: db.clickhouse, cluster: '' })
  await registry.replace([WEB_CUBE])
  webTable = registry.tables('web')[0]?.table ?? ''
  await letOldPartsGoSoon()
})
afterEach(async () => {
  for (const erasures of opened.splice(0)) await erasures.stop()
  await testLog.close()
  await db.close()
})

const identityKey = randomBytes(32)
const visitors = createVisitors(identityKey, { kind: 'stable' })
const HOUR = 3_600_000
const AT = Date.UTC(2026, 4, 17, 10)

type EventFields = Partial<CollectedEvent>
/** As collect makes them. */
function event(fields: EventFields): CollectedEvent {
  const { userId, anonymousId } = fields
  const who = visitors.visitorOf({ userId, anonymousId, source: 'website', address: '192.0.2.1', atMs: AT })
  return { id: randomUUID(), name: 'page_view', at: AT, url: 'https://example.com/a', ...who, ...fields }
}
const clientEvent = (id: string, fields: EventFields) => event({ id, idFrom: 'client', ...fields })

async function ingestAll({ pool, clickhouse }: Pick<TestDatabase, 'pool' | 'clickhouse'> = db): Promise<void> {
  const end = testLog.log.durableEnd
  await ingestLog(
    {
      logDirectory: testLog.directory,
      logId: testLog.log.id,
      pool,
      clickhouse,
      linkFinder: createLinkFinder(visitors),
      waitForLog: async (position) => (position < end ? end : undefined),
      onBatch: () => undefined,
      onTrouble: (error) => console.error(error),
    },
    new AbortController().signal,
  )
}

const personDeps = () => ({
  pool: db.pool,
  clickhouse: db.clickhouse,
  log: testLog.log,
  logDirectory: testLog.directory,
  visitors,
  linkedVisitors: (known: readonly string[]) => linkedVisitors(db.pool, known),
})
const files = () => targetFiles(join(testLog.directory, '..', 'erasures'))

const erasuresOptions = (ingested = () => testLog.log.durableEnd) => ({
  ...personDeps(),
  ingested,
  identityKey,
  files: files(),
  logger: { info: () => undefined, warn: () => undefined },
  pauseMs: 20,
})

function startTestErasures(ingested?: () => number): Erasures {
  const erasures = startErasures(erasuresOptions(ingested))
  opened.push(erasures)
  return erasures
}

/** What runs beside an erasure in a server: cubes, visits and links are brought up to date, and in time garbage goes. */
async function computeAll(): Promise<void> {
  await db.pool.query('DELETE FROM visit_touches')
  await db.pool.query('DELETE FROM identity_changes')
  const recompute = () => recomputeAll(db, AT_ONCE)
  // As the server's own loop: a statement whose connection broke, such as one that was interrupted, is tried again.
  await recompute().catch((error: Error) =>
    /socket hang up|ECONNRESET/.test(error.message) ? recompute() : Promise.reject(error),
  )
  await db.pool.query(`UPDATE cube_garbage SET since = now() - interval '1 hour'`)
}

async function untilDone(erasures: Erasures): Promise<void> {
  await eventually('all erasures are done', async () => {
    await computeAll()
    await delay(50)
    return (await erasures.list()).every(({ state }) => state === 'done')
  })
}

async function eraseAndWait(key: PersonKey) {
  const erasures = startTestErasures()
  const { id } = await erasures.request(key, 'local')
  await untilDone(erasures)
  return (await erasures.list()).find((erasure) => erasure.id === id)
}

async function rows<T>(query: string, { clickhouse } = db): Promise<T[]> {
  return (await clickhouse.query({ query, format: 'JSONEachRow' })).json<T>()
}
const count = async (from: string) => Number((await rows<{ n: string }>(`SELECT count() AS n FROM ${from}`))[0]?.n)
const stored = async () =>
  (await rows<{ id: string }>('SELECT toString(event_id) AS id FROM events')).map(({ id }) => id)

async function letOldPartsGoSoon(): Promise<void> {
  const tables = await rows<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'`,
  )
  for (const { name } of tables) {
    await db.clickhouse.command({ query: `ALTER TABLE ${name} MODIFY SETTING old_parts_lifetime = 1` })
  }
}

/** Files under a folder that have the text in them, the parts of tables among them: what they hold is compressed at most. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const path = join(entry.parentPath, entry.name)
    if ((await readFile(path).catch(() => Buffer.alloc(0))).includes(text)) found.push(path)
  }
  return found
}

/** Rows of cubes are also deleted when nobody is erased: when what they add up was computed again, at any time. */
const MARKED_PARTS = `system.parts WHERE database = currentDatabase() AND active AND has_lightweight_delete
  AND table NOT LIKE 'cube_%'`

/** Buckets of the cube that count more than there is, among them those that are marked as deleted and are still on the disk. */
const hitsTooMany = () =>
  rows(`SELECT level, toString(bucket) AS start, version, sum(m_hits) AS hits FROM ${webTable} AS cube
    WHERE rollup = 0 GROUP BY level, bucket, version
    HAVING hits > (SELECT count() FROM events WHERE name = 'page_view')
      OR level = 'hour' AND (start, hits) NOT IN (
        SELECT toString(toStartOfHour(occurred_at, 'UTC')), count() FROM events WHERE name = 'page_view' GROUP BY 1)
    SETTINGS apply_deleted_mask = 0`)

const webHits = async () => {
  const [row] = await rows<{ cube: string; raw: string }>(`SELECT
    (SELECT sum(m_hits) FROM ${webTable} WHERE rollup = 0 AND level = 'month') AS cube,
    (SELECT count() FROM events WHERE name = 'page_view') AS raw`)
  return { cube: Number(row?.cube), raw: Number(row?.raw) }
}

test('nothing of a person is left in the log, the tables and the cubes, and others are as before', async () => {
  const [ada, bob] = [`ada-${randomUUID()}`, `bob-${randomUUID()}`]
  const adas = [event({ userId: ada }), event({ userId: ada, at: AT + HOUR, anonymousId: `device-${ada}` })]
  const bobs = [event({ userId: bob }), event({ userId: bob, at: AT + 2 * HOUR, properties: { friend: 'eve' } })]
  const repeated = clientEvent('b5f6c1a0-0000-4000-8000-000000000001', { userId: ada, messageId: `m-${ada}` })
  await testLog.append([adas[0], bobs[0], repeated] as CollectedEvent[])
  await testLog.append([adas[1], bobs[1], repeated] as CollectedEvent[])
  await testLog.append([
    event({ name: 'alias', userId: `new-${bob}`, properties: { previous_id: ada } }),
    { rejected: { reason: 'broken', raw: `{"userId":"${ada}",`, sizeBytes: 50 } },
    { rejected: { reason: 'broken', raw: `{"userId":"${bob}",`, sizeBytes: 50 } },
  ])
  await testLog.append([event({ userId: bob, at: AT + HOUR })])
  await ingestAll()
  await computeAll()
  const bobsBefore = await rows(`SELECT * FROM events WHERE user_id = '${bob}' ORDER BY event_id`)
  expect(await stored()).toHaveLength(7)
  expect(await filesWith(testLog.directory, ada)).not.toEqual([])

  const erasure = await eraseAndWait({ userId: ada })

  expect(erasure).toMatchObject({ state: 'done', events: 4, logLines: 6, quarantined: 1, problem: null })
  expect(await rows(`SELECT * FROM events WHERE user_id = '${bob}' ORDER BY event_id`)).toEqual(bobsBefore)
  expect(await stored()).toHaveLength(3)
  expect(await rows('SELECT raw FROM quarantine')).toEqual([{ raw: `{"userId":"${bob}",` }])
  expect(await webHits()).toEqual({ cube: 3, raw: 3 })
  expect(await verifyLog(testLog.directory)).toMatchObject({ damage: [], frames: 4 })

  expect(await filesWith(join(testLog.directory, '..'), ada)).toEqual([])
  expect(await filesWith(engines.directory.root, ada)).toEqual([])
  expect(await filesWith(testLog.directory, bob)).not.toEqual([])
  expect(await count(MARKED_PARTS)).toBe(0)
  expect(await hitsTooMany()).toEqual([])
  expect(await count('system.mutations WHERE database = currentDatabase() AND NOT is_done')).toBe(0)
})

test('tables that are made again from the log have nothing of the person, and nothing in quarantine for it', async () => {
  const bobs = event({ userId: 'bob' })
  await testLog.append([event({ userId: 'ada' }), bobs])
  await ingestAll()
  await eraseAndWait({ userId: 'ada' })
  const again = await engines.createTestDatabase()
  try {
    await ingestAll(again)
    expect(await rows('SELECT toString(event_id) AS id FROM events', again)).toEqual([{ id: bobs.id }])
    expect(await rows('SELECT raw FROM quarantine', again)).toEqual([])
  } finally {
    await again.close()
  }
})

test('what is deleted can be seen in the files until then, so that the search for it is one', async () => {
  const [ada] = [`ada-${randomUUID()}`]
  await testLog.append([event({ userId: ada })])
  await ingestAll()
  expect(await filesWith(engines.directory.clickhouse, ada)).not.toEqual([])
})

test('a person is all visitors that logins have joined, and a shared device is its first owner’s', async () => {
  const early = event({ anonymousId: 'phone', at: AT - HOUR })
  const login = event({ name: 'identify', userId: 'ada', anonymousId: 'phone' })
  const other = event({ userId: 'bob', anonymousId: 'phone', at: AT + HOUR })
  await testLog.append([early, login, other])
  await ingestAll()
  const [user, phone] = [login.visitor, early.visitor]
  await db.pool.query('INSERT INTO identities (visitor, person) VALUES ($1, $2)', [phone, user])
  const people = createPeople(personDeps())

  const found = await people.find({ userId: 'ada' })
  expect(found).toMatchObject({ events: 2, firstAt: AT - HOUR, lastAt: AT })
  expect(found.person.visitors.toSorted()).toEqual([user, phone].toSorted())
  expect(await people.find({ visitor: phone ?? '' })).toMatchObject({ events: 2 })
  expect(await people.find({ anonymousId: 'phone' })).toMatchObject({ events: 3 })
  expect(await people.find({ userId: 'nobody' })).toMatchObject({ events: 0, sources: [] })

  await eraseAndWait({ userId: 'ada' })
  expect(await stored()).toEqual([other.id])
})

test('an export has every row and every raw line, and says when it is whole', async () => {
  const ada = event({ userId: 'ada', properties: { plan: 'gold' } })
  const repeated = clientEvent('b5f6c1a0-0000-4000-8000-000000000002', { userId: 'ada' })
  await testLog.append([ada, event({ userId: 'bob' }), repeated, repeated])
  await ingestAll()
  const lines = []
  const people = createPeople(personDeps())
  for await (const text of people.export({ userId: 'ada' }, new AbortController().signal)) lines.push(JSON.parse(text))

  const visitor = ada.visitor
  expect(lines[0]).toEqual({ type: 'person', userId: 'ada', visitors: [visitor] })
  expect(lines.filter(({ type }) => type === 'event')).toHaveLength(2)
  expect(lines.find((line) => line.event_id === ada.id)).toMatchObject({
    user_id: 'ada',
    visitor_id: visitor,
    properties: { plan: 'gold' },
  })
  const raw = lines.filter(({ type }) => type === 'log_line')
  expect(raw.map(({ index }) => index)).toEqual([1, 3, 4])
  expect(raw[0]).toMatchObject({ header: { source: 'website' }, line: ada })
  expect(lines.at(-1)).toEqual({ type: 'end', events: 2, logLines: 3 })
})

test('what comes after the demand stays, raw and in the tables', async () => {
  await testLog.append([event({ userId: 'ada' })])
  const erasures = startTestErasures(() => 0)
  await erasures.request({ userId: 'ada' }, 'local')
  await erasures.stop()
  const later = event({ userId: 'ada' })
  await testLog.append([later])
  await ingestAll()

  await untilDone(startTestErasures())
  expect(await stored()).toEqual([later.id])
  expect(
    (await readFile(join(testLog.directory, '0000000000000000.seg'), 'utf8')).match(/"userId":"ada"/g),
  ).toHaveLength(1)
})

test('an erasure that was interrupted at any step goes on at the next start', async () => {
  const ada = `ada-${randomUUID()}`
  await testLog.append([event({ userId: ada }), event({ userId: 'bob' })])
  await ingestAll()
  await computeAll()
  const first = startTestErasures()
  await first.request({ userId: ada }, 'local')
  await first.stop()

  const seen = new Set<string>()
  for (let n = 0; n < 400 && !seen.has('done'); n++) {
    const erasures = startTestErasures()
    if (n % 3 === 0) await computeAll()
    await delay(n % 60)
    await erasures.stop()
    seen.add((await erasures.list())[0]?.state ?? '')
  }
  await untilDone(startTestErasures())
  expect(seen.size).toBeGreaterThan(2)
  expect(await startTestErasures().list()).toMatchObject([{ logLines: 1, events: 1 }])
  expect(await webHits()).toEqual({ cube: 1, raw: 1 })
  expect(await filesWith(join(testLog.directory, '..'), ada)).toEqual([])
  expect(await files().list()).toEqual([])
})

test('lines that were taken out of the log count once, also when it ends before that is noted, and before it is done', async () => {
  const ada = `ada-${randomUUID()}`
  await testLog.append([event({ userId: ada }), event({ userId: 'bob' }), event({ userId: ada })])
  await ingestAll()
  const { pool } = db
  const isCount = (values: unknown) => Array.isArray(values) && values[1] === 'redacting' && values[2] !== undefined
  const failing = { hasFailed: false }
  const once = new Proxy(pool, {
    get(of, name) {
      if (name !== 'query') return Reflect.get(of, name)
      return (text: string, values: unknown[]) => {
        if (!isCount(values) || failing.hasFailed) return of.query(text, values)
        failing.hasFailed = true
        return Promise.reject(new Error('the connection is gone'))
      }
    },
  })
  const first = startErasures({ ...erasuresOptions(), pool: once })
  opened.push(first)
  const { id } = await first.request({ userId: ada }, 'local')
  await eventually('the count could not be noted', () => failing.hasFailed)
  await first.stop()
  expect(await files().read(id)).toMatchObject({ redacted: { before: 0, last: { ranges: 2 } } })

  await untilDone(startTestErasures())
  expect(await startTestErasures().list()).toMatchObject([{ id, logLines: 2, events: 2 }])
})

test('the record says that, when and by whom, and never who', async () => {
  const erasures = startTestErasures()
  await erasures.request({ userId: 'ada-in-no-record' }, 'key abc')
  await untilDone(erasures)
  const { rows: records } = await db.pool.query('SELECT * FROM erasures')
  expect(records).toMatchObject([{ requested_by: 'key abc', state: 'done', events: '0' }])
  expect(JSON.stringify(records)).not.toContain('ada-in-no-record')
  expect(records[0].person_hash).toHaveLength(32)
})

test('a demand whose file has gone is lost, and says so', async () => {
  const first = startTestErasures(() => 0)
  const { id } = await first.request({ userId: 'ada' }, 'local')
  await first.stop()
  await files().remove(id)
  const second = startTestErasures()
  await eventually('it is lost', async () => (await second.list())[0]?.state === 'lost')
  expect((await second.list())[0]?.finishedAt).not.toBeNull()
})

test('a failure is told without the id, and tried again', async () => {
  const erasures = startTestErasures(() => {
    throw new Error('ada-the-unlucky is in this message')
  })
  await erasures.request({ userId: 'ada-the-unlucky' }, 'local')
  await eventually('it has a problem', async () => (await erasures.list())[0]?.problem === '… is in this message')
})
