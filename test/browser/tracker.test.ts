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
import { buildTracker } from '../../packages/tracker/build-tracker.ts'
import { launchChromium } from './support/chromium.ts'
import { startSite } from './support/site.ts'

/** Our script on somebody's website, in a real browser, against a real server. Each test has a source of its own. */
let folder: string
let server: ServerProcess
let browser: Browser
let page: Page
let problems: string[]
let source: string
let key: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-tracker-'))
  server = await startServerProcess(join(folder, 'data'))
})
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

let count = 0
beforeEach(async () => {
  count += 1
  source = `site-${count}`
  key = (await createEventClient(server, { source })).secret
  browser = await launchChromium()
  const context = await browser.newContext({ locale: 'de-AT', viewport: { width: 1000, height: 600 } })
  page = await context.newPage()
  problems = []
  page.on('pageerror', (error) => problems.push(String(error)))
})
afterEach(async () => {
  await browser.close()
  expect(problems).toEqual([])
})

interface Row {
  readonly name: string
  readonly url: string
  readonly title: string
  readonly referrer: string
  readonly properties: Record<string, unknown>
  readonly [column: string]: unknown
}

const COLUMNS = ['name', 'url', 'title', 'referrer', 'properties', 'user_id', 'environment', 'screen', 'language']
const MORE_COLUMNS = ['duration_ms', 'revenue', 'currency', 'message_id', 'event_id_from', 'campaign_source']

/** In the order of their own clock. */
async function rows(): Promise<Row[]> {
  const columns = [...COLUMNS, ...MORE_COLUMNS]
  const sql = `SELECT ${columns.join(', ')} FROM events WHERE source = '${source}' ORDER BY client_at, name`
  const answer = await callServer<{ rows: unknown[][] }>(server, '/api/v1/sql', { sql })
  return answer.rows.map((values) => Object.fromEntries(columns.map((column, i) => [column, values[i]])) as Row)
}

async function rowsWith(...names: readonly string[]): Promise<Row[]> {
  await eventually(`these are stored: ${names.join(', ')}`, async () => {
    const stored = (await rows()).map(({ name }) => name)
    return names.every((name) => stored.includes(name))
  })
  return rows()
}

const STUB = '<script>window.almanac ??= Object.assign((...call) => almanac.q.push(call), { q: [] })</script>'
const tag = (attributes = '', src = `${server.url}/js/almanac.js`) =>
  `${STUB}<script defer src="${src}" data-key="${key}" ${attributes}></script>`
const html = (title: string, head: string, body = '') =>
  `<!doctype html><title>${title}</title>${head}<body>${body}<div style="height: 3000px"></div>`

test('pages of a single-page site are counted when the router goes to them, and on the way back', async () => {
  const home = html('Home', tag('data-prop-page-type="shop" data-user="u1" data-environment="sandbox"'))
  await using site = await startSite({ pages: { '/': home } })
  await page.goto(`${site.url}/?utm_source=news#top`, { referer: 'https://search.example/find' })
  await rowsWith('page_view')
  await page.evaluate(`history.pushState({}, '', '/pricing'); document.title = 'Pricing'; almanac('event', 'zoom')`)
  await page.evaluate(`location.hash = 'below'; history.replaceState({}, '', '?')`)
  await page.goBack()
  await page.goBack()
  await eventually('all three views are stored', async () => (await rows()).filter(isView).length === 3)

  const views = (await rows()).filter(isView)
  expect(views.map(({ url, title }) => [url, title])).toEqual([
    [`${site.url}/?utm_source=news`, 'Home'],
    [`${site.url}/pricing`, 'Pricing'],
    [`${site.url}/?utm_source=news`, 'Pricing'],
  ])
  expect(views.map(({ referrer }) => referrer)).toEqual([
    'https://search.example/find',
    `${site.url}/?utm_source=news`,
    `${site.url}/pricing`,
  ])
  expect(views[0]).toMatchObject({
    user_id: 'u1',
    environment: 'sandbox',
    screen: '1000x600',
    language: 'de-AT',
    campaign_source: 'news',
    event_id_from: 'client',
    properties: { page_type: 'shop' },
  })
  const zoom = (await rows()).find(({ name }) => name === 'zoom')
  expect(zoom?.url).toBe(`${site.url}/pricing`)
})

