import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { EVERY_KIND } from './browser/boards/support/every-kind.ts'
import { launchChromium } from './browser/support/chromium.ts'
import { boardShots } from './screenshots/board-shots.ts'
import { madeShots } from './screenshots/made-shots.ts'
import { entryShots, pageShots } from './screenshots/page-shots.ts'
import { logIn, withBoard } from './screenshots/server.ts'
import type { Shot } from './screenshots/shot.ts'
import { sourceShots } from './screenshots/source-shots.ts'

/**
 * Pictures of every page and of every kind of widget in light, dark and high contrast, wide and on a phone, to be looked at.
 * Against any running server, best the demo:
 *
 *   npm run screenshots -- http://localhost:4680 OUTPUT_FOLDER [E-MAIL PASSWORD [PARTS_OF_PAGES'_NAMES [PART_OF_A_LOOK'S_NAME]]]
 *
 * A board with every kind of widget is made for it and deleted again. States that a healthy server does not show (empty, failing,
 * loading) are made by answering for it in the browser.
 */
const [baseUrl = 'http://localhost:4680', folder = 'screenshots', email, password, only = '', ofLook = ''] =
  process.argv.slice(2)

const SCREENS = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
const COLOURS = {
  light: { colorScheme: 'light', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  contrast: { colorScheme: 'light', contrast: 'more' },
} as const
const LOOKS = Object.entries(SCREENS).flatMap(([screen, viewport]) =>
  Object.entries(COLOURS).map(([colour, options]) => ({ name: `${colour}-${screen}`, viewport, ...options })),
)
type Look = (typeof LOOKS)[number]

await mkdir(folder, { recursive: true })
for (const look of LOOKS.filter(({ name }) => name.includes(ofLook))) {
  // One browser a look: this Chromium runs as a single process and does not survive the closing of a context.
  const browser = await launchChromium()
  await shoot(browser, look).finally(() => browser.close())
}

async function shoot(browser: Browser, { name: nameOfLook, ...look }: Look): Promise<void> {
  const context = await browser.newContext({
    ...look,
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    // No picture of a figure that is just changing.
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.on('console', (message) => message.type() === 'error' && console.error(`${nameOfLook}: ${message.text()}`))
  page.on('pageerror', (error) => console.error(`${nameOfLook}: ${error.stack}`))
  const save = async (name: string) => {
    await page.waitForLoadState('load')
    // Charts are painted in the frame after their figures, tooltips and skeletons in the next.
    await page.evaluate(
      'document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))',
    )
    await page.screenshot({ path: join(folder, `${name}-${nameOfLook}.png`), animations: 'disabled' })
    console.log(`${name}-${nameOfLook}.png`)
  }
  await takeAll(entryShots(baseUrl), page, save)
  if (!email || !password) return
  await logIn(page, baseUrl, { email, password })
  await withBoard(context, baseUrl, { ...EVERY_KIND, range: '28d' }, async (slug) => {
    const slugs = [...(await boardSlugs(context)), slug]
    await takeAll(
      {
        ...boardShots(baseUrl, [...new Set(slugs)]),
        ...pageShots(baseUrl),
        ...sourceShots(baseUrl),
        ...madeShots(baseUrl, slug),
      },
      page,
      save,
    )
  })
}

/** One that fails is told, and the others are taken all the same. */
async function takeAll(shots: Record<string, Shot>, page: Page, save: (name: string) => Promise<void>): Promise<void> {
  for (const [name, shot] of Object.entries(shots)) {
    if (!only.split(',').some((part) => name.includes(part))) continue
    await shot(page, save).catch((error: unknown) => {
      console.error(`${name}: ${error instanceof Error ? error.message : error}`)
      process.exitCode = 1
    })
  }
}

async function boardSlugs({ request }: BrowserContext): Promise<string[]> {
  const { boards } = (await (await request.get(`${baseUrl}/api/v1/boards`)).json()) as { boards: { slug: string }[] }
  return boards.map(({ slug }) => slug)
}
