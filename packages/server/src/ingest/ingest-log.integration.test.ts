import { randomUUID } from 'node:crypto'
import type { ClickHouseClient } from '@clickhouse/client'
import { expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import type { TestLog } from '../../test/support/log-of.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { useTestLog } from '../../test/support/use-test-log.ts'
import type { CollectedEvent } from '../collect/events/collected-event.ts'
import { createVisitors } from '../collect/visitors/visitor.ts'
import { createLinkFinder } from '../identity/event-links.ts'
import { type BatchReport, ingestLog } from './ingest-log.ts'
import { loadPosition, planBatch } from './once/positions.ts'

let db: TestDatabase
let testLog: TestLog

useTestDatabase((fresh) => {
  db = fresh
})
useTestLog((fresh) => {
  testLog = fresh
})

const AT = Date.UTC(2026, 4, 17, 10)
const event = (fields: Partial<CollectedEvent> = {}): CollectedEvent => ({
  id: randomUUID(),
  name: 'page_view',
  at: AT,
  url: 'https://example.com/a?b=1',
  ...fields,
})

/** Ingests all that is in the log now, as a server does between its start and its end. */
async function ingestAll(
  clickhouse: ClickHouseClient = db.clickhouse,
  signal = new AbortController().signal,
): Promise<{ reports: BatchReport[]; troubles: string[] }> {
  const reports: BatchReport[] = []
  const troubles: string[] = []
  const end = testLog.log.durableEnd
  await ingestLog(
    {
      logDirectory: testLog.directory,
      logId: testLog.log.id,
      pool: db.pool,
      clickhouse,
      linkFinder: createLinkFinder(createVisitors(Buffer.alloc(32), { kind: 'stable' })),
      waitForLog: async (position) => (position < end ? end : undefined),
      onBatch: (report) => reports.push(report),
      onTrouble: (error) => troubles.push(String(error)),
    },
    signal,
  )
  return { reports, troubles }
}

async function rows<T>(query: string): Promise<T[]> {
  return (await db.clickhouse.query({ query, format: 'JSONEachRow' })).json<T>()
}
const stored = async () => Number((await rows<{ n: string }>('SELECT count() AS n FROM events'))[0]?.n)

test('an event is a row with what could be derived from it', async () => {
  const full = event({
    url: 'https://Shop.example.com:8080/a/b?utm_source=news&utm_campaign=spring#x',
    referrer: 'https://www.search.example/find?q=1',
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    visitor: '18446744073709551615',
    visitorKind: 'user',
    revenue: { amount: 9.99, currency: 'EUR' },
    properties: { plan: 'gold', 'a.b': 1, nested: { list: [1, 'two', null] } },
    clientAt: AT - 5,
    status: 200,
  })
  await testLog.append([full])
  await ingestAll()
  const [row] = await rows<Record<string, unknown>>('SELECT * REPLACE (toString(visitor_id) AS visitor_id) FROM events')
  expect(row).toMatchObject({
    source: 'website',
    name: 'page_view',
    occurred_at: '2026-05-17 10:00:00.000',
    client_at: '2026-05-17 09:59:59.995',
    sent_at: '1970-01-01 00:00:00.000',
    event_id: full.id,
    visitor_id: '18446744073709551615',
    host: 'shop.example.com',
    path: '/a/b',
    referrer_host: 'search.example',
    campaign_source: 'news',
    campaign_name: 'spring',
    browser: 'Chrome',
    browser_version: '126',
    os: 'Mac OS',
    device_type: 'desktop',
    is_bot: false,
    revenue: 9.99,
    currency: 'EUR',
    log_position: expect.anything(),
  })
  expect(row?.properties).toMatchObject({ plan: 'gold' })
})

test('the site itself is not a referrer', async () => {
  await testLog.append([
    event({ referrer: 'https://www.example.com/b' }),
    event({ referrer: 'https://other.example/' }),
  ])
  await ingestAll()
  expect(await rows('SELECT referrer_host FROM events ORDER BY referrer_host')).toEqual([
    { referrer_host: '' },
    { referrer_host: 'other.example' },
  ])
})

test('bots are flagged with the reason and kept', async () => {
  await testLog.append([
    event({ userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }),
  ])
  await ingestAll()
  expect(await rows('SELECT is_bot, bot_reason FROM events')).toEqual([
    { is_bot: true, bot_reason: expect.stringMatching(/^user agent: /) },
  ])
})

test('the same client id is stored once: in one frame, in two, and after a restart', async () => {
  const twice = event({ idFrom: 'client', messageId: 'm-1' })
  await testLog.append([twice, twice])
  await testLog.append([{ ...twice, at: AT + 7_200_000 }])
  const first = await ingestAll()
  await testLog.append([twice, event()])
  const second = await ingestAll()
  expect(await stored()).toBe(2)
  expect([...first.reports, ...second.reports].reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(3)
})

test('a log line is found again however long ago it was stored', async () => {
  const lines = [0, 1, 2].map((n) => event({ idFrom: 'content', at: Date.UTC(2015, 4, 17) + n * 3_600_000 }))
  await testLog.append(lines, { receivedAt: Date.UTC(2016, 0, 1) })
  await ingestAll()
  await testLog.append([...lines, event({ idFrom: 'content', at: Date.UTC(2015, 4, 17) })])
  const { reports } = await ingestAll()
  expect(reports).toMatchObject([{ stored: 1, duplicates: 3 }])
  expect(await stored()).toBe(4)
})

test('a batch that was inserted in part before a crash is completed, and nothing is twice', async () => {
  const months = [
    event({ at: Date.UTC(2026, 3, 30) }),
    event({ at: Date.UTC(2026, 4, 1) }),
    event({ at: Date.UTC(2026, 5, 1) }),
  ]
  await testLog.append(months)
  const end = testLog.log.durableEnd
  // The crash: the second month's insert fails for good, after the first was done.
  const crash = new AbortController()
  let inserts = 0
  const crashing = new Proxy(db.clickhouse, {
    get: (target, property, receiver) => {
      if (property !== 'exec') return Reflect.get(target, property, receiver)
      return async (...args: Parameters<ClickHouseClient['exec']>) => {
        if (++inserts === 2) {
          crash.abort()
          throw new Error('killed')
        }
        return target.exec(...args)
      }
    },
  })
  await ingestLog(
    {
      logDirectory: testLog.directory,
      logId: testLog.log.id,
      pool: db.pool,
      clickhouse: crashing,
      linkFinder: createLinkFinder(createVisitors(Buffer.alloc(32), { kind: 'stable' })),
      waitForLog: async () => end,
      onBatch: () => expect.unreachable(),
      onTrouble: () => {},
    },
    crash.signal,
  )
  expect(await stored()).toBe(1)
  expect(await loadPosition(db.pool, testLog.log.id)).toEqual({ committed: 0, planned: end })

  await testLog.append([event()])
  await ingestAll()
  expect(await stored()).toBe(4)
  expect(await rows('SELECT count() AS n FROM events GROUP BY event_id HAVING n > 1')).toEqual([])
})

test('a crash after the insert and before the commit stores nothing twice, whatever the ids', async () => {
  await testLog.append([event(), event({ idFrom: 'client' }), event({ idFrom: 'content' })])
  await ingestAll()
  // As if the commit had been lost: the position goes back, the batch stays planned.
  const end = testLog.log.durableEnd
  await db.pool.query('UPDATE ingest_positions SET committed = 0')
  await planBatch(db.pool, testLog.log.id, end, [])
  const { reports } = await ingestAll()
  expect(reports).toMatchObject([{ position: end, stored: 0, duplicates: 0 }])
  expect(await stored()).toBe(3)
})

test('one event that the database refuses goes to quarantine, and the others are stored', async () => {
  const events = Array.from({ length: 9 }, (_, n) => event({ userId: `u${n}` }))
  const refused = event({ bytes: -1, properties: { which: 'refused' } })
  await testLog.append([...events.slice(0, 4), refused, ...events.slice(4)])
  const { reports } = await ingestAll()
  expect(reports).toMatchObject([{ stored: 9, quarantined: 1 }])
  expect(await stored()).toBe(9)
  const [line] = await rows<{ reason: string; raw: string }>('SELECT reason, raw FROM quarantine FINAL')
  expect(line?.reason).toContain('the database refused it')
  expect(line?.raw).toContain('"refused"')
})

test('a crash between the halves of a batch that was refused loses none of the others', async () => {
  const fine = Array.from({ length: 6 }, (_, n) => event({ userId: `u${n}` }))
  const refused = () => event({ bytes: -1 })
  await testLog.append([...fine.slice(0, 3), refused(), ...fine.slice(3, 5), refused(), ...fine.slice(5)])
  const crash = new AbortController()
  let inserted = 0
  const crashing = new Proxy(db.clickhouse, {
    get: (target, property, receiver) => {
      if (property !== 'exec') return Reflect.get(target, property, receiver)
      return async (request: Parameters<ClickHouseClient['exec']>[0]) => {
        if (inserted > 0) {
          crash.abort()
          throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
        }
        const result = await target.exec(request)
        inserted++
        return result
      }
    },
  })
  await ingestAll(crashing, crash.signal)
  const before = await stored()
  expect(before).toBeGreaterThan(0)
  expect(before).toBeLessThan(6)

  await ingestAll()
  expect(await rows('SELECT user_id FROM events ORDER BY user_id')).toEqual(
    fine.map(({ userId }) => ({ user_id: userId })),
  )
})

test('lines that are not events are in quarantine once, however often they come', async () => {
  const rejected = { rejected: { reason: 'expected a time, got "x"', line: 7, file: 'a.log', raw: 'x', sizeBytes: 1 } }
  await testLog.append([rejected])
  await ingestAll()
  await testLog.append([rejected])
  await ingestAll()
  await testLog.log.append('{"v":1,"source":"website","environment":"production","receivedAt":1}\nnot json\n{"id":1}')
  await ingestAll()
  const lines = await rows<{ line: string; reason: string }>(
    'SELECT line, reason FROM quarantine FINAL ORDER BY line, reason',
  )
  expect(lines).toHaveLength(3)
  expect(lines.map(({ reason }) => reason)).toContain('expected a time, got "x"')
})

test('what an import brought is counted for it', async () => {
  const { rows: imports } = await db.pool.query(
    `INSERT INTO imports (source, format, file_name, fingerprint) VALUES ('website', 'combined', 'a', 'f') RETURNING id`,
  )
  const importId = imports[0].id
  const twice = event({ idFrom: 'content' })
  const rejected = { rejected: { reason: 'no', line: 3, raw: '?', sizeBytes: 1 } }
  await testLog.append([twice, twice, event({ idFrom: 'content' }), rejected, event({ bytes: -1 })], { importId })
  await ingestAll()
  const { rows: counted } = await db.pool.query('SELECT stored, duplicates, quarantined FROM imports')
  expect(counted).toEqual([{ stored: '2', duplicates: '1', quarantined: '2' }])
})

test('ingest waits while the database is away, and goes on when it is back', async () => {
  await testLog.append([event()])
  let away = 3
  const flaky = new Proxy(db.clickhouse, {
    get: (target, property, receiver) => {
      if (property !== 'exec' || away <= 0) return Reflect.get(target, property, receiver)
      return async () => {
        away--
        throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
      }
    },
  })
  const { troubles } = await ingestAll(flaky)
  expect(troubles).toHaveLength(3)
  expect(await stored()).toBe(1)
})

test('hostile names and values are stored as they are', async () => {
  const hostile = [
    { 'a.b': 1, a: { b: 2 } },
    { '': 'empty', ' ': 1 },
    { "x'); DROP TABLE events; --": `\\'"\n\t\u2028` },
    { same: 1 },
    { same: 'text' },
    { same: { deeper: [{ a: 1 }, { a: 'b' }] } },
    { big: 1e300, tiny: 5e-324, long: Number.MAX_SAFE_INTEGER },
    { [`k${'x'.repeat(5000)}`]: 'y'.repeat(100_000) },
  ]
  await testLog.append(hostile.map((properties, n) => event({ userId: `u${n}`, properties })))
  const { reports } = await ingestAll()
  const [report] = reports
  expect((report?.stored ?? 0) + (report?.quarantined ?? 0)).toBe(hostile.length)
  expect(await stored()).toBe(report?.stored)
})