const isView = ({ name }: Row) => name === 'page_view'

test('links away, downloads and missing pages are events of the page they were on', async () => {
  await using other = await startSite({ pages: { '/': html('Other', '') } })
  const links = `<a id=inside href="/next">next</a><a id=file href="/files/Prices.PDF?v=2" target=_blank>prices</a>
    <a id=away href="${other.url}/?from=us"><b>away</b></a><a id=mail href="mailto:a@example.com">mail</a>`
  const pages = { '/': html('Links', tag(), links), '/files/Prices.PDF': '', '404': html('Nothing here', tag()) }
  await using site = await startSite({ pages })
  await page.goto(site.url)
  await page.click('#mail')
  await page.click('#file')
  await page.click('#away b')
  await page.waitForURL(`${other.url}/**`)
  await page.goto(`${site.url}/gone`)
  const stored = await rowsWith('not_found', 'download', 'outbound_link')

  const found = (name: string) =>
    stored.filter((row) => row.name === name).map(({ url, properties }) => [url, properties])
  expect(found('download')).toEqual([[`${site.url}/`, { url: `${site.url}/files/Prices.PDF?v=2` }]])
  expect(found('outbound_link')).toEqual([[`${site.url}/`, { url: `${other.url}/?from=us` }]])
  expect(found('not_found')).toEqual([[`${site.url}/gone`, {}]])
  expect(found('page_view').map(([url]) => url)).toEqual([`${site.url}/`, `${site.url}/gone`])
})

test('a page that goes away says how long it was seen and how far down', async () => {
  await using site = await startSite({ pages: { '/': html('Long', tag()), '/next': html('Next', '') } })
  await page.goto(site.url)
  await rowsWith('page_view')
  await page.evaluate('scrollTo(0, 900)')
  // What is seen for less than a tenth of a second is not counted.
  await page.waitForFunction('performance.now() - (window.begin ??= performance.now()) > 150')
  await page.goto(`${site.url}/next`)
  const engagement = (await rowsWith('engagement')).filter(({ name }) => name === 'engagement')

  expect(engagement).toHaveLength(1)
  expect(engagement[0]?.url).toBe(`${site.url}/`)
  // 900 down and 600 high, of 3000 and the body's margin.
  expect(Number(engagement[0]?.properties.scroll)).toBeGreaterThanOrEqual(49)
  expect(Number(engagement[0]?.properties.scroll)).toBeLessThanOrEqual(51)
  expect(engagement[0]?.duration_ms).toBeGreaterThan(0)
})

test('what a page says as it closes arrives', async () => {
  await using site = await startSite({ pages: { '/': html('Short', tag()), '/opener': html('Opener', '') } })
  await page.goto(`${site.url}/opener`)
  await page.evaluate(`window.opened = open('/')`)
  await rowsWith('page_view')
  await page.waitForFunction('performance.now() - (window.begin ??= performance.now()) > 150')
  await page.evaluate(`opened.almanac('event', 'last words', { mood: 'calm' }); opened.close()`)

  const stored = await rowsWith('last words', 'engagement')
  expect(stored.find(({ name }) => name === 'last words')?.properties).toEqual({ mood: 'calm' })
})

test('a page that was prepared in advance counts when it is shown', async () => {
  const prepared = `<script>for (const state of ['prerendering', 'hidden'])
    Object.defineProperty(document, state, { value: true, configurable: true })</script>`
  await using site = await startSite({ pages: { '/': html('Soon', prepared + tag()) } })
  await page.goto(site.url)
  await page.evaluate(`almanac('event', 'prepared')`)
  expect((await rowsWith('prepared')).map(({ name }) => name)).toEqual(['prepared'])
  await page.evaluate(
    `delete document.prerendering; delete document.hidden; document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`,
  )

  expect((await rowsWith('page_view')).map(({ name }) => name)).toEqual(['prepared', 'page_view'])
})

