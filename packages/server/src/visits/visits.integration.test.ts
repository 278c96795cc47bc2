import { randomInt } from 'node:crypto'
import { READY_CUBES } from '@almanac/core/cubes/ready/ready-cubes.ts'
import { Query } from '@almanac/core/query/query.ts'
import { randomNumbers } from '@almanac/core/random-numbers.ts'
import { beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import type { TestLog } from '../../test/support/log-of.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { useTestLog } from '../../test/support/use-test-log.ts'
import { createClickHouse } from '../clickhouse/client.ts'
import type { CollectedEvent } from '../collect/events/collected-event.ts'
import { createVisitors } from '../collect/visitors/visitor.ts'
import { AT_ONCE } from '../cubes/compute/pending-buckets.ts'
import { recomputeAll } from '../cubes/compute/recompute.ts'
import { type CubeRegistry, openRegistry } from '../cubes/registry.ts'
import { createLinkFinder, linkingIds } from '../identity/event-links.ts'
import { removeLink } from '../identity/link-store.ts'
import { resolvePersons } from '../identity/resolve.ts'
import { ingestLog } from '../ingest/ingest-log.ts'
import { readPostgresMigrations } from '../migrations/postgres-migrations.ts'
import { runQuery } from '../query/run-query.ts'
import { countPending, keepVisits } from './keep-visits.ts'
import { askForRebuild } from './rebuilds.ts'
import { sessionize } from './sessionize.ts'
import { type RandomEvent, randomEvents } from './testing/random-people.ts'
import { STANDARD_RULE, type VisitRule } from './visit-rule.ts'

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
  registry = await openRegistry({ pool: db.pool, clickhouse: db.clickhouse, cluster: '' })
  await registry.replace(READY_CUBES.filter(({ name }) => name === 'web' || name === 'visits'))
})

const visitors = createVisitors(Buffer.alloc(32, 1), { kind: 'stable' })
const MATOMO: VisitRule = { rule: 'matomo', timezone: 'Asia/Kathmandu' }
const RULES: Record<string, VisitRule> = { shop: STANDARD_RULE, blog: MATOMO }

function collected({
  source,
  environment,
  path,
  referrer,
  campaign,
  isInteractive,
  previousId,
  ...event
}: RandomEvent) {
  const { userId, anonymousId } = event
  const result: CollectedEvent = {
    ...event,
    url: `https://${source}.example${path}`,
    ...(referrer !== '' && { referrer: `https://${referrer}/` }),
    ...(campaign !== '' && { campaign: { name: campaign } }),
    ...visitors.visitorOf({ userId, anonymousId, source, atMs: event.at }),
    ...((!isInteractive || previousId) && {
      properties: { ...(!isInteractive && { interactive: false }), ...(previousId && { previous_id: previousId }) },
    }),
  }
  return result
}

async function store(events: readonly RandomEvent[]): Promise<void> {
  for (const ofScope of Map.groupBy(events, ({ source, environment }) => `${source} ${environment}`).values()) {
    const { source, environment } = ofScope[0] as RandomEvent
    await testLog.append(ofScope.map(collected), { source, environment })
  }
  const end = testLog.log.durableEnd
  const failures: unknown[] = []
  await ingestLog(
    {
      logDirectory: testLog.directory,
      logId: testLog.log.id,
      pool: db.pool,
      clickhouse: db.clickhouse,
      linkFinder: createLinkFinder(visitors),
      waitForLog: async (position) => (position < end ? end : undefined),
      onBatch: () => {},
      onTrouble: (error) => failures.push(error),
    },
    new AbortController().signal,
  )
  expect(failures).toEqual([])
}

const keep = () => keepVisits({ pool: db.pool, clickhouse: db.clickhouse }, { quietSeconds: 0, longestSeconds: 0 })

async function catchUp(): Promise<void> {
  for (let turn = 0; turn < 100 && (await keep()); turn++);
  expect(await countPending(db.pool)).toBe(0)
}

async function rows<T>(query: string): Promise<T[]> {
  return (await db.clickhouse.query({ query, format: 'JSONEachRow' })).json<T>()
}

const COLUMNS = `source, environment, toString(person_id) AS person, toUnixTimestamp64Milli(seen_from) AS seenFrom,
  toUnixTimestamp64Milli(started_at) AS startedAt, toUnixTimestamp64Milli(ended_at) AS endedAt, events, page_views AS pageViews,
  interactions, is_bounce AS isBounce, entry_page AS entryPage, exit_page AS exitPage, referrer_host AS referrer,
  campaign_name AS campaign, toString(first_event_id) AS firstEventId`
