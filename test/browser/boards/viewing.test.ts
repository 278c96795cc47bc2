import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { call, card, figure, hasFigure, makeBoard, settled, useReaders, violations } from './support/reader.ts'
import { countOf, HITS, visitorsOf } from './support/seed.ts'
import { SMALL_COMPANY } from './support/small-company-board.ts'

/** Looking at a board: figures, choices for the whole of it, what can be done with a widget. */
const { open } = useReaders()
let path: string

beforeAll(async () => {
  const { slug } = await makeBoard(SMALL_COMPANY)
  path = `/dashboards/${slug}`
})

const openBoard = async (search = '', options: Parameters<typeof open>[1] = {}): Promise<Page> => {
  const page = await open(`${path}${search}`, options)
  await settled(page)
  return page
}

const chart = (page: Page, title: string) => card(page, title).getByRole('group')
const tooltip = (page: Page) => chart(page, 'Course').locator('[aria-live=polite]')
const menuItem = async (page: Page, title: string, item: string) => {
  await card(page, title).hover()
  await page.getByRole('button', { name: `Menu: ${title}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('a board shows exact figures, and asks for all that is in sight at once', async () => {
  const asked: string[] = []
  const page = await open('/links')
  await page.getByRole('heading', { level: 1 }).waitFor()
  page.on('request', (request) => {
    if (request.url().endsWith('/api/v1/widget-answers')) asked.push(request.postData() ?? '')
  })
  await page.goto(page.url().replace('/links', path))
  await hasFigure(page, 'Hits', HITS.length)
  await hasFigure(page, 'Visitors', visitorsOf())
  await hasFigure(
    page,
    'Errors',
    countOf(({ status = 0 }) => status >= 400),
  )
  await settled(page)
  expect(asked.map((body) => JSON.parse(body).questions.length)).toEqual([8])
  await card(page, 'Far below').scrollIntoViewIfNeeded()
  await expect.poll(() => asked.length).toBe(2)
  await chart(page, 'Far below').waitFor()
})

test('a click on a line filters the whole board by it; the chip takes that back', async () => {
  const page = await openBoard()
  const ofGermany = countOf(({ country }) => country === 'DE')
  await card(page, 'Countries')
    .getByRole('button', { name: /Germany/ })
    .click()
  await hasFigure(page, 'Hits', ofGermany)
  await card(page, 'Pages')
    .getByRole('gridcell', { name: '/hats/bowler' })
    .click({ modifiers: ['Control'] })
  await hasFigure(
    page,
    'Hits',
    countOf((hit) => hit.country === 'DE' && isAt(hit, '/hats/bowler')),
  )
  expect(new URL(page.url()).searchParams.get('filters')).toContain('DE')
  await page.reload()
  await hasFigure(
    page,
    'Hits',
    countOf((hit) => hit.country === 'DE' && isAt(hit, '/hats/bowler')),
  )

  await page.getByRole('button', { name: /^Remove the filter: Page/ }).click()
  await hasFigure(page, 'Hits', ofGermany)
  await page.goBack()
  await page.goBack()
  await hasFigure(page, 'Hits', ofGermany)
})

const isAt = ({ url = '' }: { url?: string | undefined }, path: string) => new URL(url).pathname === path

test('a filter and a variable are made with the keyboard alone', async () => {
  const page = await openBoard()
  await page.getByRole('button', { name: 'Add a filter' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('combobox').waitFor()
  await page.keyboard.type('status')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: /404/ }).waitFor()
  await page.keyboard.type('404')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Apply', exact: true }).focus()
  await page.keyboard.press('Enter')
  const missing = countOf(({ status }) => status === 404)
  await hasFigure(page, 'Hits', missing)
  // Payments have no status: the card says that the filter does not hold for it.
  await card(page, 'Payments')
    .getByRole('button', { name: /filter/i })
    .waitFor()

  await page.getByRole('button', { name: 'City: All' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: /Kyoto/ }).waitFor()
  await page.keyboard.type('Kyo')
  await expect.poll(() => page.getByRole('option').first().textContent()).toContain('Kyoto')
  // The first that is found is marked already.
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Apply', exact: true }).focus()
  await page.keyboard.press('Enter')
  await hasFigure(
    page,
    'Hits',
    countOf(({ status, city }) => status === 404 && city === 'Kyoto'),
  )
})

test('another time stands beside the figures, several at once', async () => {
  const page = await openBoard('?range=2026-09-08+to+2026-09-15&tz=UTC')
  await page.getByRole('button', { name: /^Compar/ }).click()
  await page.getByText('Previous period').click()
  await page.getByText('Previous month').click()
  await page.keyboard.press('Escape')
  await card(page, 'Hits').getByText('vs previous period').waitFor()
  expect(new URL(page.url()).searchParams.getAll('compare')).toHaveLength(2)
  await chart(page, 'Course').focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => tooltip(page).textContent()).toMatch(/previous period/i)
})

test('a day opens into its hours, and the way back is on the page', async () => {
  const page = await openBoard('?grain=day')
  await chart(page, 'Course').focus()
  await page.keyboard.press('End')
  await expect.poll(() => tooltip(page).textContent()).toContain('150')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.url()).toContain('grain=hour')
  await hasFigure(page, 'Hits', 150)
  await page.getByRole('navigation', { name: 'Drilled into' }).getByRole('button').first().click()
  await hasFigure(page, 'Hits', HITS.length)

  // A stretch that is marked with the keys is zoomed into.
  await chart(page, 'Course').focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Enter')
  await hasFigure(page, 'Hits', 300)
  await page.goBack()
  await hasFigure(page, 'Hits', HITS.length)
})

test('a stretch that is marked with the mouse is zoomed into, and a tooltip follows the pointer', async () => {
  const page = await openBoard('?grain=day')
  const box = await chart(page, 'Course').boundingBox()
  if (!box) throw new Error('the chart has no box')
  const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const
  await page.mouse.move(...at(0.5))
  await expect.poll(() => tooltip(page).textContent()).toMatch(/Sep/)
  await page.mouse.down()
  await page.mouse.move(...at(0.6), { steps: 4 })
  await page.mouse.move(...at(0.8), { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => page.url()).toContain('drill=')
  await expect.poll(() => figure(page, 'Hits')).toMatch(/^([3-9][05]0)$/)
})

test('the range is chosen by its name or typed, the grain by a switch, and Back undoes both', async () => {
  const page = await openBoard()
  await page.getByRole('radio', { name: 'Week' }).click()
  await expect.poll(() => page.url()).toContain('grain=week')
  await page.getByRole('button', { name: /^Range:/ }).click()
  const field = page.getByRole('textbox', { name: /^Range/ })
  await field.fill('nonsense')
  await page
    .getByText(/expected|can’t/i)
    .first()
    .waitFor()
  await field.fill('2026-09-03 to 2026-09-04')
  await page.getByRole('button', { name: 'Apply', exact: true }).click()
  await hasFigure(page, 'Hits', 150)
  await page.getByRole('button', { name: /^Range:/ }).click()
  await page.getByRole('option', { name: 'Yesterday' }).click()
  await hasFigure(page, 'Hits', 0)
  await page.goBack()
  await hasFigure(page, 'Hits', 150)
  await page.goBack()
  await hasFigure(page, 'Hits', HITS.length)
})

test('a widget is a table, a CSV file, a picture, and as large as the screen', async () => {
  const page = await openBoard()
  await menuItem(page, 'Browsers', 'View as table')
  const rows = card(page, 'Browsers').getByRole('row')
  await expect.poll(() => rows.count()).toBeGreaterThan(2)
  const loads = async (item: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), menuItem(page, 'Browsers', item)])
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
  }
  const csv = await loads('Download CSV')
  expect(csv.name).toMatch(/browsers.*\.csv$/i)
  expect(csv.bytes.toString()).toContain('Firefox')
  await menuItem(page, 'Browsers', 'View as chart')
  const png = await loads('Download PNG')
  expect([...png.bytes.subarray(1, 4)].map((byte) => String.fromCharCode(byte)).join('')).toBe('PNG')
  await menuItem(page, 'Browsers', 'Full screen')
  await page.getByRole('dialog').getByRole('group').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

/** How many pixels of a picture have the colour of a token. */
function pixelsOf(page: Page, png: Buffer, token: string): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const bytes = Uint8Array.from(atob('${png.toString('base64')}'), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('${token}').trim()
    context.fillRect(0, 0, 1, 1)
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data
    context.drawImage(bitmap, 0, 0)
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
    let count = 0
    for (let i = 0; i < data.length; i += 4)
      if (data[i] === red && data[i + 1] === green && data[i + 2] === blue) count++
    return count
  })()`)
}

test('a picture of a table has no trace of the pointer, which lies on a row when the menu has closed', async () => {
  const page = await openBoard()
  const [download] = await Promise.all([page.waitForEvent('download'), menuItem(page, 'Pages', 'Download PNG')])
  const isHovered = `document.querySelector('[aria-label="Pages"] tr:hover') !== null`
  await expect.poll(() => page.evaluate(isHovered)).toBe(true)
  expect(await pixelsOf(page, await readFile(await download.path()), '--hover')).toBeLessThan(100)
})

test('ctrl+P prints as the menu does: also what was never scrolled to, every chart in its box on the paper', async () => {
  const page = await openBoard()
  const widthPx = () => page.evaluate<number>(`document.querySelector('main').clientWidth`)
  const before = await widthPx()
  await page.evaluate(`window.print = () => {
    dispatchEvent(new Event('beforeprint'))
    const count = (selector) => document.querySelectorAll('[data-widget] ' + selector).length
    const sizes = [...document.querySelectorAll('[data-picture]')].map((box) => {
      const { style } = box.querySelector('canvas')
      return [style.width, style.height].join() === [box.clientWidth + 'px', box.clientHeight + 'px'].join()
    })
    window.printed = {
      waiting: count('[aria-busy=true]'),
      fine: count('canvas[data-for-paper]') === sizes.length,
      fits: sizes.length > 2 && sizes.every(Boolean),
      widthPx: document.querySelector('main').clientWidth,
    }
    dispatchEvent(new Event('afterprint'))
  }`)
  await page.keyboard.press('Control+p')
  await expect.poll(() => page.evaluate('window.printed'), { timeout: 20_000 }).toBeDefined()
  expect(await page.evaluate('window.printed')).toMatchObject({ waiting: 0, fine: true, fits: true })
  expect(await page.evaluate<number>('window.printed.widthPx')).toBeLessThan(before)
  await expect.poll(widthPx).toBe(before)
  expect(await page.locator('canvas[data-for-paper]').count()).toBe(0)

  await page.emulateMedia({ media: 'print' })
  expect(await page.getByText('Skip to the page').isVisible()).toBe(false)
  expect(await page.evaluate(`getComputedStyle(document.body).printColorAdjust`)).toBe('exact')
})

test('a new event changes the figures without a reload', async () => {
  const page = await openBoard('?range=today&tz=UTC')
  await page.getByRole('button', { name: /^Refresh: Live/ }).waitFor()
  const read = async () => Number(await figure(page, 'Hits'))
  await expect.poll(read).toBeGreaterThanOrEqual(0)
  const [before, origin] = [await read(), await page.evaluate('performance.timeOrigin')]
  await call('/v1/events?source=website', { name: 'page_view', url: 'https://hats.example/new', status: 200 })
  await expect.poll(read).toBe(before + 1)
  await card(page, 'Pages').getByText('/new').waitFor()
  expect(await page.evaluate('performance.timeOrigin')).toBe(origin)
})

test('a star, an annotation and the code of a board are at hand', async () => {
  const page = await openBoard()
  await page.getByRole('button', { name: 'Add to favourites' }).click()
  await page.getByRole('button', { name: 'Remove from favourites' }).waitFor()
  await page.getByRole('navigation', { name: 'Main' }).getByLabel('Favourite').waitFor()

  await chart(page, 'Course').focus()
  await page.keyboard.press('Home')
  await menuItem(page, 'Course', 'Annotate')
  await page.getByLabel('What happened').fill('Hats & <b>coats</b>')
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'More about this board' }).click()
  await page.getByRole('menuitem', { name: 'Export as code' }).click()
  await page.getByRole('dialog').getByText('defineBoard').first().waitFor()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  const code = await page.evaluate<string>('navigator.clipboard.readText()')
  const { board } = await call<{ board: unknown }>('/api/v1/boards/import', { code })
  expect(board).toEqual((await call<{ board: unknown }>(`/api/v1${path.replace('dashboards', 'boards')}`)).board)
})

test('while nothing sends events, a board that comes with Almanac says so and leads on', async () => {
  const page = await open('/tools')
  await page.route('**/api/v1/sources', (route) => route.fulfill({ json: { sources: [] } }))
  await page.goto(page.url().replace('/tools', '/dashboards/web'))
  await page.getByText('Nothing sends events to this server yet.').waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'Make the first source' }).click()
  await page.getByText('There is no source yet').waitFor()
})

test('on a phone the board is one column, its choices are in a sheet, and nothing is wider than the screen', async () => {
  const page = await openBoard('', { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true })
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  const [first, second] = [await card(page, 'Hits').boundingBox(), await card(page, 'Visitors').boundingBox()]
  expect([first?.x, (first?.y ?? 0) < (second?.y ?? 0)]).toEqual([second?.x, true])
  await page.getByRole('button', { name: 'Filters', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'City: All' }).waitFor()
  await page.getByRole('button', { name: 'Show the board' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})
