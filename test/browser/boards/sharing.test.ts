import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { ask, bigNumber, onePage } from '../../../packages/core/src/boards/ready/compose.ts'
import type { BoardAnswer } from '../../../packages/web/src/api/boards.ts'
import { call, card, figure, hasFigure, makeBoard, PHONE, settled, useReaders, violations } from './support/reader.ts'
import { countOf, HITS } from './support/seed.ts'
import { SMALL_COMPANY } from './support/small-company-board.ts'

/** Boards for people without an account: links, passwords, pages of somebody else. */
const { open, expectNoise } = useReaders()
let board: BoardAnswer

beforeAll(async () => {
  board = await makeBoard(SMALL_COMPANY)
})

interface MadeLink {
  readonly link: { readonly id: string }
  readonly token: string
  readonly path: string
  readonly embedPath: string
}

const makeLink = (link: object): Promise<MadeLink> => call(`/api/v1/boards/${board.slug}/links`, link)
const ended = (page: Page) => page.getByRole('heading', { name: 'There is nothing to see here' })
const send = async (method: 'DELETE' | 'PATCH', path: string, body?: unknown) => {
  const { url, token } = inject('boards')
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  const response = await fetch(url + path, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  expect(response.ok).toBe(true)
}

test('an editor makes a link, and a stranger sees the board and chooses what the link lets them', async () => {
  const editor = await open(`/dashboards/${board.slug}`, { role: 'editor' })
  await editor.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = editor.getByRole('dialog')
  await dialog.getByRole('button', { name: 'New link' }).click()
  await dialog.getByLabel('For whom').fill('Investors')
  await dialog.getByText('The range').click()
  await dialog.getByText('City', { exact: true }).click()
  expect(await violations(editor)).toEqual([])
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const address = (await dialog.getByRole('figure', { name: 'Address' }).textContent()) ?? ''
  expect(new URL(address).pathname).toMatch(/^\/public\/[\w-]{20,}$/)

  const asked: string[] = []
  const stranger = await open('/favicon.svg', { role: 'stranger' })
  stranger.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await stranger.goto(address)
  await hasFigure(stranger, 'Hits', HITS.length)
  expect(await stranger.getByRole('button', { name: /^Grain|Comparison/ }).count()).toBe(0)
  await stranger.getByRole('button', { name: /^City/ }).click()
  await stranger.getByRole('option', { name: 'Berlin' }).click()
  await stranger.getByRole('button', { name: 'Apply' }).click()
  await hasFigure(
    stranger,
    'Hits',
    countOf(({ city }) => city === 'Berlin'),
  )
  await stranger.getByRole('button', { name: 'Later' }).click()
  await hasFigure(stranger, 'Hits', 0)
  // Nothing that needs a session, and nothing of the team.
  expect(asked.filter((path) => /^\/api\//.test(path) && !path.startsWith('/api/v1/public/'))).toEqual([])

  await dialog.getByRole('button', { name: 'Back to all links' }).click()
  await dialog.getByText(/May choose range, City/).waitFor()
  await dialog.getByText(/last opened/).waitFor()
})

test('a card that shows another range than the board says so to strangers, too', async () => {
  const year = { data: [ask('web', ['hits'], { range: '12mo' })], chart: { kind: 'number' as const, value: 'hits' } }
  const own = await makeBoard({
    ...SMALL_COMPANY,
    title: 'Ranges',
    tabs: onePage([
      { id: 'year', title: 'Year', place: { x: 0, y: 0, w: 6, h: 4 }, ...year },
      bigNumber('hits', 'Hits', [6, 0, 6, 4], ask('web', ['hits'])),
    ]),
  })
  const { path } = await call<MadeLink>(`/api/v1/boards/${own.slug}/links`, { label: 'Ranges' })
  const page = await open(path, { role: 'stranger' })
  await hasFigure(page, 'Hits', HITS.length)
  expect(await card(page, 'Year').getByText('Last 12 months').count()).toBe(1)
  expect(
    await card(page, 'Hits')
      .getByText(/Last|2026/)
      .count(),
  ).toBe(0)
})

test('an address that asks for more than the link allows shows the board as it is', async () => {
  const { path } = await makeLink({ label: 'As it is', timezone: 'UTC' })
  const page = await open(`${path}?range=2026-09-01+to+2026-09-02&var-city=Berlin&compare=previous_year&grain=hour`, {
    role: 'stranger',
  })
  await hasFigure(page, 'Hits', HITS.length)
  await page.getByText('1–14 Sept 2026', { exact: false }).waitFor()
  expect(await page.getByRole('button', { name: /Range|City/ }).count()).toBe(0)
  expect(await page.getByRole('button', { name: /Edit|Share|Add/ }).count()).toBe(0)
  await card(page, 'Course').locator('canvas').waitFor()
  await page.getByRole('button', { name: 'Menu: Course' }).click()
  expect(await page.getByRole('menuitem').allInnerTexts()).toEqual([
    'View as table',
    'Full screen',
    'Download CSV',
    'Download PNG',
  ])
})

test.each(['light', 'dark'] as const)('a shared board is readable in %s, wide and on a phone', async (theme) => {
  const { path } = await makeLink({ label: theme, allow: ['range', 'grain', 'compare', 'city'] })
  const page = await open(`${path}?theme=${theme}`, { role: 'stranger' })
  await settled(page)
  expect(await page.evaluate('document.documentElement.dataset.theme')).toBe(theme)
  expect(await violations(page)).toEqual([])
  await page.setViewportSize(PHONE)
  await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width)
})

test('a password comes before everything, also before the title', async () => {
  const { path } = await makeLink({ label: 'Locked', password: 'open sesame' })
  const page = await open(path, { role: 'stranger' })
  await page.getByLabel('Password').fill('open barley')
  await page.getByRole('button', { name: 'Show the board' }).click()
  await page.getByRole('alert').getByText('This is not the password').waitFor()
  expect(await page.content()).not.toContain('Small company')

  await page.getByLabel('Password').fill('open sesame')
  await page.keyboard.press('Enter')
  await hasFigure(page, 'Hits', HITS.length)
  await page.reload()
  await hasFigure(page, 'Hits', HITS.length)
})

test('a link that is ended is over at once where it is opened, and soon where it is open', async () => {
  expectNoise(/404/)
  const { path, link } = await makeLink({ label: 'Short', allow: ['range'] })
  const page = await open(path, { role: 'stranger' })
  await hasFigure(page, 'Hits', HITS.length)
  await send('DELETE', `/api/v1/boards/${board.slug}/links/${link.id}`)
  await page.getByRole('button', { name: 'Later' }).click()
  await ended(page).waitFor()
  expect(await (await open(path, { role: 'stranger' })).getByText('Small company').count()).toBe(0)
})

test('a link that has expired says no more than one that never was', async () => {
  expectNoise(/404/)
  const { path, token } = await makeLink({ label: 'Over', expiresAt: new Date(Date.now() + 1500).toISOString() })
  const { url } = inject('boards')
  await expect.poll(async () => (await fetch(`${url}/api/v1/public/${token}`)).status).toBe(404)
  const page = await open(path, { role: 'stranger' })
  await ended(page).waitFor()
  const words = await page.locator('main').textContent()
  await page.goto(`${url}/public/never-was-there`)
  await ended(page).waitFor()
  expect(await page.locator('main').textContent()).toBe(words)
})

test('a public board is at an address of its own for as long as it is public', async () => {
  expectNoise(/404/)
  const { slug } = await makeBoard({ ...SMALL_COMPANY, title: 'For everybody' })
  const editor = await open(`/dashboards/${slug}`, { role: 'editor' })
  await editor.getByRole('button', { name: 'Share', exact: true }).click()
  await editor.getByRole('radio', { name: /^Public/ }).click({ force: true })
  await editor.getByRole('button', { name: /Its address/ }).click()
  const address = await editor.getByRole('figure', { name: 'Address' }).textContent()
  expect(address).toBe(`${inject('boards').url}/public/board-${slug}`)

  const stranger = await open(`/public/board-${slug}`, { role: 'stranger' })
  await hasFigure(stranger, 'Hits', HITS.length)
  await send('PATCH', `/api/v1/boards/${slug}`, { visibility: 'team' })
  await stranger.reload()
  await ended(stranger).waitFor()
})

let site: Server
let siteUrl: string
let sitePage = ''
beforeAll(async () => {
  site = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(sitePage))
  site.listen(0, '127.0.0.1')
  await once(site, 'listening')
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`
})
afterAll(() => site.close())

test('a board stands inside of a page of somebody else, as high as it is, and leads nowhere else', async () => {
  const { embedPath, path } = await makeLink({ label: 'Embedded' })
  const { url } = inject('boards')
  const editor = await open(`/dashboards/${board.slug}`, { role: 'editor' })
  await settled(editor)
  sitePage = `<!doctype html><html lang="en"><title>Site</title><h1>Our figures</h1>
    <iframe id="almanac" src="${url}${embedPath}?background=transparent" width="100%" height="300"></iframe>
    <script>addEventListener('message', ({ source, data }) => {
      const frame = document.getElementById('almanac')
      if (source === frame.contentWindow && data?.almanac === 'height') frame.height = data.heightPx
    })</script>`
  const page = await open('/login', { role: 'stranger' })
  await page.goto(siteUrl)
  const frame = page.frameLocator('#almanac')
  await frame.getByRole('article', { name: 'Hits', exact: true }).waitFor()
  await expect.poll(async () => (await page.locator('#almanac').boundingBox())?.height ?? 0).toBeGreaterThan(2000)
  expect(await frame.locator('a').count()).toBe(0)
  expect(await frame.getByRole('heading', { level: 1 }).count()).toBe(0)

  // The way within the app is closed as well: the server is not asked there.
  const inner = page.frames().find((one) => one.url().startsWith(url))
  await inner?.evaluate(`history.pushState({}, '', '/login'); dispatchEvent(new PopStateEvent('popstate'))`)
  await frame.getByText('can’t be shown inside of another').waitFor()

  expectNoise(/frame|Refused|X-Frame-Options/i)
  sitePage = `<!doctype html><html lang="en"><title>Site</title><iframe id="almanac" src="${url}${path}"></iframe>`
  await page.goto(siteUrl)
  await page.waitForLoadState('load')
  expect(await page.frameLocator('#almanac').getByText('Small company').count()).toBe(0)
})

test('ctrl+P prints the whole of a shared board; inside of another page, which is what is printed, it keeps its width', async () => {
  const { path, embedPath } = await makeLink({ label: 'On paper' })
  const page = await open(path, { role: 'stranger' })
  await settled(page)
  const waiting = `document.querySelectorAll('[data-widget] [aria-busy=true]').length`
  expect(await page.evaluate(waiting)).toBeGreaterThan(0)
  await page.evaluate(`window.print = () => { window.waiting = ${waiting} }`)
  await page.keyboard.press('Control+p')
  await expect.poll(() => page.evaluate('window.waiting'), { timeout: 20_000 }).toBe(0)

  const embedded = await open(embedPath, { role: 'stranger', viewport: { width: 600, height: 400 } })
  await settled(embedded)
  await embedded.evaluate(`dispatchEvent(new Event('beforeprint'))`)
  expect(await embedded.evaluate(`document.querySelector('main').clientWidth`)).toBeLessThanOrEqual(600)
})

test('a viewer can’t share', async () => {
  const page = await open(`/dashboards/${board.slug}`, { role: 'viewer' })
  await settled(page)
  expect(await page.getByRole('button', { name: /^Share/ }).allTextContents()).toEqual([])
  expect(await figure(page, 'Hits')).toBe(HITS.length.toLocaleString('en-GB'))
})
