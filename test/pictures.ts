import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { launchChromium } from './browser/support/chromium.ts'
import { GALLERY, GALLERY_KINDS } from './pictures/gallery.ts'
import { boardShots } from './screenshots/board-shots.ts'
import { madeShots } from './screenshots/made-shots.ts'
import { pageShots } from './screenshots/page-shots.ts'
import { logIn, withBoard } from './screenshots/server.ts'
import { type Shot, settled } from './screenshots/shot.ts'
import { sourceShots } from './screenshots/source-shots.ts'

/**
 * The pictures of the README and the guides, in docs/images. Against a demo that has run for a while:
 *
 *   npm run pictures -- http://localhost:4680 E-MAIL PASSWORD
 */
const [baseUrl = 'http://localhost:4680', email = '', password = ''] = process.argv.slice(2)
const IMAGES = join(import.meta.dirname, '../docs/images')
const WIDE = { width: 1440, height: 900 }
/** By the names of the shots, and those under which they save what is wanted of them. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  tooltip: ['tooltip'],
  edit: ['edit-widget', 'edit-add'],
  explore: ['explore'],
  sql: ['sql'],
  upload: ['upload-review'],
  share: ['share'],
  kiosk: ['kiosk'],
  'source-live': ['source-live'],
}

for (const colorScheme of ['light', 'dark'] as const) {
  await inLook({ viewport: WIDE, colorScheme }, (page) =>
    take(page, boardShots(baseUrl, []), { readme: ['readme'] }, () => `overview-${colorScheme}`),
  )
}

await inLook({ viewport: { width: 1280, height: 800 } }, (page, context) =>
  withBoard(context, baseUrl, GALLERY, (slug) => {
    const made = madeShots(baseUrl, slug)
    const shots = { ...boardShots(baseUrl, []), ...pageShots(baseUrl), ...sourceShots(baseUrl), ...made }
    return take(page, shots, PAGES, (saved) => `pages/${saved}`)
  }),
)

await inLook({ viewport: WIDE, deviceScaleFactor: 2 }, (page, context) =>
  withBoard(context, baseUrl, GALLERY, async (slug) => {
    await page.goto(`${baseUrl}/dashboards/${slug}`)
    for (const kind of GALLERY_KINDS) {
      const card = page.locator(`[data-widget="${kind}"] article`)
      await card.scrollIntoViewIfNeeded()
      await settled(page)
      await card.screenshot({ path: await fileOf(`charts/${kind}`), animations: 'disabled' })
    }
  }),
)

async function take(
  page: Page,
  shots: Readonly<Record<string, Shot>>,
  wanted: Readonly<Record<string, readonly string[]>>,
  nameOf: (saved: string) => string,
): Promise<void> {
  for (const [name, saves] of Object.entries(wanted)) {
    await shots[name]?.(page, async (saved) => {
      if (!saves.includes(saved)) return
      await page.evaluate('document.fonts.ready.then(() => new Promise(requestAnimationFrame))')
      await page.screenshot({ path: await fileOf(nameOf(saved)), animations: 'disabled' })
    })
  }
}

/** One browser a look: this Chromium runs as a single process and does not survive the closing of a context. */
async function inLook(
  options: BrowserContextOptions,
  shoot: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const browser = await launchChromium()
  try {
    const context = await browser.newContext({
      timezoneId: 'Europe/Berlin',
      locale: 'en-GB',
      reducedMotion: 'reduce',
      ...options,
    })
    const page = await context.newPage()
    await logIn(page, baseUrl, { email, password })
    await shoot(page, context)
  } finally {
    await browser.close()
  }
}

async function fileOf(name: string): Promise<string> {
  const file = join(IMAGES, `${name}.png`)
  await mkdir(dirname(file), { recursive: true })
  return file
}
