import { createHmac } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  callServer,
  type ServerProcess,
  startServerProcess,
} from '../../packages/server/test/support/server-process.ts'
import type { SourceHealth } from '../../packages/web/src/api/sources.ts'
import { CLIENTS } from '../../packages/web/src/sources/setup/clients.ts'
import { launchChromium } from './support/chromium.ts'
import { startSite } from './support/site.ts'

/** From a new source to its first event, and what one can do with it after that. One server, one story, in order. */
const EMAIL = 'ada@example.com'
const PASSWORD = 'correct horse battery'

let folder: string
let server: ServerProcess
let browser: Browser
let context: BrowserContext
let page: Page
let problems: string[]
/** Of the source that the story makes. */
let key: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-sources-'))
  server = await startServerProcess(join(folder, 'data'))
})
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

// A browser a test: this Chromium runs as a single process and does not survive the closing of a context.
beforeEach(async () => {
  browser = await launchChromium()
  problems = []
  await open({ viewport: { width: 1280, height: 900 } })
})
afterEach(async () => {
  await browser.close()
  expect(problems).toEqual([])
})

async function open(options: Parameters<Browser['newContext']>[0]): Promise<void> {
  context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  page = await context.newPage()
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    // Somebody who is not logged in is told so by a 401, and a form that is not right by a 400.
    if (message.type() === 'error' && !/40[01]/.test(message.text())) problems.push(message.text())
  })
}

async function logIn(to: string): Promise<void> {
  await page.goto(`${server.url}${to}`)
  await page.getByLabel('E-mail').fill(EMAIL)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/login'))
}

const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()')
const tab = (name: string) => page.getByRole('tab', { name })

async function send(event: unknown, path = '/v1/events'): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  return (await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(event) })).status
}

test('a new source shows its key once, and its snippet brings the first event in', async () => {
  const token = await readFile(join(folder, 'data', 'secrets', 'setup-token'), 'utf8')
  await page.goto(`${server.url}/setup?token=${token}`)
  await page.getByLabel('Name').fill('Ada Example')
  await page.getByLabel('E-mail').fill(EMAIL)
  await page.getByLabel('Password').first().fill(PASSWORD)
  await page.getByRole('button', { name: /account|start|set up/i }).click()
  await page.getByRole('link', { name: 'Sources' }).click()

  await page.getByRole('button', { name: 'New source' }).click()
  await page.getByRole('radio', { name: /^Website/ }).check({ force: true })
  await page.getByLabel('Label').fill('Hats & Co.')
  await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('hats-co')
  await page.getByRole('button', { name: 'Make source and key' }).click()
  await page.getByRole('button', { name: 'Copy the key' }).click()
  await page.getByText('Copied').waitFor()
  key = await clipboard()
  expect(key).toMatch(/^alm_[\w-]+$/)

  await page.getByRole('button', { name: 'Continue to the set-up' }).click()
  await page.getByRole('heading', { name: 'Hats & Co.' }).waitFor()
  await page.getByText('Waiting for the first event…').waitFor()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByText('Copied').waitFor()
  const snippet = await clipboard()
  expect(snippet).toBe(`<script defer src="${server.url}/js/almanac.js" data-key="${key}"></script>`)

  await using site = await startSite({
    pages: { '/hats': `<!doctype html><title>Hats</title>${snippet}<p>Hats</p>` },
  })
  const visitor = await context.newPage()
  await visitor.goto(`${site.url}/hats`)
  await page.getByText('First event received').waitFor({ timeout: 20_000 })
})

test('events are seen as they arrive, as they came and as they are understood', async () => {
  await logIn('/sources/hats-co?tab=live')
  await page.getByText('Listening').waitFor()
  expect(await send({ name: 'signup', userId: 'u-4711', properties: { plan: 'family' } })).toBe(202)
  expect(await send({ name: 'later', nonsense: true })).toBe(400)

  const line = page.getByRole('button', { name: /signup u-4711/ })
  await line.click()
  await expect.poll(() => page.getByRole('figure', { name: 'As it came' }).textContent()).toContain('"plan": "family"')
  await expect
    .poll(() => page.getByRole('figure', { name: 'As it is understood' }).textContent())
    .toContain('"visitorKind": "user"')
  await page.getByText('Not stored').waitFor()

  await page.getByRole('searchbox', { name: 'Filter events' }).fill('FAMILY')
  await page.getByText('Not stored').waitFor({ state: 'detached' })
  await page.getByRole('searchbox', { name: 'Filter events' }).fill('')

  await page.getByRole('button', { name: 'Pause' }).click()
  await send({ name: 'while_paused' })
  await page.getByRole('button', { name: 'Resume (1 new)' }).click()
  await page.getByRole('button', { name: /while_paused/ }).waitFor()
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByText('Nothing has come since').waitFor()
})

