import { widgetsOf } from '@almanac/core/boards/board.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { BoardEntry } from '../../../packages/web/src/api/boards.ts'
import {
  boardOf,
  call,
  card,
  makeBoard,
  PHONE,
  SEEDED_RANGE,
  settled,
  useReaders,
  violations,
} from './support/reader.ts'
import { countOf, HITS } from './support/seed.ts'
import { SMALL_COMPANY } from './support/small-company-board.ts'

/** Looking for something that no board shows. */
const { open, expectNoise } = useReaders()
const FROM_GERMANY = countOf(({ country }) => country === 'DE')
const BY_COUNTRY = `data={"cube":"web","measures":["hits","visitors"],"dimensions":["country"]}`

const table = (page: Page) => page.locator('table[role=grid]').last()
const figure = (page: Page, row: RegExp | string, column = 1) =>
  table(page).getByRole('row', { name: row }).locator('td').nth(column)
const field = (page: Page, name: string) => page.getByRole('complementary').getByRole('row', { name, exact: true })
const explained = (page: Page) => page.getByRole('region', { name: /explained$/ })

test('a question is put together from lists, and its answer is a chart and a table', async () => {
  const page = await open(`/explore?${SEEDED_RANGE}`)
  await page.getByRole('heading', { level: 1, name: 'Visitors' }).waitFor()
  await page.getByRole('button', { name: /^Filter: Bot/ }).waitFor()
  await field(page, 'Hits').click()
  await field(page, 'Visitors').click()
  await card(page, 'Hits').locator('canvas').waitFor()

  await page.getByRole('searchbox', { name: 'Search measures and dimensions' }).fill('coun')
  await field(page, 'Country').click()
  await page.getByRole('searchbox', { name: 'Search measures and dimensions' }).fill('')
  await field(page, 'Time').click()
  await page.getByRole('heading', { level: 1, name: 'Hits by country' }).waitFor()
  await expect.poll(() => figure(page, /^Germany/).textContent()).toBe(FROM_GERMANY.toLocaleString('en-GB'))

  // The address is all of it, and back is the question before.
  await page.reload()
  await expect.poll(() => figure(page, /^Germany/).textContent()).toBe(FROM_GERMANY.toLocaleString('en-GB'))
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Hits by country' }).waitFor()
  await expect.poll(() => field(page, 'Time').getAttribute('aria-selected')).toBe('true')
})

test('a figure is explained down to its rows, and so is what moved it', async () => {
  const page = await open(`/explore?${SEEDED_RANGE}&${BY_COUNTRY}`)
  await figure(page, /^Germany/).click()
  const panel = explained(page)
  await panel.getByText(FROM_GERMANY.toLocaleString('en-GB'), { exact: true }).first().waitFor()
  await panel.getByText('Country: Germany').waitFor()

  await panel.getByRole('button', { name: /^Rows behind it/ }).click()
  await expect.poll(() => panel.locator('summary').count()).toBe(25)
  await panel.getByRole('button', { name: '25 more' }).click()
  await expect.poll(() => panel.locator('summary').count()).toBe(50)
  await panel.locator('summary').first().click()
  await panel.getByText('https://hats.example', { exact: false }).first().waitFor()
  expect(await violations(page)).toEqual([])

  await panel.getByRole('tab', { name: 'What moved it' }).click()
  await panel.getByText('before:', { exact: false }).waitFor()
  await panel.getByRole('button', { name: 'Close the explanation' }).click()
  await panel.waitFor({ state: 'detached' })
})

test('what can’t be split says so, and which figures can', async () => {
  expectNoise(/400/)
  const page = await open(`/explore?${SEEDED_RANGE}&${BY_COUNTRY}`)
  await figure(page, /^Germany/, 2).click()
  await explained(page).getByRole('tab', { name: 'What moved it' }).click()
  await explained(page).getByRole('alert').getByText(/hits/i).waitFor()
})

test('a name in the table filters by it', async () => {
  const page = await open(`/explore?${SEEDED_RANGE}&${BY_COUNTRY}`)
  await figure(page, /^Germany/, 0).click()
  await page.getByRole('button', { name: /^Filter: Country is/ }).waitFor()
  await expect.poll(() => table(page).locator('tbody tr').count()).toBe(1)
})

