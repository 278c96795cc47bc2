import { widgetsOf } from '@almanac/core/boards/board.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { boardOf, call, card, PHONE, useReaders, violations } from './support/reader.ts'
import { countOf } from './support/seed.ts'

/** Statements of one's own. */
const { open, expectNoise } = useReaders()
const BY_COUNTRY = `SELECT country, count() AS hits FROM events WHERE name = 'page_view' AND country IN {in:Array(String)}
GROUP BY country ORDER BY country DESC`

const editor = (page: Page) => page.getByRole('textbox', { name: 'Statement in SQL' })
const table = (page: Page) => page.locator('table[role=grid]')

async function write(page: Page, sql: string): Promise<void> {
  // Not with the mouse: what is offered while one types may lie above it.
  await editor(page).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(sql)
}

async function ask(page: Page): Promise<void> {
  await write(page, BY_COUNTRY)
  await page.getByLabel('in', { exact: true }).fill('DE, AT')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await table(page).getByText('Germany').waitFor()
}

test('a statement asks for its parameters, and its answer is a table and any chart', async () => {
  const page = await open('/sql')
  await write(page, BY_COUNTRY)
  await page.getByText('Give a value for in.').waitFor()
  await ask(page)
  const row = table(page).getByRole('row', { name: /^Germany/ })
  expect(await row.locator('td').nth(1).textContent()).toBe(
    countOf(({ country }) => country === 'DE').toLocaleString('en-GB'),
  )
  await page.getByText(/^2 rows in/).waitFor()

  await page.getByRole('tab', { name: 'Chart' }).click()
  await page.getByRole('button', { name: /^Kind of chart/ }).click()
  await page.getByRole('button', { name: /^Donut/ }).click()
  await page.getByRole('region', { name: 'Answer' }).locator('canvas').waitFor()
})

test('what is wrong is underlined where it is', async () => {
  expectNoise(/400/)
  const page = await open('/sql')
  await write(page, 'SELECT name\nFORM events')
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.getByRole('alert').getByText('Line 2, column').waitFor()
  await expect.poll(() => page.locator('.cm-problem').textContent()).not.toBe('')
  await write(page, 'SELECT contry FROM events')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect.poll(() => page.locator('.cm-problem').textContent()).toBe('contry')
})

test('after FROM come tables, running closes what is offered, and an answer without rows says so', async () => {
  const page = await open('/sql')
  await write(page, 'SELECT name FROM ')
  await page.keyboard.type('ev')
  const offered = page.getByRole('listbox').getByRole('option')
  await expect.poll(() => offered.first().textContent()).toMatch(/^events/)
  expect(await offered.filter({ hasText: 'evalMLMethod' }).count()).toBe(0)
  await page.keyboard.type('ents LIMIT 0')
  await offered.first().waitFor()
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.getByRole('region', { name: 'Answer' }).getByText('No rows.').waitFor()
  expect(await offered.count()).toBe(0)
})

test('tables, columns and functions are offered while one types', async () => {
  const page = await open('/sql')
  await write(page, 'SELECT  FROM events')
  await page.keyboard.press('Home')
  for (let i = 0; i < 'SELECT '.length; i++) await page.keyboard.press('ArrowRight')
  await page.keyboard.type('occurr')
  // With a click: for a moment after the list has opened, Enter is still a new line.
  await page.getByRole('option', { name: /occurred_at/ }).click()
  await expect.poll(() => editor(page).textContent()).toContain('SELECT occurred_at FROM events')
})

test('tabs and history are there again after a reload', async () => {
  const page = await open('/sql')
  await ask(page)
  await page.getByRole('button', { name: 'New statement' }).click()
  await write(page, 'SELECT 42 AS answer')
  await page.keyboard.press('ControlOrMeta+Enter')
  await table(page).getByText('42').waitFor()
  await page.reload()
  await expect.poll(() => editor(page).textContent()).toContain('42 AS answer')
  await page.getByRole('button', { name: 'History' }).click()
  await page.getByRole('searchbox', { name: 'Search the history' }).fill('country')
  await page
    .getByRole('row', { name: /GROUP BY country/ })
    .first()
    .click()
  await expect.poll(() => editor(page).textContent()).toContain('GROUP BY country')
  expect(await page.getByLabel('in', { exact: true }).inputValue()).toBe('DE, AT')
})