const ORDER = (row: object) => JSON.stringify(row)
async function storedVisits(extra = ''): Promise<unknown[]> {
  const found = await rows<Record<string, unknown>>(
    `SELECT ${COLUMNS}${extra} FROM visits FINAL SETTINGS output_format_json_quote_64bit_integers = 0`,
  )
  return found.sort((a, b) => (ORDER(a) < ORDER(b) ? -1 : 1))
}

function expectedVisits(events: readonly RandomEvent[], removed: ReadonlySet<string> = new Set()): unknown[] {
  const made = events.map(collected)
  const links = createLinkFinder(visitors)
    .linksOf(made.map((event) => ({ at: event.at, linking: linkingIds(event) })))
    .filter(({ from, to }) => !removed.has(`${from} ${to}`))
  const persons = resolvePersons(links)
  const known = events.flatMap((event, i) => {
    const visitor = made[i]?.visitor
    return visitor === undefined ? [] : [{ event, person: persons.get(visitor) ?? visitor }]
  })
  const groups = Map.groupBy(known, ({ event, person }) => `${event.source} ${event.environment} ${person}`)
  return [...groups]
    .flatMap(([key, group]) => {
      const [source = '', environment, person] = key.split(' ')
      const visits = sessionize(
        group.map(({ event }) => event),
        RULES[source] ?? STANDARD_RULE,
      )
      return visits.map((visit) => ({ source, environment, person, ...visit }))
    })
    .sort((a, b) => (ORDER(a) < ORDER(b) ? -1 : 1))
}

async function makeSources(): Promise<void> {
  await db.pool.query(`INSERT INTO sources (name, label, settings) VALUES ('shop', 'Shop', '{}'),
    ('blog', 'Blog', '{"visitRule": "matomo", "timezone": "${MATOMO.timezone}"}')`)
}

test('whatever came in whatever order, the visits are the reference’s, and a rebuild changes none', async () => {
  const seed = Number(process.env.SEED ?? randomInt(1e9))
  console.log(`seed ${seed}`)
  const random = randomNumbers(seed)
  await makeSources()
  const all: RandomEvent[] = []
  for (const [round, size] of [1, 5, 40, 200, 10, 1, 300, 3, 60, 7].entries()) {
    // The first days are filled densely, so that visits merge; the later ones are sparse.
    const batch = randomEvents(random, size, Date.UTC(2026, 2, 27), round < 5 ? 0.4 : 3)
    all.push(...batch)
    await store(batch)
    // Now and then a part of the work alone, or none of it, before the next events come.
    if (random() < 0.3) await keep()
    else if (random() < 0.8) {
      await catchUp()
      expect(await storedVisits(), `seed ${seed}, round ${round}`).toEqual(expectedVisits(all))
    }
  }
  await catchUp()
  const before = await storedVisits(', toString(visit_id) AS id')
  const wrong = `SELECT channel, e.channel FROM visits AS v FINAL JOIN events AS e ON e.event_id = v.first_event_id
    WHERE v.events > 0 AND v.channel != multiIf(
      source = 'blog' AND e.name NOT IN ('page_view', 'screen_view'), '',
      e.referrer_kind = 'internal', 'Direct',
      e.channel)`
  expect(await rows(wrong), `seed ${seed}, channels`).toEqual([])
  expect(await storedVisits(), `seed ${seed}, at the end`).toEqual(expectedVisits(all))
  for (const source of ['shop', 'blog']) await askForRebuild(db.pool, db.clickhouse, source)
  await db.pool.query('UPDATE visit_rebuilds SET parts = 3')
  await catchUp()
  expect(await storedVisits(', toString(visit_id) AS id')).toEqual(before)

  const links = createLinkFinder(visitors).linksOf(
    all.map(collected).map((event) => ({ at: event.at, linking: linkingIds(event) })),
  )
  const removed = links.filter(() => random() < 0.3).map(({ from, to }) => `${from} ${to}`)
  for (const link of removed) {
    const [from = '', to = ''] = link.split(' ')
    expect(await removeLink(db.pool, from, to)).toBe(true)
  }
  await catchUp()
  expect(await storedVisits(), `seed ${seed}, unlinked`).toEqual(expectedVisits(all, new Set(removed)))
})

const RANGE = { from: '2026-03-01', to: '2026-05-01', timezone: 'UTC' }
const ask = async (cube: string, measures: string[], more: object = {}) => {
  const { rows } = await runQuery(
    {
      pool: db.pool,
      clickhouse: db.clickhouse,
      registry,
      segmentFilters: async () => [],
      now: Date.now,
      freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }),
    },
    Query.parse({ cube, measures, ...RANGE, ...more }),
  )
  return rows
}
const recompute = () => recomputeAll(db, AT_ONCE)