test('health counts what was accepted and says why the rest was not', async () => {
  await logIn('/sources/hats-co?tab=health')
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
  const today = (name: string) => row(name).first().getByRole('cell').last().textContent()
  await expect.poll(() => today('Accepted'), { timeout: 20_000 }).toBe('3')
  await expect.poll(() => today('Rejected'), { timeout: 20_000 }).toBe('1')
  await page.getByText(/nonsense|unrecogni[sz]ed/i).waitFor()
  await page.getByRole('link', { name: 'Sources' }).first().click()
  await page.getByRole('link', { name: '1 rejected' }).click()
  await tab('Health').and(page.locator('[aria-selected=true]')).waitFor()
})

test('a setting that is not right is told at its field, and a right one is kept', async () => {
  await logIn('/sources/hats-co?tab=settings')
  const origins = page.getByLabel('Allowed origins')
  await origins.fill('https://hats.example/shop')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText(/Expected a host name .* got "https:\/\/hats\.example\/shop"/).waitFor()
  await expect.poll(() => origins.evaluate('document.activeElement.getAttribute("aria-invalid")')).toBe('true')

  await origins.fill('HATS.example\n*.hats.example')
  await page.getByText('Cookieless').click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  await page.reload()
  await expect.poll(() => page.getByLabel('Allowed origins').inputValue()).toBe('hats.example\n*.hats.example')
  await expect.poll(() => page.getByRole('radio', { name: /^Cookieless/ }).isChecked()).toBe(true)
})

test('a key is not shown again: another is made, for the sandbox too', async () => {
  await logIn('/sources/hats-co')
  const snippet = page.getByRole('figure', { name: 'Snippet for Almanac' })
  await expect.poll(() => snippet.textContent()).toContain('YOUR_WRITE_KEY')
  expect(await page.content()).not.toContain(key)

  await page.getByRole('radio', { name: 'Sandbox' }).click()
  await page.getByText('There is no key for this environment yet.').waitFor()
  await page.getByRole('button', { name: 'Make a new key' }).click()
  await expect.poll(() => snippet.textContent()).toMatch(/data-key="alm_[\w-]+"/)
  await page.getByText('Waiting for an event…').waitFor()
  key = (await page.getByRole('figure', { name: 'Key' }).textContent()) ?? ''
  expect(await send({ name: 'trial' })).toBe(202)
  await page.getByText('Event received').waitFor({ timeout: 20_000 })
})

test('a site id of Matomo is given to the source, and its requests arrive', async () => {
  await logIn('/sources/hats-co?client=matomo')
  await page.getByLabel('Site id').fill('7')
  await page.getByRole('button', { name: 'Use it' }).click()
  const snippet = page.getByRole('figure', { name: 'Snippet for Matomo' })
  await expect.poll(() => snippet.textContent()).toContain(`['setSiteId', '7']`)
  await tab('Live').click()
  await page.getByText('Listening').waitFor()
  const asked = `${server.url}/matomo.php?idsite=7&rec=1&action_name=Hats&url=https%3A%2F%2Fhats.example%2F`
  await expect
    .poll(async () => (await fetch(asked, { headers: { origin: 'https://hats.example' } })).status, { timeout: 10_000 })
    .toBe(200)
  await page
    .getByRole('button', { name: /page_view .* matomo/ })
    .first()
    .waitFor()
})

test('every address that is shown for a sender takes what the sender delivers', async () => {
  const { accepted } = (await healthOfSandbox()).today
  const line = '<13>1 2026-11-22T10:00:00.123456Z host app web.1 - - Hats sold out'
  const json = JSON.stringify({ type: 'paid', data: { id: 'p-1' }, created: Date.now() })
  const githubBody = JSON.stringify({ action: 'created', repository: { full_name: 'ada/hats' } })
  const deliveries: readonly [client: string, RequestInit][] = [
    ['adjust', { method: 'GET' }],
    ['ga4', { method: 'POST', body: JSON.stringify({ client_id: 'c1', events: [{ name: 'purchase' }] }) }],
    ['syslog', { method: 'POST', body: line }],
    ['webhook', { method: 'POST', body: json }],
    ['github', { method: 'POST', body: githubBody, headers: githubHeaders(githubBody) }],
  ]
  for (const [id, request] of deliveries) {
    const snippet = CLIENTS.find((client) => client.id === id)?.snippet({ server: server.url, key, project: key })
    const { status } = await fetch(snippet?.replace('{activity_kind}', 'install') ?? '', request)
    expect([id, status < 300]).toEqual([id, true])
  }
  await expect.poll(async () => (await healthOfSandbox()).today.accepted).toBe(accepted + deliveries.length)
})

const healthOfSandbox = () => callServer<SourceHealth>(server, '/api/v1/sources/hats-co/health?environment=sandbox')

