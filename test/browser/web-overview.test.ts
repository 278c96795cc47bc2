import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { almanac } from '../../packages/server/test/support/almanac-command.ts'
import {
  callServer,
  type ServerProcess,
  startServerProcess,
} from '../../packages/server/test/support/server-process.ts'
import { launchChromium } from './support/chromium.ts'

/** The product in a real browser, from the first start to the live figure. One server, one story, in order. */
const EMAIL = 'ada@example.com'
const PASSWORD = 'correct horse battery'
const DAY = '/dashboards/web?from=2015-05-17&to=2015-05-18&tz=UTC'

let folder: string
let server: ServerProcess
let browser: Browser
let page: Page
let problems: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-browser-'))
  server = await startServerProcess(join(folder, 'data'))
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

// A browser a test: this Chromium runs as a single process and does not survive the closing of a context.
beforeEach(async () => {
  browser = await launchChromium()
  page = await newPage({})
})
afterEach(async () => {
  await browser.close()
  expect(problems).toEqual([])
})

async function newPage(options: Parameters<Browser['newContext']>[0]): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 900 },
    ...options,
  })
  const opened = await context.newPage()
  problems = []
  opened.on('pageerror', (error) => problems.push(String(error)))
  opened.on('console', (message) => {
    // Somebody who is not logged in is told so by a 401, which the browser notes by itself.
    if (message.type() === 'error' && !message.text().includes('401')) problems.push(message.text())
  })
  return opened
}

async function logIn(to: string, on = page): Promise<void> {
  await on.goto(`${server.url}${to}`)
  await on.getByLabel('E-mail').fill(EMAIL)
  await on.getByLabel('Password').fill(PASSWORD)
  await on.getByRole('button', { name: 'Sign in' }).click()
  await on.getByRole('heading', { name: 'Web overview' }).waitFor()
}

/** The exact value of a headline figure. */
const figure = (measure: string, on = page) => on.locator(`[data-measure=${measure}]`).first()
const hasFigure = (measure: string, value: string) =>
  expect.poll(() => figure(measure).getAttribute('title'), { timeout: 15_000 }).toBe(value)

test('the printed address makes the first account, once', async () => {
  const token = await readFile(join(folder, 'data', 'secrets', 'setup-token'), 'utf8')
  await page.goto(`${server.url}/setup?token=${token}`)
  await page.getByLabel('Name').fill('Ada Example')
  await page.getByLabel('E-mail').fill(EMAIL)
  await page.getByLabel('Password').first().fill(PASSWORD)
  await page.getByRole('button', { name: /account|start|set up/i }).click()
  await page.getByRole('heading', { name: 'Web overview' }).waitFor()
  expect(await callServer(server, '/api/v1/setup')).toEqual({ needed: false })
})

test('an imported log is on the page with its exact figures', async () => {
  const log = join(folder, 'access.log')
  await writeFile(log, ACCESS_LOG)
  const { exitCode } = await almanac([
    'import',
    log,
    '--format',
    'combined',
    '--source',
    'website',
    '--identity',
    'stable',
    '--data-dir',
    join(folder, 'data'),
  ])
  expect(exitCode).toBe(0)
  await logIn(DAY)
  await hasFigure('hits', '4')
  await hasFigure('visitors', '2')
  await hasFigure('bytes', '10,600 bytes')
  await hasFigure('errors', '1')
  const pages = page.getByRole('region', { name: 'Top pages' })
  await pages.getByText('/articles').waitFor()

  // A click on a row filters everything by it, and the chip takes the filter away again.
  await page.getByRole('region', { name: 'Statuses' }).getByText('Not Found').click()
  await hasFigure('hits', '1')
  expect(page.url()).toContain('status=404')
  await page.getByRole('button', { name: /Remove.*404|404.*remove/i }).click()
  await hasFigure('hits', '4')
})

test('all figures of the page are asked for in one request', async () => {
  const asked: string[] = []
  page.on('request', (request) => {
    if (/\/api\/v1\/quer(y|ies)$/.test(request.url())) asked.push(request.postData() ?? '')
  })
  await logIn(DAY)
  await hasFigure('hits', '4')
  await page.getByRole('region', { name: 'Statuses' }).getByText('Not Found').waitFor()
  // The big numbers, the chart and the five lists.
  expect(asked.map((body) => JSON.parse(body).queries.length)).toEqual([7])
})

