import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { needsCanvas } from '../../../packages/web/src/widgets/chart/own-kinds.ts'
import { EMBEDDED_PAGE, EVERY_KIND, KIND_NAMES } from './support/every-kind.ts'
import { card, makeBoard, PHONE, settled, useReaders, violations } from './support/reader.ts'

/** A widget of every kind, on one board that is as tall as it takes to see all of them. */
const { open } = useReaders()
const TALL = { width: 1440, height: 4300 }
let path: string

beforeAll(async () => {
  const { slug } = await makeBoard(EVERY_KIND)
  path = `/dashboards/${slug}`
})

async function openBoard(colorScheme: 'light' | 'dark'): Promise<Page> {
  const page = await open('/tools', { viewport: TALL, colorScheme, reducedMotion: 'reduce' })
  await page.route(`${EMBEDDED_PAGE}**`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><html lang="en"><title>Hats</title><h1>Hats</h1>',
    }),
  )
  await page.goto(page.url().replace('/tools', path))
  await settled(page)
  await expect.poll(() => page.locator('[role=status][aria-label=Loading]').count()).toBe(0)
  return page
}

test('every kind of widget is drawn, and can be read with the arrow keys', async () => {
  const page = await openBoard('light')
  const unread: string[] = []
  for (const kind of KIND_NAMES) {
    const one = card(page, kind)
    expect([kind, await one.getByRole('alert').count()]).toEqual([kind, 0])
    // What stands in a widget that has nothing to draw, or not the columns that it needs.
    expect([kind, await one.locator('.lucide-shapes, .lucide-square-dashed, .lucide-circle-slash-2').count()]).toEqual([
      kind,
      0,
    ])
    if (!needsCanvas(kind)) continue
    await one.locator('canvas').first().waitFor()
    await one.getByRole('group').first().focus()
    await page.keyboard.press('ArrowRight')
    const said = await one.locator('[aria-live=polite]').first().textContent()
    if (!said) unread.push(kind)
    await page.keyboard.press('Escape')
  }
  expect(unread).toEqual([])
  expect(await violations(page)).toEqual([])

  await page.setViewportSize(PHONE)
  await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width)
})

test('names that have no room in a legend are behind a button', async () => {
  const page = await openBoard('light')
  await page.setViewportSize({ width: 900, height: 900 })
  const line = card(page, 'line')
  const names = line.getByRole('list', { name: 'Series' }).getByRole('button')
  await line.getByRole('button', { name: /more series$/ }).waitFor()
  const shown = await names.count()
  await line.getByRole('button', { name: /more series$/ }).click()
  expect(await names.count()).toBeGreaterThan(shown)
  await line.getByRole('button', { name: 'Fewer series' }).click()
  await expect.poll(() => names.count()).toBe(shown)
})

test('every kind of widget is as readable in the dark', async () => {
  const page = await openBoard('dark')
  expect(await violations(page)).toEqual([])
  await page.evaluate(`localStorage.setItem('almanac.theme', 'contrast'); almanacApplyTheme()`)
  expect(await violations(page)).toEqual([])
})
