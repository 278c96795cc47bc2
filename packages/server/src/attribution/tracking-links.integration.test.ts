import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { clickhouseTime } from '../clickhouse/time-text.ts'
import { createLink, linksVersion, listLinks, updateLink } from './link-store.ts'
import { testLink } from './testing/memory-links.ts'
import { openTrackingLinks, type TrackingLinks } from './tracking-links.ts'

let database: TestDatabase
let links: TrackingLinks
useTestDatabase((fresh) => {
  database = fresh
})
beforeEach(async () => {
  for (const source of ['game', 'other']) {
    await database.pool.query('INSERT INTO sources (name, label) VALUES ($1, $1)', [source])
  }
  links = await openTrackingLinks({ ...database, onError: (error) => expect.fail(String(error)) })
})
afterEach(async () => {
  links.close()
})

const DAY_MS = 86_400_000
const NOON_MS = Date.UTC(2026, 4, 10, 12)
const clickId = (n: number) => `click-${String(n).padStart(16, '0')}`

interface TestEvent {
  readonly name: string
  readonly atMs?: number
  readonly [column: string]: unknown
}

async function store(...events: TestEvent[]): Promise<void> {
  const values = events.map(({ atMs = NOON_MS, ...columns }, n) => ({
    source: 'game',
    environment: 'production',
    occurred_at: clickhouseTime(atMs),
    event_id: `00000000-0000-4000-8000-${String(n + 1).padStart(12, '0')}`,
    ...columns,
  }))
  await database.clickhouse.insert({ table: 'events', values, format: 'JSONEachRow' })
}

const click = (n: number, columns: object = {}): TestEvent => ({
  name: 'link_click',
  message_id: clickId(n),
  visitor_id: String(n),
  properties: { link: 'spring', click_id: clickId(n) },
  ...columns,
})
const install = (columns: object = {}): TestEvent => ({ name: 'install', ...columns })
const figuresOf = async (code = 'spring', range = {}) => (await links.figures(undefined, range)).get(code)

test('a link that is made is found at once, and no longer when it is archived', async () => {
  const { code } = await links.create({ ...testLink(), code: undefined, parameters: { a: '1' } })
  expect(links.find(code)).toMatchObject({ source: 'game', network: 'Newsletter', parameters: { a: '1' } })
  expect((await links.update(code, { campaign: 'Summer', parameters: {} })).parameters).toEqual({})
  expect(links.find(code)).toMatchObject({ campaign: 'Summer', target: 'https://example.com/app' })

  const { archivedAt } = await links.update(code, { archived: true })
  expect(links.find(code)).toBeUndefined()
  expect((await links.update(code, { archived: true })).archivedAt).toEqual(archivedAt)
  expect(await links.list('game')).toMatchObject([{ code, archivedAt }])
  expect(await links.list('other')).toEqual([])
  await links.update(code, { archived: false })
  expect(links.find(code)?.archivedAt).toBeNull()
})

test('a code is given away once, and a link needs a source that is there', async () => {
  await createLink(database.pool, testLink())
  await expect(createLink(database.pool, testLink({ source: 'other' }))).rejects.toMatchObject({ code: 'conflict' })
  await expect(createLink(database.pool, testLink({ source: 'none', code: 'new' }))).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(updateLink(database.pool, 'none', {})).rejects.toMatchObject({ code: 'not_found' })
  expect(await listLinks(database.pool)).toHaveLength(1)
})

test('every change is seen by another server', async () => {
  const versions = [await linksVersion(database.pool)]
  for (const change of [
    () => createLink(database.pool, testLink()),
    () => updateLink(database.pool, 'spring', { label: 'x' }),
    () => updateLink(database.pool, 'spring', { archived: true }),
  ]) {
    await change()
    versions.push(await linksVersion(database.pool))
  }
  expect(new Set(versions).size).toBe(4)
})

test('clicks are those of people, in the range', async () => {
  await links.create(testLink())
  await store(
    click(1),
    click(2, { visitor_id: '1' }),
    click(3, { is_bot: true }),
    click(4, { atMs: NOON_MS + DAY_MS }),
    click(5, { properties: { link: 'unknown' } }),
  )
  expect(await figuresOf()).toEqual({ clicks: 3, uniqueClicks: 2, installs: 0 })
  const range = { fromMs: NOON_MS, toMs: NOON_MS + DAY_MS }
  expect(await figuresOf('spring', range)).toEqual({ clicks: 2, uniqueClicks: 1, installs: 0 })
})