test('figures are compared with the time before, as the server says it', async () => {
  await logIn('/dashboards/web?from=2015-05-18&to=2015-05-19&timezone=UTC')
  await hasFigure('hits', '0')
  await page.getByTitle('4 in 17 May 2015').getByText('-100%').waitFor()
  await page.getByTitle('4 in 17 May 2015').getByText('vs 17 May 2015').waitFor()
})

test('a range of a few hours is drawn by quarters of an hour', async () => {
  await logIn('/dashboards/web?from=2015-05-17T10:00:00Z&to=2015-05-17T12:00:00Z&timezone=UTC')
  await page.getByRole('group', { name: /Hits by quarter hour/ }).waitFor()
  await hasFigure('hits', '3')
  await page.getByRole('radio', { name: '1 min' }).click()
  await page.getByRole('group', { name: /Hits by minute/ }).waitFor()
  await hasFigure('visitors', '2')
})

test('the grain and the range are in the address, and Back brings them back', async () => {
  await logIn(DAY)
  await page.getByRole('radio', { name: 'Hour' }).click()
  await expect.poll(() => page.url()).toContain('grain=hour')
  await page.getByRole('group', { name: /Hits by hour/ }).waitFor()
  await page.goBack()
  await expect.poll(() => page.url()).not.toContain('grain=hour')
})

test('a new event changes the figures without a reload', async () => {
  await logIn('/dashboards/web?range=today&tz=UTC')
  await page.getByText('Live').waitFor()
  const before = Number((await figure('hits').getAttribute('title')) ?? 0)
  const loads = await page.evaluate('performance.timeOrigin')
  await callServer(server, '/v1/events?source=website', {
    name: 'page_view',
    url: 'https://example.com/new',
    status: 200,
  })
  await hasFigure('hits', String(before + 1))
  await page.getByRole('region', { name: 'Top pages' }).getByText('/new').waitFor()
  expect(await page.evaluate('performance.timeOrigin')).toBe(loads)
})

test('names from the data are text and never run', async () => {
  const hostile = '/<img src=x onerror=alert(1)>"&\u202egnp'
  await callServer(server, '/v1/events?source=website', { name: 'page_view', url: hostile, status: 200 })
  await logIn('/dashboards/web?range=today&tz=UTC')
  await page.getByRole('region', { name: 'Top pages' }).getByText('<img src=x onerror=alert(1)>').waitFor()
  expect(await page.locator('img[src=x]').count()).toBe(0)
})

test('the chart can be read as a table', async () => {
  await logIn(`${DAY}&grain=hour`)
  await page.getByRole('button', { name: 'View as table' }).click()
  await expect.poll(() => page.getByRole('table').getByRole('row').count()).toBeGreaterThan(20)
})

test('on a phone nothing is wider than the screen', async () => {
  const phone = await newPage({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
  await logIn(DAY, phone)
  await phone.getByRole('region', { name: 'Top pages' }).waitFor()
  expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
})

test('a wrong password says so, and signing out ends the session', async () => {
  await page.goto(`${server.url}/login`)
  await page.getByLabel('E-mail').fill(EMAIL)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').waitFor()
  await logIn('/dashboards/web')
  await page.getByRole('button', { name: 'Account of Ada Example' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  await page.goto(`${server.url}/dashboards/web`)
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
})

test('a server that goes away and comes back is noticed both times', async () => {
  await logIn('/dashboards/web?range=today&tz=UTC')
  await page.getByText('Live').waitFor()
  // All that the page loads later has come: what is tried is a running page.
  await page.getByRole('group', { name: /Hits by/ }).waitFor()
  const { port } = new URL(server.url)
  await server.kill()
  await page.getByText('Reconnecting').waitFor()
  server = await startServerProcess(join(folder, 'data'), ['--port', port])
  await page.getByText('Live').waitFor({ timeout: 60_000 })
  problems = problems.filter((problem) => !/Failed to load resource|ERR_CONNECTION|EventSource/i.test(problem))
})

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
const ACCESS_LOG = [
  `10.0.0.1 - - [17/May/2015:10:05:03 +0000] "GET /articles HTTP/1.1" 200 5000 "-" "${AGENT}"`,
  `10.0.0.1 - - [17/May/2015:10:05:43 +0000] "GET /articles HTTP/1.1" 200 5000 "-" "${AGENT}"`,
  `10.0.0.2 - - [17/May/2015:11:05:43 +0000] "GET /about HTTP/1.1" 200 500 "https://search.example/" "${AGENT}"`,
  `10.0.0.2 - - [17/May/2015:23:59:59 +0000] "GET /missing HTTP/1.1" 404 100 "-" "${AGENT}"`,
  '',
].join('\n')