const AT = Date.UTC(2026, 3, 1, 10)
let ids = 0
const view = (minute: number, fields: Partial<RandomEvent> = {}): RandomEvent => ({
  id: `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
  name: 'page_view',
  at: AT + minute * 60_000,
  source: 'shop',
  environment: 'production',
  path: '/',
  referrer: '',
  campaign: '',
  isInteractive: true,
  ...fields,
})

test('a later login joins the earlier anonymous events, also on another device, and unlinking parts them again', async () => {
  await makeSources()
  await store([
    view(0, { anonymousId: 'phone' }),
    view(5, { anonymousId: 'phone' }),
    view(300, { anonymousId: 'other' }),
  ])
  await catchUp()
  await recompute()
  expect(await ask('web', ['visitors'])).toEqual([{ visitors: 2 }])

  await store([
    view(7, { name: 'identify', anonymousId: 'phone', userId: 'ada' }),
    view(9, { anonymousId: 'laptop', userId: 'ada' }),
  ])
  await catchUp()
  expect(await ask('web', ['visitors', 'hits'])).toEqual([{ visitors: 2, hits: 4 }])
  await recompute()
  expect(await ask('web', ['visitors', 'hits'])).toEqual([{ visitors: 2, hits: 4 }])
  expect(await ask('visits', ['visits', 'visitors', 'page_views', 'bounces', 'duration'])).toEqual([
    { visits: 2, visitors: 2, page_views: 4, bounces: 1, duration: 9 * 60 },
  ])

  const idOf = (who: { userId?: string; anonymousId?: string }) =>
    visitors.visitorOf({ ...who, source: 'shop', atMs: 0 }).visitor ?? ''
  expect(await removeLink(db.pool, idOf({ anonymousId: 'phone' }), idOf({ userId: 'ada' }))).toBe(true)
  await catchUp()
  expect(await ask('web', ['visitors'])).toEqual([{ visitors: 3 }])
  await recompute()
  expect(await ask('web', ['visitors'])).toEqual([{ visitors: 3 }])
  expect(await ask('visits', ['visits', 'duration'])).toEqual([{ visits: 3, duration: 5 * 60 + 2 * 60 }])

  // The device says it once more, and stays parted.
  await store([view(20, { anonymousId: 'phone', userId: 'ada' })])
  await catchUp()
  expect(await ask('web', ['visitors'])).toEqual([{ visitors: 3 }])
})

test('two users who share a device stay two', async () => {
  await makeSources()
  await store([
    view(0, { anonymousId: 'kiosk' }),
    view(10, { anonymousId: 'kiosk', userId: 'ada' }),
    view(20, { anonymousId: 'kiosk', userId: 'bob' }),
  ])
  await catchUp()
  expect(await ask('web', ['visitors'])).toEqual([{ visitors: 2 }])
  expect(await ask('visits', ['visits', 'visitors'])).toEqual([{ visits: 2, visitors: 2 }])
})

test('a source that gets another rule has its visits made anew by that rule', async () => {
  await makeSources()
  const night = (Date.UTC(2026, 3, 1, 23, 50) - AT) / 60_000
  await store([view(night, { anonymousId: 'a' }), view(night + 20, { anonymousId: 'a', campaign: 'spring' })])
  await catchUp()
  expect(await ask('visits', ['visits'])).toEqual([{ visits: 1 }])

  await db.pool.query(`UPDATE sources SET settings = '{"visitRule": "matomo"}' WHERE name = 'shop'`)
  await catchUp()
  expect(await ask('visits', ['visits'])).toEqual([{ visits: 2 }])

  await db.pool.query(
    `UPDATE sources SET settings = '{"visitRule": "matomo", "timezone": "America/New_York"}' WHERE name = 'shop'`,
  )
  await catchUp()
  expect(await ask('visits', ['visits'], { dimensions: ['campaign_name'] })).toEqual([
    { campaign_name: '', visits: 1 },
    { campaign_name: 'spring', visits: 1 },
  ])

  await db.pool.query(`UPDATE sources SET settings = '{}' WHERE name = 'shop'`)
  await catchUp()
  expect(await ask('visits', ['visits'])).toEqual([{ visits: 1 }])
})

test('a visit came by the channel of its first event, and directly when that is a link of the site itself', async () => {
  await makeSources()
  await store([
    view(0, { anonymousId: 'a', referrer: 'www.google.com' }),
    view(1, { anonymousId: 'a', referrer: 'shop.example' }),
    // After a pause, by a link of the site itself.
    view(60, { anonymousId: 'a', referrer: 'shop.example' }),
    view(0, { anonymousId: 'b' }),
    view(5, { anonymousId: 'b', referrer: 'blog.example' }),
  ])
  await catchUp()
  const byChannel = async () => await ask('visits', ['visits', 'page_views'], { dimensions: ['channel'] })
  const wanted = [
    { channel: 'Direct', visits: 2, page_views: 3 },
    { channel: 'Organic Search', visits: 1, page_views: 2 },
  ]
  expect(await byChannel()).toEqual(wanted)
  await recompute()
  expect(await byChannel()).toEqual(wanted)

  // As they were before visits knew it.
  await db.clickhouse.command({
    query: `ALTER TABLE visits UPDATE channel = '' WHERE 1`,
    clickhouse_settings: { mutations_sync: '2' },
  })
  expect(await rows('SELECT DISTINCT channel FROM visits')).toEqual([{ channel: '' }])
  const migration = (await readPostgresMigrations()).find(({ name }) => name === 'visit-channels')
  await db.pool.query(migration?.sql ?? 'not there')
  await catchUp()
  await recompute()
  expect(await byChannel()).toEqual(wanted)
})

test('a visit is found in the hour of its start, computed or just changed', async () => {
  await makeSources()
  await store([view(50, { anonymousId: 'a' }), view(70, { anonymousId: 'a', path: '/b' })])
  await catchUp()
  const query = { dimensions: ['entry_page', 'exit_page'], grain: 'hour' }
  const hours = async () => (await ask('visits', ['visits', 'page_views'], query)).filter(({ visits }) => visits !== 0)
  const wanted = [{ time: '2026-04-01T10:00:00+00:00', entry_page: '/', exit_page: '/b', visits: 1, page_views: 2 }]
  expect(await hours()).toEqual(wanted)
  await recompute()
  expect(await hours()).toEqual(wanted)

  // An earlier page moves its start into the hour before.
  await store([
    view(-10, { anonymousId: 'a', path: '/c' }),
    view(15, { anonymousId: 'a' }),
    view(30, { anonymousId: 'a' }),
  ])
  await catchUp()
  const moved = [{ time: '2026-04-01T09:00:00+00:00', entry_page: '/c', exit_page: '/b', visits: 1, page_views: 5 }]
  expect(await hours()).toEqual(moved)
  await recompute()
  expect(await hours()).toEqual(moved)
})

test('a run that dies after it has written is done again, and changes nothing', async () => {
  await makeSources()
  await catchUp()
  await store([view(0, { anonymousId: 'a' }), view(40, { anonymousId: 'a' })])
  const dying = new Proxy(db.pool, {
    get: (target, property, receiver) => {
      if (property !== 'query') return Reflect.get(target, property, receiver)
      return async (...args: [string]) => {
        if (String(args[0]).includes('DELETE FROM visit_batches')) throw new Error('killed')
        return target.query(...args)
      }
    },
  })
  const deps = { pool: dying, clickhouse: db.clickhouse, eventCubes: ['web'], visitCubes: ['visits'] }
  await expect(keepVisits(deps, { quietSeconds: 0, longestSeconds: 0 })).rejects.toThrow('killed')
  const before = await storedVisits()
  expect(before).toHaveLength(2)
  await db.pool.query(`INSERT INTO visit_runs (query_id) VALUES ('of a server that is gone')`)
  await catchUp()
  expect(await storedVisits()).toEqual(before)
  expect((await db.pool.query('SELECT FROM visit_runs')).rowCount).toBe(0)
})

test('a person’s own SQL sees visits and persons as they are now', async () => {
  await makeSources()
  await store([view(0, { anonymousId: 'a' }), view(50, { name: 'ping', anonymousId: 'a' })])
  await catchUp()
  await store([view(10, { anonymousId: 'a', userId: 'ada' })])
  await catchUp()
  const reader = createClickHouse(db.readerConnection)
  const read = async (query: string) => (await reader.query({ query, format: 'JSONEachRow' })).json()
  expect(await read('SELECT events, page_views, duration_seconds FROM visits')).toEqual([
    { events: 2, page_views: 2, duration_seconds: 600 },
  ])
  expect(await read('SELECT toUInt32(count()) AS n FROM identities')).toEqual([{ n: 1 }])
  await reader.close()
})

test('events that were stored before there were visits get theirs', async () => {
  await store([view(0, { anonymousId: 'a' })])
  await db.pool.query('DELETE FROM visit_batches')
  await db.pool.query(`INSERT INTO visit_rebuilds (source) VALUES ('shop')`)
  expect(await countPending(db.pool)).toBe(1)
  await catchUp()
  expect(await storedVisits()).toHaveLength(1)
})
