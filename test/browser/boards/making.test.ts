import { widgetsOf } from '@almanac/core/boards/board.ts'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { BoardAnswer } from '../../../packages/web/src/api/boards.ts'
import { boardOf, call, card, hasFigure, makeBoard, settled, useReaders, violations } from './support/reader.ts'
import { FROM, HITS, TO } from './support/seed.ts'
import { SMALL_COMPANY } from './support/small-company-board.ts'

/** Making and arranging boards, as somebody does who has read nothing. */
const { open, expectNoise } = useReaders()

const grip = (page: Page, title: string) =>
  page.getByRole('button', { name: `${title}: arrow keys move it`, exact: false })
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true })
const widget = (page: Page, id: string) => page.locator(`[data-widget="${id}"]`)
const boxOf = async (locator: Locator) => {
  const box = await locator.boundingBox()
  if (!box) throw new Error('it has no box')
  return box
}

const inSight = ({ y, height }: { y: number; height: number }, page: Page) =>
  y >= 0 && y + Math.min(height, 200) <= (page.viewportSize()?.height ?? 0)

test('from nothing to a board of one’s own: a draft, a name, one more widget, saved', async () => {
  const page = await open(`/dashboards/new?range=${FROM}+to+${TO}&tz=UTC`)
  await page.getByRole('heading', { name: 'What is this board about?' }).waitFor()
  await page.getByRole('button', { name: /^Web/ }).click()
  await hasFigure(page, 'Hits', HITS.length)
  await page.getByLabel('Title of the board').fill('All about hats')

  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Widget', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a widget' })
  await dialog.getByRole('button', { name: 'dimension', exact: true }).click()
  await page.getByRole('option', { name: 'Country' }).click()
  await dialog.getByRole('searchbox').fill('donut')
  await dialog.getByRole('button', { name: /^Donut/ }).click()
  await page
    .getByRole('region', { name: /^Edit / })
    .getByLabel('Title')
    .fill('Where from')
  await card(page, 'Where from').locator('canvas').waitFor()
  await save(page).click()
  await expect.poll(() => page.url()).toContain('/dashboards/all-about-hats')
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await settled(page)
  await card(page, 'Where from').waitFor()

  const { board, visibility } = await boardOf('all-about-hats')
  expect([board.title, visibility]).toEqual(['All about hats', 'team'])
  expect(widgetsOf(board).map(({ chart }) => chart.kind)).toEqual(expect.arrayContaining(['number', 'line', 'donut']))
})

test('a measure is exchanged in its place, and one of another cube comes beside it', async () => {
  const { slug } = await makeBoard({ ...SMALL_COMPANY, title: 'Side by side' })
  const page = await open(`/dashboards/${slug}?edit=true`)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Widget', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a widget' })
  await dialog.getByRole('button', { name: 'dimension', exact: true }).click()
  await page.getByRole('option', { name: 'Country' }).click()
  await dialog.getByRole('button', { name: /^Table/ }).click()
  const panel = page.getByRole('region', { name: /^Edit / })

  await expect.poll(async () => inSight(await boxOf(card(page, 'Visitors by country')), page)).toBe(true)

  await panel.getByRole('button', { name: 'Visitors, change' }).click()
  await page.getByRole('option', { name: 'Hits', exact: true }).click()
  await card(page, 'Hits by country').getByRole('gridcell', { name: 'Germany' }).waitFor()

  await panel.getByRole('button', { name: 'Add measure' }).click()
  await page.getByRole('option', { name: /^Sign-ups/ }).click()
  await panel.getByRole('region', { name: 'Data 2' }).locator(':focus').waitFor()
  await save(page).click()
  await expect
    .poll(async () => widgetsOf((await boardOf(slug)).board).at(-1)?.data)
    .toMatchObject([
      { cube: 'web', measures: ['hits'], dimensions: ['country'], top: { by: 'hits', count: 10 } },
      { cube: 'product', measures: ['sign_ups'], dimensions: ['country'], grain: 'none' },
    ])
})

