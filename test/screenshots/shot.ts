import type { Page } from 'playwright-core'

/** Goes somewhere and takes pictures there. */
export type Shot = (page: Page, save: (name: string) => Promise<void>) => Promise<void>

/** All that is in sight of the board has been answered and drawn. */
export async function settled(page: Page): Promise<void> {
  await page.locator('[data-settled]').waitFor({ timeout: 60_000 })
}