test('a long statement shows how far it is and is cancelled', async () => {
  const page = await open('/sql')
  await write(page, 'SELECT count() FROM numbers(1900000000) WHERE NOT ignore(sipHash128(toString(number)))')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByText(/rows read/).waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByText('Cancelled.').waitFor()
  await expect.poll(async () => (await call<{ queries: unknown[] }>('/api/v1/sql')).queries).toEqual([])
})

test('an answer is downloaded, saved by name, and put on a board', async () => {
  const page = await open('/sql')
  await ask(page)
  await page.getByRole('button', { name: 'Download' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()])
  expect(file.suggestedFilename()).toBe('query.csv')

  await page.getByRole('button', { name: 'Save as a data source' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Label').fill('By country')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.getByText('is saved', { exact: false }).waitFor()
  await dialog.getByRole('button', { name: 'Done' }).click()
  const { dataSources } = await call<{ dataSources: { name: string; parameters: unknown }[] }>('/api/v1/data-sources')
  expect(dataSources).toContainEqual(expect.objectContaining({ name: 'by-country', parameters: { in: ['DE', 'AT'] } }))

  await page.getByRole('button', { name: 'Add to a dashboard' }).click()
  await dialog.getByLabel('Title', { exact: true }).fill('From a statement')
  await dialog.getByRole('button', { name: /\bDashboard\b/ }).click()
  await page.getByRole('option', { name: 'A new dashboard' }).click()
  await dialog.getByLabel('Its title').fill('Of statements')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.getByRole('link', { name: 'Open the dashboard' }).click()
  await card(page, 'From a statement').getByText('Germany').waitFor()
  const slug = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  expect(widgetsOf((await boardOf(slug)).board)[0]?.data[0]).toMatchObject({
    from: 'sql',
    parameters: { in: ['DE', 'AT'] },
  })
})

test('a saved statement is opened from the tables, saved again under its name, and removed', async () => {
  const source = { label: 'By land', sql: 'SELECT {lands:Array(String)} AS lands', parameters: { lands: ['DE', 'AT'] } }
  await call('/api/v1/data-sources/by-land', source, 'PUT')
  const page = await open('/data')
  await page.getByRole('link', { name: 'By land' }).click()
  await page.getByRole('button', { name: 'By land', exact: true }).and(page.locator('[aria-current]')).waitFor()
  await expect.poll(() => page.getByLabel('lands').inputValue()).toBe('DE, AT')
  expect(new URL(page.url()).search).toBe('')
  await page.getByLabel('lands').fill('CH')
  await page.getByRole('button', { name: 'Save as a data source' }).click()
  await page.getByRole('button', { name: 'Replace' }).click()
  await page.getByText('is saved', { exact: false }).waitFor()
  const { dataSources } = await call<{ dataSources: { name: string; parameters: unknown }[] }>('/api/v1/data-sources')
  expect(dataSources.find(({ name }) => name === 'by-land')?.parameters).toEqual({ lands: ['CH'] })

  await page.goto(page.url().replace('/sql', '/data'))
  await page.getByRole('button', { name: 'More about By land' }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('link', { name: 'By land' }).waitFor({ state: 'detached' })
})

test('viewers are told why statements are not for them', async () => {
  const page = await open('/sql', { role: 'viewer' })
  await page.getByText('Statements are for editors and admins.').waitFor()
  await page.getByRole('main').getByRole('link', { name: 'Explore' }).click()
  await page.getByRole('heading', { level: 1, name: 'Visitors' }).waitFor()
})

test.each(['light', 'dark'] as const)('the page is as readable in %s, and fits a phone', async (colorScheme) => {
  const page = await open('/sql', { colorScheme, reducedMotion: 'reduce' })
  await ask(page)
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Tables' }).click()
  await page.getByRole('dialog').getByText('Every event').click()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.setViewportSize(PHONE)
  await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width)
})
