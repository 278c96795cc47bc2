import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createEventClient } from '../../packages/server/test/support/event-client.ts'
import { eventually } from '../../packages/server/test/support/processes.ts'
import {
  callServer,
  type ServerProcess,
  startServerProcess,
} from '../../packages/server/test/support/server-process.ts'
import { HINTS_OF_A_PERSON, launchChromium } from './support/chromium.ts'
import { type Site, startSite } from './support/site.ts'

/** Browser libraries of Plausible, OpenPanel and Countly, file by file as npm has them, on a website of another origin. */
const MODULES = join(import.meta.dirname, '../../node_modules')
const FILES: Readonly<Record<string, string>> = {
  '/plausible-tracker/index.js': 'plausible-tracker/build/module/index.js',
  '/plausible-tracker/lib/tracker.js': 'plausible-tracker/build/module/lib/tracker.js',
  '/plausible-tracker/lib/request.js': 'plausible-tracker/build/module/lib/request.js',
  '/plausible.js': '@plausible-analytics/tracker/plausible.js',
  '/openpanel/web.js': '@openpanel/web/dist/index.js',
  '/openpanel/sdk.js': '@openpanel/sdk/dist/index.js',
  '/countly.js': 'countly-sdk-web/lib/countly.js',
}
/** Where a bundler would have looked for them. */
const IMPORTS = {
  'plausible-tracker': '/plausible-tracker/index.js',
  '/plausible-tracker/lib/tracker': '/plausible-tracker/lib/tracker.js',
  '/plausible-tracker/lib/request': '/plausible-tracker/lib/request.js',
  '@plausible-analytics/tracker': '/plausible.js',
  '@openpanel/web': '/openpanel/web.js',
  '@openpanel/sdk': '/openpanel/sdk.js',
}
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36'

let folder: string
let server: ServerProcess
let site: Site
let files: Record<string, string>
let browser: Browser
let page: Page
let problems: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-clients-'))
  server = await startServerProcess(join(folder, 'data'))
  const read = async ([path, file]: [string, string]) => [path, await readFile(join(MODULES, file), 'utf8')] as const
  files = Object.fromEntries(await Promise.all(Object.entries(FILES).map(read)))
})
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

// A browser a test: this Chromium runs as a single process and does not survive the closing of a context.
beforeEach(async () => {
  browser = await launchChromium()
  const context = await browser.newContext({
    locale: 'de-AT',
    userAgent: USER_AGENT,
    extraHTTPHeaders: HINTS_OF_A_PERSON,
    viewport: { width: 1000, height: 600 },
  })
  page = await context.newPage()
  problems = []
  page.on('pageerror', (error) => problems.push(String(error)))
})
afterEach(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  expect(problems).toEqual([])
})

/** The page `/hats` with a script that has what npm has. */
async function visit(script: string): Promise<void> {
  const imports = `<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`
  const html = `<!doctype html><title>Hats</title>${imports}<script type="module">${script}</script><p>Hats</p>`
  site = await startSite({ pages: { ...files, '/hats': html } })
  await page.goto(`${site.url}/hats?utm_source=mail`)
}

interface Row {
  readonly name: string
  readonly [column: string]: unknown
}

async function storedWith(source: string, ...names: readonly string[]): Promise<Record<string, Row>> {
  let rows: Row[] = []
  await eventually(`these of ${source} are stored: ${names.join(', ')}`, async () => {
    rows = await stored(source)
    return names.every((name) => rows.some((row) => row.name === name))
  })
  return Object.fromEntries(rows.map((row) => [row.name, row]))
}

async function stored(source: string): Promise<Row[]> {
  const sql = `SELECT * FROM events WHERE source = '${source}' ORDER BY log_position, log_index`
  const { columns, rows } = await callServer<{ columns: { name: string }[]; rows: unknown[][] }>(
    server,
    '/api/v1/sql',
    { sql },
  )
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])) as Row)
}

const keyFor = async (source: string) => (await createEventClient(server, { source })).secret

const callIt = (protocol: string, name: string, source: string) =>
  callServer(server, '/api/v1/source-names', { protocol, name, source })

test("Plausible's old tracker delivers page views and events", async () => {
  await keyFor('plausible-old')
  await callIt('plausible', 'shop.example', 'plausible-old')
  await visit(`
    import Plausible from 'plausible-tracker'
    const settings = { domain: 'shop.example', apiHost: '${server.url}', trackLocalhost: true }
    const { trackPageview, trackEvent } = Plausible(settings)
    trackPageview()
    trackEvent('Signup', { props: { plan: 'pro' } })
  `)

  const rows = await storedWith('plausible-old', 'page_view', 'Signup')
  expect(rows.page_view).toMatchObject({
    path: '/hats',
    campaign_source: 'mail',
    browser: 'Chrome',
    is_bot: false,
    visitor_kind: 'daily_hash',
    properties: { screen_width: 1000 },
  })
  expect(rows.Signup).toMatchObject({ properties: { plan: 'pro' } })
})