function githubHeaders(body: string): Record<string, string> {
  const signature = createHmac('sha256', key).update(body).digest('hex')
  return {
    'content-type': 'application/json',
    'x-github-event': 'star',
    'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    'x-hub-signature-256': `sha256=${signature}`,
  }
}

test('a tracking link is made, and who follows it is counted and sent on', async () => {
  await logIn('/links')
  await page.getByRole('button', { name: 'New link' }).click()
  await page.getByLabel('Where it leads').fill('https://hats.example/app?click={click_id}')
  await page.getByLabel('Network').fill('Newsletter')
  await page.getByLabel('Code').fill('spring hats')
  await page.getByRole('button', { name: 'Make link' }).click()
  await page.getByText(/expected 3 to 50 letters/).waitFor()
  await page.getByLabel('Code').fill('spring')
  await page.getByRole('button', { name: 'Make link' }).click()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByText('Copied').waitFor()
  const url = await clipboard()
  expect(url).toBe(`${server.url}/l/spring`)

  await page.getByRole('button', { name: 'Done' }).click()
  await expect.poll(() => fetch(url, { redirect: 'manual' }).then(({ status }) => status)).toBe(302)
  const { headers } = await fetch(url, { redirect: 'manual', headers: { 'user-agent': AGENT } })
  expect(headers.get('location')).toMatch(/^https:\/\/hats\.example\/app\?click=[\w-]{22}$/)
  const clicks = page.getByRole('row').filter({ hasText: '/l/spring' }).getByRole('cell').nth(2)
  await expect.poll(() => clicks.textContent(), { timeout: 40_000 }).not.toBe('0')

  const counted = await clicks.textContent()
  await page.getByRole('button', { name: 'Edit spring' }).click()
  await page.getByLabel('Where it leads').fill('nowhere')
  await page.getByLabel('Campaign').fill('May')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText(/expected an address that begins with https/).waitFor()
  expect(await page.getByLabel('Code').isEditable()).toBe(false)
  await page.getByLabel('Where it leads').fill('https://hats.example/may')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('cell', { name: 'Newsletter › May' }).waitFor()
  const changed = await fetch(url, { redirect: 'manual', headers: { 'user-agent': 'curl/8.0' } })
  expect(changed.headers.get('location')).toBe('https://hats.example/may')
  expect(Number(await clicks.textContent())).toBeGreaterThanOrEqual(Number(counted))

  await page.getByRole('button', { name: 'Edit spring' }).click()
  await page.getByText('The link works').click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('There is no link yet').waitFor()
  expect((await fetch(url, { redirect: 'manual' })).status).toBe(404)
  await page.getByRole('radio', { name: 'Archived' }).click()
  await page.getByRole('button', { name: 'Edit spring' }).click()
  await page.getByText('The link works').click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Archive spring' }).waitFor()
  expect((await fetch(url, { redirect: 'manual' })).status).toBe(302)

  await page.getByRole('button', { name: 'Archive spring' }).click()
  await page.getByRole('button', { name: 'Archive', exact: true }).click()
  await page.getByText('There is no link yet').waitFor()
})

test('other tools are told where to read, and an admin sees the password', async () => {
  await logIn('/tools')
  await page.getByRole('heading', { name: 'Connection to ClickHouse' }).waitFor()
  const connection = await callServer<{ port: number; views: string[] }>(server, '/api/v1/bi/connection')
  await page.getByText(`${connection.port} (HTTP)`).waitFor()
  await page.getByText(connection.views.filter((name) => name.startsWith('web_')).join(', ')).waitFor()
  await page.getByRole('button', { name: 'Show the password' }).click()
  const { password } = await callServer<{ password: string }>(server, '/api/v1/bi/password')
  await page.getByText(password).waitFor()
  await page.getByRole('tab', { name: 'DBeaver' }).click()
  await page.getByText(`jdbc:clickhouse://127.0.0.1:${connection.port}/bi`).waitFor()
})

test('on a phone nothing is wider than the screen', async () => {
  await open({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
  await logIn('/sources')
  for (const path of [
    '/sources',
    '/sources/hats-co',
    '/sources/hats-co?tab=live',
    '/sources/hats-co?tab=health',
    '/links',
    '/tools',
    '/settings/keys',
  ]) {
    await page.goto(`${server.url}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expect.poll(() => page.locator('[aria-busy=true], .skeleton').count(), { message: path }).toBe(0)
    expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(390)
  }
})

test('with the colours of the system alone, what is chosen has a line around it', async () => {
  await logIn('/sources/hats-co?tab=settings')
  await page.emulateMedia({ forcedColors: 'active' })
  const outlineOf = (selector: string) =>
    page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).outlineStyle`)
  await tab('Settings').waitFor()
  expect(await outlineOf('[role=tab][aria-selected=true]')).toBe('solid')
  expect(await outlineOf('[role=tab][aria-selected=false]')).toBe('none')
  expect(await outlineOf('nav a[aria-current=page]')).toBe('solid')
})

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