test('widgets are dragged and resized with the mouse and with the keys, and every step is undone', async () => {
  const { slug } = await makeBoard(SMALL_COMPANY)
  const page = await open(`/dashboards/${slug}?edit=true`)
  await grip(page, 'Hits').waitFor()
  await card(page, 'Course').locator('canvas').waitFor()

  await grip(page, 'Browsers').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowLeft')
  await save(page).click()
  await expect.poll(async () => placeOf(await boardOf(slug), 'browsers')).toMatchObject({ x: 1, w: 11 })

  const course = await boxOf(widget(page, 'course'))
  await page.mouse.move(course.x + 60, course.y + 18)
  await page.mouse.down()
  await page.mouse.move(course.x + 300, course.y + 40, { steps: 6 })
  await page.mouse.move(course.x + 700, course.y + 18, { steps: 6 })
  await page.mouse.up()
  await expect.poll(async () => Math.round((await boxOf(widget(page, 'course'))).x)).not.toBe(Math.round(course.x))
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => Math.round((await boxOf(widget(page, 'course'))).x)).toBe(Math.round(course.x))

  const panel = page.getByRole('region', { name: /^Edit / })
  expect(await panel.count()).toBe(0)

  const corner = await boxOf(widget(page, 'course').locator('.resize-corner'))
  await page.mouse.move(corner.x + 8, corner.y + 8)
  await page.mouse.down()
  await page.mouse.move(corner.x - 100, corner.y + 80, { steps: 8 })
  await page.mouse.up()
  await expect.poll(async () => (await boxOf(widget(page, 'course'))).height).toBeGreaterThan(course.height + 20)
  await page.keyboard.press('Control+z')
  await expect
    .poll(async () => Math.round((await boxOf(widget(page, 'course'))).height))
    .toBe(Math.round(course.height))

  await grip(page, 'Browsers').focus()
  await page.keyboard.press('Delete')
  await widget(page, 'browsers').waitFor({ state: 'detached' })
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
  await widget(page, 'browsers').waitFor()
  await grip(page, 'Browsers').focus()
  await page.keyboard.press('Delete')
  await widget(page, 'browsers').waitFor({ state: 'detached' })
  await page.locator('[data-widget]:focus-within').waitFor()
  await page.keyboard.press('Control+z')
  await page.locator('[data-widget=browsers]:focus-within').waitFor()
  await page.keyboard.press('Control+d')
  await page.keyboard.press('Control+s')
  await expect.poll(async () => widgetsOf((await boardOf(slug)).board).length).toBe(10)
  expect(await violations(page)).toEqual([])

  await card(page, 'Countries').getByRole('heading').click()
  await panel.waitFor()
})

const placeOf = ({ board }: BoardAnswer, id: string) => widgetsOf(board).find((one) => one.id === id)?.place

test('who saves over somebody else is told, and nothing of either is lost', async () => {
  const { slug, board } = await makeBoard(SMALL_COMPANY)
  expectNoise(/409/)
  const page = await open(`/dashboards/${slug}?edit=true`)
  await page.getByLabel('Title of the board').fill('Mine')
  await call(`/api/v1/boards/${slug}`, { board: { ...board, title: 'Theirs' }, version: 1 }, 'PUT')
  await save(page).click()
  const dialog = page.getByRole('dialog', { name: 'The board was changed meanwhile' })
  await dialog.getByRole('button', { name: 'Save mine as a board of its own' }).click()
  await expect.poll(() => page.url()).toContain('/dashboards/mine')
  expect((await boardOf(slug)).board.title).toBe('Theirs')
})

test('changes that were not saved are offered again, and leaving asks', async () => {
  const { slug } = await makeBoard(SMALL_COMPANY)
  const page = await open(`/dashboards/${slug}?edit=true`)
  await page.getByLabel('Title of the board').fill('Half done')
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await page
    .getByRole('dialog', { name: 'Leave without saving?' })
    .getByRole('button', { name: 'Leave', exact: true })
    .click()
  await page.getByRole('heading', { name: SMALL_COMPANY.title }).waitFor()
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByRole('button', { name: 'Take them up' }).click()
  await expect.poll(() => page.getByLabel('Title of the board').inputValue()).toBe('Half done')

  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await page.getByRole('button', { name: 'Save and leave' }).click()
  await page.getByRole('heading', { name: 'Half done', exact: true }).waitFor()
  expect((await boardOf(slug)).board.title).toBe('Half done')
})

test('an earlier version is looked at and brought back', async () => {
  const { slug, board } = await makeBoard(SMALL_COMPANY)
  await call(`/api/v1/boards/${slug}`, { board: { ...board, title: 'Later' }, version: 1, note: 'Renamed' }, 'PUT')
  const page = await open(`/dashboards/${slug}`)
  await page.getByRole('button', { name: 'More about this board' }).click()
  await page.getByRole('menuitem', { name: 'Versions' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Renamed').waitFor()
  await dialog.getByRole('option', { name: 'Version 1' }).click()
  await dialog
    .getByText(/Small company/)
    .first()
    .waitFor()
  await dialog.getByRole('button', { name: 'Go back to this version' }).click()
  await expect.poll(async () => (await boardOf(slug)).board.title).toBe(SMALL_COMPANY.title)
})
