import { expect, test } from 'vitest'
import { card, PHONE, useReaders, violations, WIDE } from './support/reader.ts'

/** From a file to a widget. */
const { open } = useReaders()

test('a file is dropped, its columns are found, and a minute later there is a widget', async () => {
  const page = await open('/data')
  const rows = Array.from(
    { length: 40 },
    (_, i) => `2026-09-${String(1 + (i % 14)).padStart(2, '0')},${['Berlin', 'Wien'][i % 2]},${i + 1}.50,${i}`,
  )
  const buffer = Buffer.from(['day,shop,revenue,orders', ...rows].join('\n'))
  await page.locator('input[type=file]').first().setInputFiles({ name: 'shop sales.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('dialog').getByRole('button', { name: 'Read the file' }).click()
  // Columns that are out of sight cast a shadow, until they are in sight.
  await page.setViewportSize(PHONE)
  await page.locator('[data-more=right]').waitFor()
  await page.evaluate(`document.querySelector('[aria-label="The first rows"]').scrollLeft = 10000`)
  await page.locator('[data-more=right]').waitFor({ state: 'detached' })
  await page.setViewportSize(WIDE)
  await page.getByRole('button', { name: 'Make the table' }).click()
  await page.getByRole('link', { name: 'Make a widget' }).first().waitFor()
  await page.getByText('40 rows').first().waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'Make a widget' }).first().click()
  await page.getByRole('button', { name: 'Save as a widget' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save as a widget' })
  await dialog.getByLabel('Title').first().fill('Sales')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.getByRole('link', { name: 'Open the dashboard' }).click()
  await card(page, 'Sales').waitFor()
})