test("Plausible's new tracker delivers page views, events with revenue, outbound links and engagement", async () => {
  const key = await keyFor('plausible-new')
  await visit(`
    import { init, track } from '@plausible-analytics/tracker'
    init({ domain: '${key}', endpoint: '${server.url}/api/event', captureOnLocalhost: true, outboundLinks: true })
    track('Purchase', { props: { plan: 'pro' }, revenue: { currency: 'EUR', amount: 9.5 } })
    addEventListener('leave', () => {
      const link = document.body.appendChild(document.createElement('a'))
      link.href = 'https://other.example/'
      link.addEventListener('click', (event) => event.preventDefault())
      link.click()
      history.pushState({}, '', '/shoes')
    })
  `)
  const rows = await storedWith('plausible-new', 'page_view', 'Purchase')
  expect(rows.page_view).toMatchObject({ path: '/hats', campaign_source: 'mail', properties: { script_version: 36 } })
  expect(rows.Purchase).toMatchObject({ revenue: 9.5, currency: 'EUR', properties: { plan: 'pro' } })

  await page.evaluate("dispatchEvent(new Event('leave'))")
  const left = await storedWith('plausible-new', 'Outbound Link: Click', 'engagement')
  expect(left['Outbound Link: Click']).toMatchObject({ properties: { url: 'https://other.example/' } })
  expect(left.engagement).toMatchObject({ path: '/hats', properties: { scroll_depth: 100 } })
  await eventually('the next page is stored', async () =>
    (await stored('plausible-new')).some(({ name, path }) => name === 'page_view' && path === '/shoes'),
  )
})

test('the web client of OpenPanel delivers page views, events and people', async () => {
  const key = await keyFor('openpanel-web')
  await visit(`
    import { OpenPanel } from '@openpanel/web'
    const op = new OpenPanel({ clientId: '${key}', apiUrl: '${server.url}', trackScreenViews: true })
    addEventListener('signup', async () => {
      await op.identify({ profileId: 'ada', firstName: 'Ada' })
      await op.track('signed_up', { plan: 'pro' })
    })
  `)
  const rows = await storedWith('openpanel-web', 'page_view')
  expect(rows.page_view).toMatchObject({ path: '/hats', title: 'Hats', campaign_source: 'mail', browser: 'Chrome' })

  await page.evaluate("dispatchEvent(new Event('signup'))")
  const later = await storedWith('openpanel-web', 'identify', 'signed_up')
  expect(later.identify).toMatchObject({ user_id: 'ada', properties: { firstName: 'Ada' } })
  expect(later.signed_up).toMatchObject({ user_id: 'ada', path: '/hats', properties: { plan: 'pro' } })
})

test('the web client of Countly asks for its settings and delivers sessions, pages and events', async () => {
  const key = await keyFor('countly-web')
  await visit(`
    window.Countly = { q: [], app_key: '${key}', url: '${server.url}', app_version: '1.2', interval: 50 }
    Countly.ignore_bots = false // This Chromium says by its client hints that it is headless.
    Countly.q.push(['track_sessions'], ['track_pageview'])
    Countly.q.push(['add_event', { key: 'buy', count: 1, sum: 9.5, segmentation: { plan: 'pro' } }])
    Countly.q.push(['user_details', { name: 'Ada' }])
    await import('/countly.js')
    Countly.init()
  `)

  const rows = await storedWith('countly-web', 'begin_session', 'page_view', 'buy', 'identify')
  expect(rows.begin_session).toMatchObject({
    app_version: '1.2',
    screen: '1000x600',
    language: 'de-AT',
    browser: 'Chrome',
    visitor_kind: 'anonymous',
    event_id_from: 'client',
  })
  expect(rows.page_view).toMatchObject({ path: '/hats', host: 'localhost' })
  expect(rows.buy).toMatchObject({ properties: { sum: 9.5, plan: 'pro' } })
  // The client tells the campaign of the address as one more detail of the user, in a request before or after.
  const identified = async () => (await stored('countly-web')).filter(({ name }) => name === 'identify')
  await eventually('both details of the user are stored', async () => (await identified()).length === 2)
  expect((await identified()).map(({ properties }) => properties)).toEqual(
    expect.arrayContaining([{ name: 'Ada' }, expect.objectContaining({ utm_source: 'mail' })]),
  )
})
