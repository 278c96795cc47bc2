import type { Page } from 'playwright-core'
import { type Shot, settled } from './shot.ts'

/** Dashboards: each that there is, one of every kind of widget, making one, and what a healthy server does not show. */
export function boardShots(baseUrl: string, slugs: readonly string[]): Record<string, Shot> {
  const open = async (page: Page, slug: string, search = '') => {
    await page.goto(`${baseUrl}/dashboards/${slug}${search}`)
    await settled(page)
  }
  const boards = slugs.map((slug): [string, Shot] => [
    `board-${slug}`,
    async (page, save) => {
      await open(page, slug)
      await save(`board-${slug}`)
      // What lies further down is asked for when it comes into sight.
      for (let n = 1; n <= 12; n++) {
        const isEnd = await page.evaluate(
          'scrollBy(0, innerHeight - 120); scrollY + innerHeight >= document.documentElement.scrollHeight - 4',
        )
        await settled(page)
        await save(`board-${slug}-${n}`)
        if (isEnd) break
      }
    },
  ])
  return {
    ...Object.fromEntries(boards),
    // The picture of the README, docs/images/overview-*.png.
    readme: async (page, save) => {
      const usual = page.viewportSize()
      if (!usual || usual.width < 1000) return
      await page.setViewportSize({ ...usual, height: 1240 })
      await open(page, 'overview')
      await save('readme')
      await page.setViewportSize(usual)
    },
    list: async (page, save) => {
      await page.goto(`${baseUrl}/dashboards`)
      await page.getByRole('link', { name: 'Overview' }).first().waitFor()
      await save('list')
    },
    palette: async (page, save) => {
      await open(page, 'overview')
      await page.keyboard.press('ControlOrMeta+k')
      await page.getByRole('searchbox').or(page.getByRole('combobox')).last().fill('rev')
      await page.getByRole('option').first().waitFor()
      await save('palette')
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
      await save('keys-of-the-page')
    },
    range: async (page, save) => {
      await open(page, 'overview')
      await page.getByRole('button', { name: /^Range/ }).click()
      await page.getByRole('option', { name: 'Yesterday' }).waitFor()
      await save('range-picker')
    },
    tooltip: async (page, save) => {
      await open(page, 'overview')
      const chart = page.getByRole('article', { name: 'Visitors', exact: true }).getByRole('group').last()
      await chart.focus()
      for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft')
      await save('tooltip')
    },
    new: async (page, save) => {
      await page.goto(`${baseUrl}/dashboards/new`)
      await page.getByRole('button', { name: /add/i }).first().waitFor()
      await save('new-board')
    },
    kiosk: async (page, save) => {
      await page.goto(`${baseUrl}/kiosk?boards=overview,revenue&seconds=600`)
      await settled(page)
      await save('kiosk')
    },
    empty: async (page, save) => {
      await open(page, 'web', '?range=2001-01-01+to+2001-02-01')
      await save('empty')
    },
    failing: async (page, save) => {
      const error = {
        code: 'query_timeout',
        message: 'The query took longer than 30 seconds.',
        hint: 'Choose a shorter range or a coarser grain.',
        requestId: 'req-7f3a',
      }
      await page.route('**/api/v1/widget-answers', (route) => route.fulfill({ status: 400, json: { error } }))
      await page.goto(`${baseUrl}/dashboards/web`)
      await page.getByRole('button', { name: 'Try again' }).first().waitFor()
      await save('failing')
      await page.unroute('**/api/v1/widget-answers')
    },
    loading: async (page, save) => {
      await page.route('**/api/v1/widget-answers', () => undefined)
      await page.goto(`${baseUrl}/dashboards/web`)
      await page.getByRole('article').first().waitFor()
      await save('loading')
      await page.unroute('**/api/v1/widget-answers', undefined)
    },
  }
}
