import type { Page } from 'playwright-core'
import { beforeAll, expect, inject, test } from 'vitest'
import { call, hasFigure, makeBoard, settled, useReaders, violations } from './support/reader.ts'
import { HITS } from './support/seed.ts'
import { SMALL_COMPANY } from './support/small-company-board.ts'

/** Boards on a wall screen. */
const { open, expectNoise } = useReaders()
const WALL = { viewport: { width: 1920, height: 1080 } }
let one: string
let other: string

beforeAll(async () => {
  one = (await makeBoard({ ...SMALL_COMPANY, title: 'First' })).slug
  other = (await makeBoard({ ...SMALL_COMPANY, title: 'Second' })).slug
})

const shown = (page: Page, place: string) => page.locator('[data-slide]:not([inert])').getByText(place, { exact: true })
/** Of everything that is read on the page, in pixels of the screen. */
const typeSizes = (page: Page, selector: string) =>
  page.evaluate<number[]>(`[...document.querySelectorAll('[data-slide]:not([inert]) ${selector}')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.sr-only'))
    .filter((element) => [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim()))
    .map((element) => parseFloat(getComputedStyle(element).fontSize) * element.currentCSSZoom)`)

test('boards come one after the other, each cut into pages that fill the screen', async () => {
  const page = await open(`/kiosk?boards=${one},${other}&seconds=5`, WALL)
  await hasFigure(page, 'Hits', HITS.length)
  await page.getByRole('heading', { level: 1, name: 'First' }).waitFor()
  expect(await page.evaluate('document.documentElement.scrollHeight <= innerHeight')).toBe(true)
  await shown(page, '1 / 6').waitFor()
  await shown(page, '2 / 6').waitFor()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await shown(page, '4 / 6').waitFor()
  await page.getByRole('heading', { level: 1, name: 'Second' }).waitFor()
})

test('the space bar pauses, arrows turn the pages, Escape leaves', async () => {
  const page = await open(`/kiosk?boards=${one},${other}&seconds=600`, WALL)
  await settled(page)
  expect(await page.getByRole('button', { name: /^Pause/ }).count()).toBe(1)
  await page.keyboard.press('Space')
  await page.getByText('Paused').waitFor()
  await page.keyboard.press('ArrowLeft')
  await shown(page, '6 / 6').waitFor()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await shown(page, '2 / 6').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => page.url()).toContain(`/dashboards/${one}`)
})

test('all that is read on it can be read from afar', async () => {
  const page = await open(`/kiosk?boards=${one}`, WALL)
  await hasFigure(page, 'Hits', HITS.length)
  await settled(page)
  expect(Math.min(...(await typeSizes(page, '*')))).toBeGreaterThanOrEqual(20)
  expect(Math.min(...(await typeSizes(page, '.figures[title] > bdi')))).toBeGreaterThanOrEqual(48)
  expect(await violations(page)).toEqual([])
})

test('it is dark in the hours of the night, and by day as it is told to be', async () => {
  const page = await open('/login')
  await page.clock.install({ time: new Date('2026-09-14T19:59:00Z') })
  await page.goto(`${inject('boards').url}/kiosk?boards=${one}&theme=light&night=20-7`)
  await page.getByRole('heading', { level: 1, name: 'First' }).waitFor()
  const theme = () => page.evaluate('document.documentElement.dataset.theme')
  expect(await theme()).toBe('light')
  await page.clock.runFor(90_000)
  await expect.poll(theme).toBe('dark')
})

test('a screen without an account shows shared boards, and waits for a password', async () => {
  const link = (slug: string, more: object) =>
    call<{ token: string }>(`/api/v1/boards/${slug}/links`, { label: 'Wall', ...more })
  const [open1, locked] = [await link(one, {}), await link(other, { password: 'open sesame' })]
  const page = await open(`/kiosk/public/${locked.token},${open1.token}?seconds=600`, { ...WALL, role: 'stranger' })
  await page.getByLabel('Password').fill('open sesame')
  await page.getByRole('button', { name: 'Show the board' }).click()
  await page.getByRole('heading', { level: 1, name: 'Second' }).waitFor()
  await hasFigure(page, 'Hits', HITS.length)
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('heading', { level: 1, name: 'First' }).waitFor()
})

test('a screen that loses the server says so, keeps its figures, and comes back by itself', async () => {
  expectNoise(/Failed to load resource|ERR_/)
  const page = await open(`/kiosk?boards=${one}&seconds=600`, WALL)
  await hasFigure(page, 'Hits', HITS.length)
  await page.context().setOffline(true)
  await page.route('**/api/**', (route) => route.abort())
  await page.keyboard.press('ArrowRight')
  await page.getByText('Not connected').waitFor()
  await page.keyboard.press('ArrowLeft')
  await hasFigure(page, 'Hits', HITS.length)
  await page.unroute('**/api/**')
  await page.context().setOffline(false)
  await expect.poll(() => page.getByText('Not connected').count()).toBe(0)
})

test('the address of a screen is made by choosing boards', async () => {
  const page = await open('/screens', { role: 'viewer' })
  await page.getByRole('button', { name: /^Add a board/ }).click()
  await page.getByRole('option', { name: 'First' }).click()
  await page.getByRole('button', { name: /^Add a board/ }).click()
  await page.getByRole('option', { name: 'Second' }).click()
  await page.getByRole('button', { name: 'Second earlier' }).click()
  expect(await page.getByRole('figure', { name: 'Address' }).textContent()).toContain(`/kiosk?boards=${other},${one}`)
  expect(await violations(page)).toEqual([])
})
