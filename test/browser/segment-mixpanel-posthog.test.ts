import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createEventClient } from '../../packages/server/test/support/event-client.ts'
import {
  callServer,
  type ServerProcess,
  startServerProcess,
} from '../../packages/server/test/support/server-process.ts'
import { bundle } from './support/bundle.ts'
import { HINTS_OF_A_PERSON, launchChromium } from './support/chromium.ts'
import { type Site, startSite } from './support/site.ts'

/** Other systems' browser libraries as npm has them, on a site of another origin, with one address changed. */
const LIBRARIES = {
  '/segment.js': `import { AnalyticsBrowser } from '@segment/analytics-next'; window.library = AnalyticsBrowser`,
  '/mixpanel.js': `import mixpanel from 'mixpanel-browser'; window.library = mixpanel`,
  '/posthog.js': `import posthog from 'posthog-js'; window.library = posthog`,
  '/posthog-lite.js': `import PostHog from 'posthog-js-lite'; window.library = PostHog`,
}
/** Some of the libraries send nothing for a browser without a window. */
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

let folder: string
let server: ServerProcess
let site: Site
let browser: Browser
let page: Page
let problems: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-libraries-'))
  const scripts = await Promise.all(Object.values(LIBRARIES).map(bundle))
  const pages = Object.fromEntries(Object.keys(LIBRARIES).map((path, index) => [path, scripts[index] ?? '']))
  site = await startSite({ pages: { '/hats': '<!doctype html><title>Hats</title>', ...pages } })
  server = await startServerProcess(join(folder, 'data'))
})
afterAll(async () => {
  await server?.stop()
  await site?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  browser = await launchChromium()
  const options = { locale: 'de-AT', timezoneId: 'Europe/Vienna', userAgent: USER_AGENT }
  const context = await browser.newContext({
    ...options,
    extraHTTPHeaders: HINTS_OF_A_PERSON,
    viewport: { width: 1280, height: 800 },
  })
  page = await context.newPage()
  problems = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico')) problems.push(message.text())
  })
})
afterEach(async () => {
  await browser.close()
  expect(problems).toEqual([])
})

/** Opens the page with the library in `window.library` and runs the calls; `key` and `host` are theirs to use. */
async function visit(source: string, script: keyof typeof LIBRARIES, calls: string): Promise<void> {
  const { secret } = await createEventClient(server, { source })
  await page.goto(`${site.url}/hats?utm_source=mail&utm_campaign=spring`)
  await page.addScriptTag({ url: `${site.url}${script}` })
  const [key, host] = [secret, server.url].map((value) => JSON.stringify(value))
  await page.evaluate(`(async () => { const library = window.library, key = ${key}, host = ${host}; ${calls} })()`)
}

type Row = Record<string, unknown> & { readonly properties: Record<string, unknown> }

/** The events of a source by their names, once all of these are there. */
async function storedEvents(source: string, names: readonly string[]): Promise<Record<string, Row>> {
  let byName: Record<string, Row> = {}
  await expect
    .poll(
      async () => {
        byName = Object.fromEntries((await rowsOf(source)).map((row) => [row.name, row]))
        return names.filter((name) => !(name in byName))
      },
      { timeout: 20_000 },
    )
    .toEqual([])
  return byName
}

async function rowsOf(source: string): Promise<Row[]> {
  const sql = `SELECT ${COLUMNS.join(', ')} FROM events WHERE source = '${source}' ORDER BY occurred_at`
  const { rows } = await callServer<{ rows: unknown[][] }>(server, '/api/v1/sql', { sql, limit: 1000 })
  return rows.map((row) => Object.fromEntries(COLUMNS.map((name, index) => [name, row[index]])) as Row)
}

const COLUMNS = [
  ...['name', 'url', 'path', 'title', 'user_id', 'anonymous_id', 'session_id', 'language', 'timezone', 'screen'],
  ...['campaign_source', 'campaign_name', 'revenue', 'currency', 'browser', 'is_bot', 'properties'],
]

const VISITED = { path: '/hats', campaign_source: 'mail', campaign_name: 'spring', browser: 'Chrome', is_bot: false }

