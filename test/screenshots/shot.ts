import type { Page } from 'playwright-core'
import { ARE_CARDS_DRAWN } from '../browser/support/drawn-cards.ts'

/** Goes somewhere and takes pictures there. */
export type Shot = (page: Page, save: (name: string) => Promise<void>) => Promise<void>

/** All that is in sight of the board has been answered and drawn. */
export async function settled(page: Page): Promise<void> {
  await page.locator('[data-settled]').waitFor({ timeout: 60_000 })
  await page.evaluate(ALL_DRAWN)
}

const ALL_DRAWN = `new Promise((done, fail) => {
  const look = () => {
    if (${ARE_CARDS_DRAWN}) done()
    else if (performance.now() > last) fail(new Error('Not everything was drawn within a minute'))
    else requestAnimationFrame(look)
  }
  const last = performance.now() + 60_000
  look()
})`