test.each([
  { where: 'a parameter', columns: { properties: { click_id: clickId(1) } } },
  { where: 'the referrer of a store', columns: { referrer: `utm_source=x&click_id=${clickId(1)}&y=1` } },
  { where: 'a referrer that is still encoded', columns: { referrer: `utm_source%3Dx%26click_id%3D${clickId(1)}%26y` } },
  { where: 'a property', columns: { properties: { install_referrer: `click_id=${clickId(1)}` } } },
  { where: 'JSON', columns: { properties: { callback_params: `{"click_id": "${clickId(1)}"}` } } },
  { where: "Segment's event", columns: { name: 'Application Installed', properties: { click_id: clickId(1) } } },
])('an install brings the id of its click back in $where', async ({ columns }) => {
  await links.create(testLink())
  await store(click(1), install(columns))
  expect(await figuresOf()).toMatchObject({ installs: 1 })
})

test('an install counts for its click within seven days, in the same source and environment', async () => {
  await links.create(testLink({ network: '' }))
  const brought = (n: number, columns: object = {}) => install({ properties: { click_id: clickId(n) }, ...columns })
  const clicks = [1, 2, 3, 4, 5, 6].map((n) => click(n))
  await store(
    ...clicks,
    brought(1, { atMs: NOON_MS + 7 * DAY_MS - 1 }),
    brought(2, { atMs: NOON_MS + 7 * DAY_MS }),
    brought(3, { environment: 'sandbox' }),
    brought(4, { source: 'other' }),
    brought(99),
    brought(5, { atMs: NOON_MS - 1000 }),
    // Of one click that two clients tell of, one install.
    brought(6),
    brought(6, { name: 'Application Installed' }),
    { name: 'session', properties: { click_id: clickId(1) } },
  )
  expect(await figuresOf()).toMatchObject({ clicks: 6, installs: 3 })
})

test('the click may lie before the range of its install', async () => {
  await links.create(testLink())
  await store(click(1), install({ atMs: NOON_MS + 3 * DAY_MS, properties: { click_id: clickId(1) } }))
  const range = { fromMs: NOON_MS + 2 * DAY_MS, toMs: NOON_MS + 4 * DAY_MS }
  expect(await figuresOf('spring', range)).toEqual({ clicks: 0, uniqueClicks: 0, installs: 1 })
})

test('what no click explains goes by the names of the channel, each device once', async () => {
  await links.create(testLink({ campaign: 'Spring' }))
  const named = { campaign_source: 'Newsletter', campaign_name: 'Spring' }
  await store(
    install({ ...named, anonymous_id: 'phone' }),
    install({ ...named, anonymous_id: 'phone', atMs: NOON_MS + 1 }),
    install({ ...named, anonymous_id: 'tablet' }),
    install(named),
    install(named),
    install({ ...named, campaign_content: 'Women' }),
    install({ campaign_source: 'Newsletter' }),
    install(),
  )
  expect(await figuresOf()).toMatchObject({ installs: 4 })
})

test('an install with names of one link and the click of another counts for the click alone', async () => {
  await links.create(testLink())
  await links.create(testLink({ code: 'autumn', network: 'Ads' }))
  await store(click(1), install({ properties: { click_id: clickId(1) }, campaign_source: 'Ads' }))
  expect(await figuresOf('spring')).toMatchObject({ installs: 1 })
  expect(await figuresOf('autumn')).toMatchObject({ installs: 0 })
})

test('values of any kind in the same properties spoil no figures', async () => {
  await links.create(testLink())
  const odd = [
    7,
    1.5,
    true,
    null,
    [1, 'a'],
    [{ a: 1 }],
    { a: 1 },
    '2026-05-10',
    '2026-05-10T12:00:00Z',
    '',
    'x'.repeat(5000),
  ]
  const properties = odd.map((value) => ({ link: value, click_id: value, referrer: value, callback_params: value }))
  await store(click(1), ...properties.map((one) => ({ name: 'link_click', properties: one })))
  await store(
    install({ properties: { click_id: clickId(1) } }),
    ...properties.map((one) => install({ properties: one })),
  )
  expect(await figuresOf()).toEqual({ clicks: 1, uniqueClicks: 1, installs: 1 })
})
