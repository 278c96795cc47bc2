import { expect, inject, test } from 'vitest'
import type { BoardAnswer } from '../../../packages/web/src/api/boards.ts'
import { call, hasFigure, makeBoard, SEEDED_RANGE, settled, useReaders, violations } from './support/reader.ts'
import { HITS } from './support/seed.ts'
import { SMALL_COMPANY } from './support/small-company-board.ts'

/** Boards that are copied, that are deleted and come back, and that are found at the addresses that they had before. */
const { open, expectNoise } = useReaders()
const make = (title: string): Promise<BoardAnswer> => makeBoard({ ...SMALL_COMPANY, title })

test('a board is put into the trash, whoever comes by is told so, and it comes back with its link', async () => {
  expectNoise(/410/)
  const { slug } = await make('Short lived')
  const { path } = await call<{ path: string }>(`/api/v1/boards/${slug}/links`, {})
  const page = await open('/dashboards', { role: 'editor' })
  await page.getByRole('button', { name: 'More about Short lived' }).click()
  await page.getByRole('menuitem', { name: 'Move to the trash' }).click()
  await page.getByText('“Short lived” is in the trash.').waitFor()
  await page.getByRole('link', { name: 'Trash' }).click()
  const line = page.getByRole('region', { name: 'Deleted dashboards' }).getByRole('listitem')
  await line.filter({ hasText: 'Short lived' }).getByText('30 days left').waitFor()
  expect(await violations(page)).toEqual([])

  const stranger = await open(path, { role: 'stranger' })
  await stranger.getByRole('heading', { name: 'This board was deleted' }).waitFor()
  const viewer = await open(`/dashboards/${slug}`, { role: 'viewer' })
  await viewer.getByRole('heading', { name: 'This dashboard was deleted' }).waitFor()
  expect(await viewer.getByRole('link', { name: 'Trash' }).count()).toBe(0)

  await page.getByRole('button', { name: 'Restore Short lived' }).click()
  await expect.poll(() => new URL(page.url()).pathname).toBe(`/dashboards/${slug}`)
  await settled(page)
  await stranger.reload()
  await hasFigure(stranger, 'Hits', HITS.length)
})

test('the trash that is opened while a board is put into it has the board, though its first answer has not', async () => {
  await make('In a hurry')
  const page = await open('/dashboards', { role: 'editor' })
  const [isAsked, isDeleted] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await page.route('**/api/v1/boards/in-a-hurry', async (route) => {
    await isAsked.promise
    await route.continue()
  })
  page.on('response', (response) => response.request().method() === 'DELETE' && isDeleted.resolve())
  await page.route(
    '**/api/v1/trash',
    async (route) => {
      const response = await route.fetch()
      isAsked.resolve()
      await isDeleted.promise
      // The page may not wait for it any more.
      await route.fulfill({ response }).catch(() => undefined)
    },
    { times: 1 },
  )
  await page.getByRole('button', { name: 'More about In a hurry' }).click()
  await page.getByRole('menuitem', { name: 'Move to the trash' }).click()
  await page.getByRole('link', { name: 'Trash' }).click()
  await page.getByRole('button', { name: 'Restore In a hurry' }).waitFor()
})

test('a copy that was made in the list is opened from the notice', async () => {
  await make('Copied')
  const page = await open('/dashboards?q=Copied')
  await page.getByRole('button', { name: 'More about Copied', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await page.getByText('Copied as “Copied (copy)”.').waitFor()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('heading', { name: 'Copied (copy)' }).waitFor()
  await settled(page)
})

test('a board is deleted for good, after a question', async () => {
  const { slug } = await make('Not wanted')
  const { url, token } = inject('boards')
  await fetch(`${url}/api/v1/boards/${slug}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } })
  const page = await open('/trash')
  await page.getByRole('button', { name: 'Delete Not wanted for good' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete this dashboard for good?' })
  expect(await violations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Delete for good' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await page.getByText('Not wanted').count()).toBe(0)
})

test('an old address leads to the board, with what it says, and on a wall screen', async () => {
  const { slug } = await make('Before')
  const { url, token } = inject('boards')
  const answer = await fetch(`${url}/api/v1/boards/${slug}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ slug: 'afterwards' }),
  })
  expect(answer.status).toBe(200)

  const page = await open(`/dashboards/${slug}?${SEEDED_RANGE}`, { role: 'viewer' })
  await expect.poll(() => new URL(page.url()).pathname).toBe('/dashboards/afterwards')
  expect(new URL(page.url()).searchParams.get('tz')).toBe('UTC')
  await settled(page)
  const wall = await open(`/kiosk?boards=${slug}`, { role: 'viewer' })
  await wall.getByRole('heading', { name: 'Before' }).waitFor()
})
