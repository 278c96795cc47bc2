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

/** The product in a real browser, from the first start to figures of one's own. One server, one story, in order. */
const EMAIL = 'ada@example.com'
const PASSWORD = 'correct horse battery'
const NEW_PASSWORD = 'seven quiet lamps at noon'
const WEB = '/dashboards/web?from=2015-05-17&to=2015-05-18&tz=UTC'
const SOON = { timeout: 20_000 }

let folder: string
let server: ServerProcess
let browser: Browser
let page: Page
let problems: string[]
let password = PASSWORD

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-browser-'))
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
  const viewport = { width: 1280, height: 900 }
  page = await (await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', viewport })).newPage()
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    // Somebody who is not logged in is told so by a 401, which the browser notes by itself.
    if (message.type() === 'error' && !message.text().includes('401')) problems.push(message.text())
  })
})
afterEach(async () => {
  await browser.close()
  expect(problems).toEqual([])
})

async function logIn(to: string): Promise<void> {
  await page.goto(`${server.url}${to}`)
  await page.getByLabel('E-mail').fill(EMAIL)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}

test('the printed address makes the first account, once, also after a password that was too short, and leads to the first dashboard', async () => {
  const token = await readFile(join(folder, 'data', 'secrets', 'setup-token'), 'utf8')
  await page.goto(`${server.url}/setup?token=${token}`)
  await page.getByLabel('Name').fill('Ada Example')
  await page.getByLabel('E-mail').fill(EMAIL)
  const field = page.getByLabel('Password').first()
  const button = page.getByRole('button', { name: 'Create account' })
  const problem = page.getByText(/12 characters or more/).filter({ visible: true })
  // As a hand does it: what is wrong is said until the button is pressed, and the button must still be there when it is let go.
  await field.pressSequentially(PASSWORD.slice(0, 7))
  await button.click()
  await problem.waitFor()
  const place = await button.boundingBox()
  await field.press('End')
  await field.pressSequentially(PASSWORD.slice(7))
  await button.hover()
  await page.mouse.down()
  await expect.poll(() => problem.count()).toBe(0)
  expect(await button.boundingBox()).toEqual(place)
  await page.mouse.up()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  expect(await callServer(server, '/api/v1/setup')).toEqual({ needed: false })
})

test('an imported log is on the board that comes with the product, with its exact figures', async () => {
  const log = join(folder, 'access.log')
  await writeFile(log, ACCESS_LOG)
  const read = ['--format', 'combined', '--source', 'website', '--identity', 'stable']
  const { exitCode } = await almanac(['import', log, ...read, '--data-dir', join(folder, 'data')])
  expect(exitCode).toBe(0)
  await logIn(WEB)
  const visitors = page.getByRole('article', { name: 'Visitors', exact: true }).first()
  await expect.poll(() => visitors.locator('.figures[title]').first().getAttribute('title'), SOON).toBe('2')
  await page.getByRole('article', { name: 'Pages', exact: true }).getByText('/articles').waitFor()
})

test('a wrong password says so, and signing out ends the session', async () => {
  await page.goto(`${server.url}/login`)
  await page.getByLabel('E-mail').fill(EMAIL)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').waitFor()
  await logIn('/dashboards')
  await page.getByRole('button', { name: 'Account of Ada Example' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  await page.goto(`${server.url}/dashboards/web`)
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
})

test('people change their own name and password, and sign in with the new one', async () => {
  await logIn('/dashboards')
  await page.getByRole('button', { name: 'Account of Ada Example' }).click()
  await page.getByRole('menuitem', { name: 'Account', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Account' })
  await dialog.getByLabel('Name').fill('Ada Lovelace')
  await dialog.getByRole('button', { name: 'Save the name' }).click()
  await dialog.getByText('The name is saved.').waitFor()
  const changeFrom = async (current: string) => {
    await dialog.getByLabel('Current password').fill(current)
    await dialog.getByLabel('New password').fill(NEW_PASSWORD)
    await dialog.getByRole('button', { name: 'Change the password' }).click()
  }
  await changeFrom('not the password')
  await dialog.getByText('This is not your current password').waitFor()
  problems = problems.filter((problem) => !problem.includes('400'))
  await changeFrom(password)
  await dialog.getByText('The password is changed.').waitFor()
  password = NEW_PASSWORD
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Account of Ada Lovelace' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await logIn('/dashboards')
})

test('a server that goes away and comes back is noticed both times, and the figures stay', async () => {
  await logIn(WEB)
  await page.locator('[data-settled]').waitFor()
  await page.getByRole('button', { name: /^Refresh: Live/ }).waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  const { port } = new URL(server.url)
  await server.kill()
  await page.getByText('The connection to Almanac is lost.').waitFor()
  await page.getByRole('article', { name: 'Pages', exact: true }).getByText('/articles').waitFor()
  // Code that was not fetched before is told where it would be; another page load fetches it, and not while the server is away.
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('This part of Almanac could not be fetched.').waitFor()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'SQL', exact: true }).click()
  await page.getByRole('heading', { name: 'This part of Almanac could not be fetched.' }).waitFor()
  server = await startServerProcess(join(folder, 'data'), ['--port', port])
  await page.getByRole('heading', { name: 'SQL' }).waitFor({ timeout: 60_000 })
  await page.goBack()
  await page.locator('[data-settled]').waitFor()
  problems = problems.filter(
    (problem) => !/Failed to load resource|ERR_CONNECTION|EventSource|dynamically imported module/i.test(problem),
  )
})

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
const ACCESS_LOG = [
  `10.0.0.1 - - [17/May/2015:10:05:03 +0000] "GET /articles HTTP/1.1" 200 5000 "-" "${AGENT}"`,
  `10.0.0.1 - - [17/May/2015:10:05:43 +0000] "GET /articles HTTP/1.1" 200 5000 "-" "${AGENT}"`,
  `10.0.0.2 - - [17/May/2015:11:05:43 +0000] "GET /about HTTP/1.1" 200 500 "https://search.example/" "${AGENT}"`,
  `10.0.0.2 - - [17/May/2015:23:59:59 +0000] "GET /missing HTTP/1.1" 404 100 "-" "${AGENT}"`,
  '',
].join('\n')
