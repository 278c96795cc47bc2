import type { Page } from 'playwright-core'

/** Goes somewhere and takes pictures there. */
export type Shot = (page: Page, save: (name: string) => Promise<void>) => Promise<void>

/** All that is in sight of the board has been answered and drawn. */
export async function settled(page: Page): Promise<void> {
  await page.locator('[data-settled]').waitFor({ timeout: 60_000 })
  await page.evaluate(ALL_DRAWN)
}

/** The code of the charts, and the map of the world, come after the figures. As a text: the page's policy allows no other waiting. */
const ALL_DRAWN = `new Promise((done, fail) => {
  const isDrawn = (card) =>
    !card.querySelector('.skeleton') &&
    [...card.querySelectorAll('[data-picture]')].every((picture) => picture.querySelector('canvas'))
  const isInSight = (card) => {
    const { top, bottom } = card.getBoundingClientRect()
    return top < innerHeight && bottom > 0
  }
  const look = () => {
    if ([...document.querySelectorAll('article')].filter(isInSight).every(isDrawn)) done()
    else if (performance.now() > last) fail(new Error('Not everything was drawn within a minute'))
    else requestAnimationFrame(look)
  }
  const last = performance.now() + 60_000
  look()
})`
