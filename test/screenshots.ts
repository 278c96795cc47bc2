import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from './browser/support/chromium.ts'
import { sourceShots } from './source-shots.ts'

/**
 * Pictures of every page in light and dark, wide and on a phone, to be looked at. Against any running server:
 *
 *   npm run screenshots -- http://localhost:4680 OUTPUT_FOLDER [E-MAIL PASSWORD [PART_OF_A_PAGE'S_NAME]]
 *
 * States that a healthy server can't show (empty, failing, loading) are made by answering for it in the browser.
 */
const [baseUrl = 'http://localhost:4680', folder = 'screenshots', email, password, only = ''] = process.argv.slice(2)

const LOOKS = [
  { name: 'light-wide', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { name: 'dark-wide', colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { name: 'light-phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { name: 'dark-phone', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const
const EXTRA_LOOKS = [
  { name: 'light-tablet', colorScheme: 'light', viewport: { width: 820, height: 1180 } },
  { name: 'dark-huge', colorScheme: 'dark', viewport: { width: 1920, height: 1080 } },
] as const

type Look = (typeof LOOKS)[number] | (typeof EXTRA_LOOKS)[number]
type Shot = (page: Page, save: (name: string) => Promise<void>) => Promise<void>

const ENTRY_SHOTS: Record<string, Shot> = {
  login: async (page, save) => {
    await page.goto(`${baseUrl}/login`)
    await page.getByLabel('Password').waitFor()
    await save('login')
  },
  setup: async (page, save) => {
    await page.goto(`${baseUrl}/setup?token=x`)
    await page.getByLabel('Name').waitFor()
    await save('setup')
  },
  missing: async (page, save) => {
    await page.goto(`${baseUrl}/no/such/page`)
    await page.getByRole('heading').waitFor()
    await save('not-found')
  },
}

const DASHBOARD_SHOTS: Record<string, Shot> = {
  overview: async (page, save) => {
    await openDashboard(page)
    await save('overview')
  },
  hours: async (page, save) => {
    await openDashboard(page, '?range=today&measure=visitors')
    const chart = page.getByRole('group', { name: /Visitors by hour/ })
    await chart.focus()
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft')
    await save('overview-hours-tooltip')
  },
  filtered: async (page, save) => {
    await openDashboard(page, '?status=404&country=DE&bots=people')
    await save('overview-filtered')
  },
  range: async (page, save) => {
    await openDashboard(page)
    await page.getByRole('button', { name: /^Range:/ }).click()
    await page.getByRole('option', { name: 'Yesterday' }).waitFor()
    await save('range-picker')
  },
  timezone: async (page, save) => {
    await openDashboard(page)
    const filters = page.getByRole('button', { name: 'Filters' })
    if (await filters.isVisible()) await filters.click()
    await page.getByRole('button', { name: /^Time zone:/ }).click()
    await page.getByRole('searchbox').fill('kath')
    await save('time-zones')
  },
  table: async (page, save) => {
    await openDashboard(page)
    await page.getByRole('button', { name: 'View as table' }).click()
    await page.getByRole('table').waitFor()
    await save('overview-table')
  },
  more: async (page, save) => {
    await openDashboard(page)
    await page.getByRole('button', { name: 'Show more: Top pages' }).click()
    await page.getByRole('dialog').getByRole('listitem').first().waitFor()
    await save('show-more')
  },
  keys: async (page, save) => {
    await page.goto(`${baseUrl}/settings/keys`)
    await page.getByRole('region', { name: 'Keys' }).and(page.locator('[aria-busy=false]')).waitFor()
    await save('api-keys')
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByLabel('Name', { exact: true }).waitFor()
    await save('api-keys-new')
  },
  account: async (page, save) => {
    await openDashboard(page)
    await page.getByRole('button', { name: /^Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
    await save('account-menu')
  },
  empty: async (page, save) => {
    await openDashboard(page, '?from=2001-01-01&to=2001-02-01')
    await page.getByRole('button', { name: 'Show all time' }).waitFor()
    await save('empty')
  },
  failing: async (page, save) => {
    const error = {
      code: 'query_timeout',
      message: 'The query took longer than 30 seconds.',
      hint: 'Choose a shorter range or a coarser grain.',
      requestId: 'req-7f3a',
    }
    await page.route('**/api/v1/queries', (route) => route.fulfill({ status: 400, json: { error } }))
    await page.goto(`${baseUrl}/dashboards/web`)
    await page.getByRole('alert').first().waitFor()
    await save('error')
    await page.unroute('**/api/v1/queries')
  },
  loading: async (page, save) => {
    await page.route('**/api/v1/queries', () => undefined)
    await page.goto(`${baseUrl}/dashboards/web`)
    await page.getByRole('status', { name: 'Loading' }).first().waitFor()
    await save('loading')
    await page.unroute('**/api/v1/queries', undefined)
  },
  away: async (page, save) => {
    await page.route('**/api/v1/live', (route) => route.abort())
    await openDashboard(page)
    await page.getByText('Reconnecting').waitFor()
    await save('away')
    await page.unroute('**/api/v1/live')
  },
}

await mkdir(folder, { recursive: true })
for (const look of [...LOOKS, ...EXTRA_LOOKS]) {
  // One browser a look: this Chromium runs as a single process and does not survive the closing of a context.
  const browser = await launchChromium()
  await shoot(browser, look).finally(() => browser.close())
}

async function shoot(browser: Browser, look: Look): Promise<void> {
  const isExtra = EXTRA_LOOKS.some(({ name }) => name === look.name)
  const { colorScheme, viewport } = look
  const context = await browser.newContext({
    colorScheme,
    viewport,
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    // No picture of a figure that is just changing.
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.on('console', (message) => message.type() === 'error' && console.error(`${look.name}: ${message.text()}`))
  page.on('pageerror', (error) => console.error(`${look.name}: ${error.stack}`))
  const save = async (name: string) => {
    await page.waitForLoadState('load')
    await page.evaluate('document.fonts.ready')
    // Transitions of 300 ms should be over; a picture of a half-drawn chart helps nobody.
    await page.waitForTimeout(500)
    await page.screenshot({ path: join(folder, `${name}-${look.name}.png`), fullPage: name === 'overview' })
    console.log(`${name}-${look.name}.png`)
  }
  const shots = isExtra || only !== '' ? [] : Object.values(ENTRY_SHOTS)
  for (const shot of shots) await shot(page, save)
  if (email && password) {
    await logIn(page, email, password)
    for (const [name, shot] of Object.entries({ ...DASHBOARD_SHOTS, ...sourceShots(baseUrl) })) {
      if (name.includes(only) && (!isExtra || name === 'overview')) await shot(page, save)
    }
  }
}

async function logIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto(`${baseUrl}/login`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Web overview' }).waitFor()
}

async function openDashboard(page: Page, search = ''): Promise<void> {
  await page.goto(`${baseUrl}/dashboards/web${search}`)
  await page.getByRole('region', { name: 'Top pages' }).and(page.locator('[aria-busy=false]')).waitFor()
  await page.locator('canvas').or(page.getByText('Show all time')).first().waitFor()
}