test('analytics.js of Segment needs only the address of its settings', async () => {
  await visit(
    'segment',
    '/segment.js',
    `const analytics = library.load({ writeKey: key, cdnURL: host })
     await analytics.page()
     await analytics.alias('u1', 'old')
     await analytics.identify('u1', { plan: 'pro' })
     await analytics.track('Order Completed', { revenue: 39.95, currency: 'EUR' })
     await analytics.group('g1', { seats: 5 })`,
  )
  const events = await storedEvents('segment', ['page_view', 'identify', 'Order Completed', 'alias', 'group'])
  const anonymous_id = events.page_view?.anonymous_id
  expect(events.page_view).toMatchObject({
    ...VISITED,
    title: 'Hats',
    user_id: '',
    language: 'de-AT',
    timezone: 'Europe/Vienna',
  })
  expect(events.identify).toMatchObject({
    user_id: 'u1',
    anonymous_id,
    properties: { plan: 'pro', previous_id: anonymous_id },
  })
  expect(events['Order Completed']).toMatchObject({ user_id: 'u1', revenue: 39.95, currency: 'EUR', path: '/hats' })
  expect(events.alias).toMatchObject({ user_id: 'u1', properties: { previous_id: 'old' } })
  expect(events.group).toMatchObject({ properties: { groupId: 'g1' } })
})

test('the browser library of Mixpanel needs only its api_host', async () => {
  await visit(
    'mixpanel',
    '/mixpanel.js',
    `library.init(key, { api_host: host, track_pageview: true, batch_flush_interval_ms: 200 })
     library.track('Looked', { hat: 'bowler' })
     library.identify('u1')
     library.people.set({ plan: 'pro' })
     library.track('Bought', { revenue: 39.95, currency: 'EUR' })`,
  )
  const events = await storedEvents('mixpanel', ['page_view', 'Looked', 'identify', 'Bought'])
  const anonymous_id = events.page_view?.anonymous_id
  expect(events.page_view).toMatchObject({ ...VISITED, title: 'Hats', user_id: '', screen: '1280x800' })
  expect(events.Looked).toMatchObject({ user_id: '', anonymous_id, properties: { hat: 'bowler' } })
  expect(events.Bought).toMatchObject({ user_id: 'u1', anonymous_id, revenue: 39.95, currency: 'EUR' })
  await expect
    .poll(async () => (await rowsOf('mixpanel')).filter(({ name }) => name === 'identify'), { timeout: 20_000 })
    .toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          user_id: 'u1',
          properties: expect.objectContaining({ previous_id: anonymous_id, mp_lib: 'web' }),
        }),
        expect.objectContaining({
          user_id: 'u1',
          properties: { $set: expect.objectContaining({ plan: 'pro' }) },
        }),
      ]),
    )
})

test('posthog-js needs only its api_host', async () => {
  await visit(
    'posthog',
    '/posthog.js',
    `library.init(key, { api_host: host, opt_out_useragent_filter: true })
     await new Promise((resolve) => library.on('eventCaptured', resolve))
     library.capture('Looked', { hat: 'bowler' })
     library.identify('u1', { plan: 'pro' })
     library.capture('Bought', { revenue: 39.95, currency: 'EUR' })
     library.alias('ada', 'u1')`,
  )
  const events = await storedEvents('posthog', ['page_view', 'Looked', 'identify', 'Bought', 'alias'])
  const anonymous_id = events.page_view?.anonymous_id
  const session_id = events.page_view?.session_id
  expect(session_id).not.toBe('')
  expect(events.page_view).toMatchObject({
    ...VISITED,
    title: 'Hats',
    user_id: '',
    language: 'de-AT',
    timezone: 'Europe/Vienna',
    screen: '1280x800',
  })
  expect(events.Looked).toMatchObject({ user_id: '', anonymous_id, session_id, properties: { hat: 'bowler' } })
  expect(events.identify).toMatchObject({
    user_id: 'u1',
    properties: { $set: { plan: 'pro' }, previous_id: anonymous_id },
  })
  expect(events.Bought).toMatchObject({ user_id: 'u1', anonymous_id, revenue: 39.95 })
  expect(events.alias).toMatchObject({ properties: { previous_id: 'ada' } })
})

test('posthog-js-lite needs only its host', async () => {
  await visit(
    'posthog-lite',
    '/posthog-lite.js',
    `const posthog = new library(key, { host, captureMode: 'json' })
     posthog.capture('$pageview')
     posthog.identify('u1', { plan: 'pro' })
     posthog.capture('Bought', { revenue: 39.95 })
     await posthog.flush()`,
  )
  const events = await storedEvents('posthog-lite', ['page_view', 'identify', 'Bought'])
  const anonymous_id = events.page_view?.anonymous_id
  expect(anonymous_id).not.toBe('')
  expect(events.page_view).toMatchObject({ ...VISITED, user_id: '', screen: '1280x800' })
  expect(events.identify).toMatchObject({ user_id: 'u1', properties: { previous_id: anonymous_id } })
  expect(events.Bought).toMatchObject({ user_id: 'u1', revenue: 39.95 })
})