test('it is saved on a new board, and then on that board again, with its filters', async () => {
  const page = await open(`/explore?${SEEDED_RANGE}&${BY_COUNTRY}&filters=[["country","in","DE","AT"]]`)
  for (const title of ['Where from', 'Where from again']) {
    await page.getByRole('button', { name: 'Save as a widget' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Title', { exact: true }).fill(title)
    await dialog.getByRole('button', { name: /^(A new dashboard|.*) Dashboard$|^Dashboard/ }).click()
    await page.getByRole('option', { name: title === 'Where from' ? 'A new dashboard' : 'Explored' }).click()
    if (title === 'Where from') await dialog.getByLabel('Its title').fill('Explored')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByText('at the first free spot', { exact: false }).waitFor()
    if (title === 'Where from') await dialog.getByRole('button', { name: 'Stay here' }).click()
    else await dialog.getByRole('link', { name: 'Open the dashboard' }).click()
  }
  await card(page, 'Where from again').waitFor()
  const { boards } = await call<{ boards: BoardEntry[] }>('/api/v1/boards')
  const { board } = await boardOf(boards.find(({ title }) => title === 'Explored')?.slug ?? '')
  const widgets = widgetsOf(board)
  expect(widgets.map(({ title }) => title)).toEqual(['Where from', 'Where from again'])
  expect(widgets[0]?.data[0]).toMatchObject({ filters: [{ dimension: 'country', op: 'in', values: ['DE', 'AT'] }] })
})

test('with its range it keeps its comparison, on the board that was looked at last, and its card says the range', async () => {
  const { slug } = await makeBoard({ ...SMALL_COMPANY, title: 'Looked at last' })
  const page = await open(`/dashboards/${slug}`)
  await page.getByRole('heading', { name: 'Looked at last' }).waitFor()
  await page.goto(
    page.url().replace(/\/dashboards.*$/, `/explore?range=now/q+to+now&compare=previous_year&${BY_COUNTRY}`),
  )
  await page.getByRole('button', { name: 'Save as a widget' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Title', { exact: true }).fill('This quarter')
  await dialog.getByRole('button', { name: /Looked at last/ }).waitFor()
  await dialog.getByRole('button', { name: /\bRange\b/ }).click()
  await page.getByRole('option', { name: 'Always this one: Quarter to date' }).click()
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.getByRole('link', { name: 'Open the dashboard' }).click()
  await card(page, 'This quarter').getByText('Quarter to date').waitFor()
  const saved = widgetsOf((await boardOf(slug)).board).find(({ title }) => title === 'This quarter')
  expect(saved?.data).toMatchObject([{ range: 'now/q to now', compare: [{ with: 'previous_year' }] }])
})

test('a widget opens with all that its board has chosen', async () => {
  const { slug } = await makeBoard({ ...SMALL_COMPANY, title: 'To be explored' })
  const page = await open(`/dashboards/${slug}`)
  await settled(page)
  await card(page, 'Hits').getByRole('button', { name: 'Menu: Hits' }).click()
  await page.getByRole('menuitem', { name: 'Open in Explore' }).click()
  await page.getByRole('heading', { level: 1, name: 'Hits' }).waitFor()
  await card(page, 'Hits').getByText(HITS.length.toLocaleString('en-GB'), { exact: true }).waitFor()
})

test('the same question is there for other programs', async () => {
  const page = await open(`/explore?${SEEDED_RANGE}&${BY_COUNTRY}`)
  await page.getByRole('button', { name: 'Code' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('SELECT', { exact: false }).first().waitFor()
  await dialog.getByRole('tab', { name: 'curl' }).click()
  await dialog.getByText('/api/v1/query', { exact: false }).waitFor()
  await dialog.getByRole('tab', { name: 'TypeScript' }).click()
  await dialog.getByText('createClient', { exact: false }).first().waitFor()
})

test('viewers explore, and see neither rows nor a way to save', async () => {
  const page = await open(`/explore?${SEEDED_RANGE}&${BY_COUNTRY}`, { role: 'viewer' })
  await figure(page, /^Germany/).click()
  await explained(page)
    .getByRole('button', { name: /^Rows behind it/ })
    .click()
  await explained(page).getByText('editors and admins see them', { exact: false }).waitFor()
  expect(await page.getByRole('button', { name: 'Save as a widget' }).count()).toBe(0)
})

test('it is done with the keyboard alone', async () => {
  const page = await open(`/explore?${SEEDED_RANGE}`)
  await card(page, 'Visitors').locator('canvas').waitFor()
  await page.getByRole('searchbox', { name: 'Search measures and dimensions' }).focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.getByRole('heading', { level: 1, name: 'Visitors and page views' }).waitFor()
  await table(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await explained(page).waitFor()
})

test.each(['light', 'dark'] as const)('the page is as readable in %s, and fits a phone', async (colorScheme) => {
  const page = await open(`/explore?${SEEDED_RANGE}&${BY_COUNTRY}`, { colorScheme, reducedMotion: 'reduce' })
  await figure(page, /^Germany/).waitFor()
  expect(await violations(page)).toEqual([])
  await page.setViewportSize(PHONE)
  await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width)
  await page.getByRole('button', { name: 'Figures' }).click()
  await page.getByRole('dialog').getByRole('row', { name: 'Country' }).waitFor()
  expect(await violations(page)).toEqual([])
})