test('a page that comes back from the browser’s cache is another view', async () => {
  await using site = await startSite({ pages: { '/': html('Home', tag()) } })
  await page.goto(site.url)
  await rowsWith('page_view')
  await page.evaluate(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`)

  await eventually('both views are stored', async () => (await rows()).filter(isView).length === 2)
})

test('the middle button follows a link, the right one does not', async () => {
  const link = '<a id=away href="https://other.example/">away</a>'
  await using site = await startSite({ pages: { '/': html('Home', tag(), link) } })
  await page.goto(site.url)
  const press = (button: number) =>
    page.evaluate(`away.dispatchEvent(new MouseEvent('auxclick', { bubbles: true, button: ${button} }))`)
  await press(2)
  await press(1)
  await page.evaluate(`almanac('event', 'end')`)

  const names = (await rowsWith('end')).map(({ name }) => name)
  expect(names.filter((name) => name === 'outbound_link')).toHaveLength(1)
})

test('calls from before the script came count, with properties, revenue and settings', async () => {
  const early = `${STUB}<script>
    almanac('props', { plan: 'family' }); almanac('user', 'u7')
    almanac('event', 'order', { props: { items: 3 }, revenue: { amount: 9.9, currency: 'EUR' } })
    const loop = {}; loop.loop = loop; almanac('event', 'unsendable', loop); almanac('event', 'plain', { a: 1 })
  </script>`
  await using site = await startSite({ pages: { '/': html('Early', early + tag()) } })
  await page.goto(site.url)
  const stored = await rowsWith('page_view', 'order', 'plain')

  expect(stored.find(({ name }) => name === 'order')).toMatchObject({
    user_id: 'u7',
    revenue: 9.9,
    currency: 'EUR',
    properties: { plan: 'family', items: 3 },
  })
  expect(stored.find(({ name }) => name === 'plain')?.properties).toEqual({ plan: 'family', a: 1 })
  expect(stored.map(({ name }) => name)).not.toContain('unsendable')
})

test('an event whose answer was lost is sent again by itself, and counted once', async () => {
  await using relay = await startSite({
    pages: {},
    passOn: { '/js/almanac.js': `${server.url}/js/almanac.js`, '/e': `${server.url}/e` },
  })
  await using site = await startSite({ pages: { '/': html('Home', tag('', `${relay.url}/js/almanac.js`)) } })
  relay.loseAnswers(1)
  await page.goto(site.url)
  const sent = () => relay.passedOn.filter(({ path }) => path === '/e')
  await eventually('it was sent twice', () => sent().length === 2)
  await page.evaluate(`almanac('event', 'after')`)
  const stored = await rowsWith('after')

  expect(stored.map(({ name }) => name)).toEqual(['page_view', 'after'])
  const [first, second] = sent().map(({ body }) => JSON.parse(body).e)
  expect(second[0]).toEqual(first[0])
})

test('another origin is asked by plain text only, which needs no preflight', async () => {
  await using relay = await startSite({
    pages: {},
    passOn: { '/js/almanac.js': `${server.url}/js/almanac.js`, '/e': `${server.url}/e` },
  })
  const pages = { '/': html('Home', tag('', `${relay.url}/js/almanac.js`)), '/next': html('Next', '') }
  await using site = await startSite({ pages })
  await page.goto(site.url)
  await rowsWith('page_view')
  await page.evaluate(`almanac('event', 'farewell'); location.href = '/next'`)
  await rowsWith('farewell')

  const sent = relay.passedOn.filter(({ path }) => path === '/e')
  expect(sent.length).toBeGreaterThanOrEqual(2)
  for (const request of sent) expect(request).toMatchObject({ method: 'POST', contentType: 'text/plain;charset=UTF-8' })
})

test('under other names on the site itself, the script finds its way', async () => {
  const pages = {
    '/': html('Derived', tag('', '/lib/js/help.js')),
    '/named': html('Named', tag('data-api="/quiet"', '/lib/js/help.js')),
  }
  const passOn = {
    '/lib/js/help.js': `${server.url}/js/almanac.links.spa.js`,
    '/lib/e': `${server.url}/e`,
    '/quiet': `${server.url}/e`,
  }
  await using site = await startSite({ pages, passOn })
  await page.goto(site.url)
  await page.goto(`${site.url}/named`)
  await eventually('both views are stored', async () => (await rows()).length === 2)

  expect(site.passedOn.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual(['/lib/e', '/quiet'])
})

test('two tags on one page count once', async () => {
  await using site = await startSite({ pages: { '/': html('Twice', tag() + tag()) } })
  await page.goto(site.url)
  await page.evaluate(`almanac('event', 'once')`)

  expect((await rowsWith('once')).map(({ name }) => name)).toEqual(['page_view', 'once'])
})

test.each([
  { who: 'has opted out', script: `localStorage.almanac_ignore = '1'`, attributes: '' },
  { who: 'sends GPC', script: 'navigator.__proto__.globalPrivacyControl = true', attributes: 'data-respect-dnt' },
  {
    who: 'sends DNT',
    script: `Object.defineProperty(navigator, 'doNotTrack', { value: '1' })`,
    attributes: 'data-respect-dnt',
  },
])('nothing is sent of somebody who $who', async ({ script, attributes }) => {
  const head = `<script>${script}</script>${tag(attributes, '/js/almanac.js')}`
  const passOn = { '/js/almanac.js': `${server.url}/js/almanac.js`, '/e': `${server.url}/e` }
  // The same page without the wish shows that the first one was silent by choice.
  const pages = {
    '/': html('Quiet', head),
    '/open': html('Open', `<script>localStorage.clear()</script>${tag('', '/js/almanac.js')}`),
  }
  await using site = await startSite({ pages, passOn })
  await page.goto(site.url)
  await page.evaluate(`almanac('event', 'secret')`)
  await page.goto(`${site.url}/open`)
  const stored = await rowsWith('page_view')

  expect(stored.map(({ name, url }) => [name, url])).toEqual([['page_view', `${site.url}/open`]])
})

test('without the attribute, GPC and DNT are not asked', async () => {
  const head = `<script>navigator.__proto__.globalPrivacyControl = true</script>${tag()}`
  await using site = await startSite({ pages: { '/': html('Home', head) } })
  await page.goto(site.url)

  expect(await rowsWith('page_view')).toHaveLength(1)
})

test('a browser that lacks what the script needs gets no error, and the page works', async () => {
  const broken = `<script>
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })
    navigator.sendBeacon = undefined; window.fetch = undefined
  </script>`
  await using site = await startSite({ pages: { '/': html('Old', broken + tag(), '<a id=next href="#x">x</a>') } })
  await page.goto(site.url)
  await page.evaluate(`almanac('event', 'x'); almanac(); almanac('event'); document.dispatchEvent(new Event('click'))`)
  await page.click('#next')
  await page.evaluate(`history.pushState({}, '', '/other'); dispatchEvent(new Event('visibilitychange'))`)

  expect(await page.evaluate('location.pathname')).toBe('/other')
})

test('storage that may not be read is no wish to be left out', async () => {
  const head = `<script>
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })
  </script>${tag()}`
  await using site = await startSite({ pages: { '/': html('Home', head) } })
  await page.goto(site.url)

  expect(await rowsWith('page_view')).toHaveLength(1)
})

test('the npm form does the same from a bundle', async () => {
  const built = join(folder, 'npm')
  await buildTracker(built)
  const app = `import { init, setProps, setUser, track } from './tracker.js'
    track('too early'); init({ api: '${server.url}/e', key: '${key}', respectDnt: false }); init({ api: '/again', key: 'x' })
    setUser('u3'); setProps({ plan: 'solo' }); track('signup', { props: { from: 'bundle' } })`
  const pages = {
    '/': html('App', '<script type="module" src="/app.js"></script>'),
    '/app.js': app,
    '/tracker.js': await readFile(join(built, 'index.js'), 'utf8'),
  }
  await using site = await startSite({ pages })
  await page.goto(site.url)
  const stored = await rowsWith('page_view', 'signup')

  expect(stored.map(({ name }) => name).toSorted()).toEqual(['page_view', 'signup'])
  expect(stored.find(({ name }) => name === 'signup')).toMatchObject({
    user_id: 'u3',
    properties: { plan: 'solo', from: 'bundle' },
  })
})
