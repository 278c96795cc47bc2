import type { BoardInput, WidgetInput } from '@almanac/core/boards/board.ts'
import { ask, greatest, onePage, overTime } from '@almanac/core/boards/ready/compose.ts'
import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import { beforeAll, expect, test } from 'vitest'
import { ingestHasCaughtUp } from '../../../packages/server/test/support/event-client.ts'
import {
  boardOf,
  call,
  card,
  makeBoard,
  PHONE,
  serverOfBoards,
  settled,
  useReaders,
  violations,
} from './support/reader.ts'

/** What no one should send, and somebody does: it looks right, says what happened, and never runs. */
const { open, expectNoise } = useReaders()
/** Of a person: bots are left out of what people do. */
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36'
const HTML = '<img src=x onerror=alert(1)>'
const LONG = `${'Very '.repeat(99)}long`
const ARABIC = 'عنوان اللوحة 🎩'

type Data = NonNullable<WidgetInput['data']>

const widgets: WidgetInput[] = []
/** Three in a row, in the order in which they come. */
const put = (id: string, title: string, chart: ChartSpec, data: Data = []) => {
  const [x, y] = [(widgets.length % 3) * 8, Math.floor(widgets.length / 3) * 6]
  widgets.push({ id, title, description: `${title} ${HTML}`, place: { x, y, w: 8, h: 6 }, chart, data })
}
const sql = (text: string): Data => [{ from: 'sql', sql: text, parameters: {} }]

put('bars', HTML, { kind: 'bar' }, [greatest('product', 'events', 'event')])
put('list', LONG, { kind: 'ranked_list' }, [greatest('product', 'events', 'event')])
put('table', ARABIC, { kind: 'table', heat: ['events'] }, [ask('product', ['events'], { dimensions: ['event'] })])
put('donut', 'Donut', { kind: 'donut', legend: 'right' }, [greatest('product', 'events', 'event')])
put('tree', 'Tree', { kind: 'treemap' }, [greatest('product', 'events', 'event')])
put('text', 'Text', { kind: 'text', text: `${HTML} [run](javascript:alert(1)) <script>alert(1)</script>` })
put('embed', 'Embed', { kind: 'embed', address: 'javascript:alert(1)' })
put('image', 'Image', { kind: 'image', address: 'javascript:alert(1)', alternative: HTML })
put('gone', 'Gone', { kind: 'line' }, [overTime('product', ['no_such_measure'])])
put('cube', 'No cube', { kind: 'bar' }, [ask('no_such_cube', ['hits'])])
put('unfit', 'Unfit', { kind: 'sankey' }, [ask('product', ['events'])])
put(
  'far',
  'Far apart',
  { kind: 'bar' },
  sql(`SELECT pow(10, arrayJoin(range(-9, 19, 3))) AS value, toString(value) AS name`),
)
put(
  'nulls',
  'Only nulls',
  { kind: 'line' },
  sql(`SELECT toDate('2026-09-01') + arrayJoin(range(5)) AS time, CAST(NULL AS Nullable(Float64)) AS value`),
)
put('point', 'One point', { kind: 'line' }, sql(`SELECT toDate('2026-09-01') AS time, 42 AS value`))
put('rows', 'Many rows', { kind: 'table' }, sql('SELECT arrayJoin(range(200000)) AS n, n * 2 AS twice'))
put(
  'line',
  'Many points',
  { kind: 'line' },
  sql(`SELECT toDateTime('2026-01-01 00:00:00', 'UTC') + arrayJoin(range(200000)) * 60 AS time, rand() % 100 AS value`),
)
put('wrong', 'Not SQL', { kind: 'table' }, sql(`SELECT * FROM ${HTML}`))

const BOARD: BoardInput = {
  title: `${HTML} ${LONG}`.slice(0, 500),
  description: HTML,
  timezone: 'UTC',
  range: '2025-03-03 to 2025-03-05',
  variables: [{ name: 'constructor', label: HTML, cube: 'product', dimension: 'event' }],
  tabs: onePage(widgets),
}
let path: string

beforeAll(async () => {
  // At a time that no other test looks at.
  const time = '2025-03-03T10:00:00Z'
  const names = [HTML, `${'x'.repeat(190)}`, ARABIC, '"quoted" & \u202egnp.exe', 'constructor', '__proto__', '{{7*7}}']
  const events = names.map((name, i) => ({ name, time, anonymousId: `strange-${i}`, userAgent: AGENT }))
  await call('/v1/events?source=website', events)
  await ingestHasCaughtUp(serverOfBoards())
  const at = { at: time, title: HTML, text: HTML, tags: [HTML] }
  await call('/api/v1/annotations', at)
  const { slug } = await makeBoard(BOARD)
  path = `/dashboards/${slug}`
})

test('nothing of what people and programs send runs, in titles, tooltips, lists and texts', async () => {
  const page = await open(path, { viewport: { width: 1440, height: 2600 } })
  await settled(page)
  await expect.poll(() => page.locator('[role=status][aria-label=Loading]').count()).toBe(0)
  await page.getByRole('heading', { level: 1 }).getByText(HTML).waitFor()
  await card(page, LONG).getByText(HTML).waitFor()

  await card(page, HTML).getByRole('group').focus()
  for (let i = 0; i < 7; i++) {
    await page.keyboard.press('ArrowRight')
    await page
      .getByText(/Events/)
      .first()
      .waitFor()
  }
  const box = await card(page, 'Donut').getByRole('group').boundingBox()
  if (!box) throw new Error('the donut has no box')
  await page.mouse.move(box.x + box.width / 2 - 40, box.y + box.height / 2)
  await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2 - 30, { steps: 4 })
  expect(
    await page.locator('img[src=x], article script, a[href^="javascript"], iframe[src^="javascript"]').count(),
  ).toBe(0)

  // What can't be shown says why.
  await card(page, 'Gone')
    .getByText(/no_such_measure/)
    .waitFor()
  await card(page, 'No cube')
    .getByText(/no_such_cube/)
    .waitFor()
  await card(page, 'Unfit').getByText(/needs/).waitFor()
  await card(page, 'Only nulls').locator('.lucide-circle-slash-2').waitFor()
  await card(page, 'Not SQL').getByRole('alert').waitFor()
  await page.getByText(/things that widgets ask for can’t be found/).click()
  await card(page, 'One point').locator('canvas').waitFor()
  await card(page, 'Far apart').locator('canvas').waitFor()

  // Of an answer that was cut off the card says so, and only the rows in sight are there.
  await card(page, 'Many rows').getByRole('grid').or(card(page, 'Many rows').getByRole('table')).first().waitFor()
  expect(await card(page, 'Many rows').getByRole('row').count()).toBeLessThan(100)
  await card(page, 'Many rows').getByRole('button', { name: /rows/i }).first().waitFor()
  await card(page, 'Many points').locator('canvas').waitFor()
  expect(await violations(page)).toEqual([])

  await page.setViewportSize(PHONE)
  await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width)
})

test('a board of such names is listed, edited, put into code and read back', async () => {
  const page = await open('/dashboards')
  await page.getByText(HTML).first().waitFor()
  expect(await page.locator('img[src=x]').count()).toBe(0)
  await page.goto(`${page.url()}${path.replace('/dashboards', '')}?edit=true`)
  await expect.poll(() => page.getByLabel('Title of the board').inputValue()).toBe(BOARD.title)
  expect(await page.locator('img[src=x]').count()).toBe(0)
  const slug = path.replace('/dashboards/', '')
  const code = await (
    await fetch(`${serverOfBoards().url}/api/v1/boards/${slug}/code`, {
      headers: { authorization: `Bearer ${serverOfBoards().token}` },
    })
  ).text()
  const { board } = await call<{ board: unknown }>('/api/v1/boards/import', { code })
  expect(board).toEqual((await boardOf(slug)).board)
})

test('addresses that mean nothing say so and lead on', async () => {
  expectNoise(/404/)
  const page = await open('/dashboards/there-is-no-such-board')
  await page.getByRole('heading', { name: 'There is no dashboard at this address' }).waitFor()
  await page.getByRole('link', { name: 'All dashboards' }).last().click()
  await page.getByRole('heading', { name: 'Dashboards', level: 1 }).waitFor()
  await page.goto(
    `${serverOfBoards().url}/dashboards/web?range=${encodeURIComponent(HTML)}&filters=%5B1&tz=Nowhere&grain=x&compare=y&var-x=1`,
  )
  await page.getByText(/The range in the address can’t be read/).waitFor()
  await page.goto(`${serverOfBoards().url}/public/no-such-link`)
  await page.getByRole('heading').first().waitFor()
  await page.goto(`${serverOfBoards().url}/no/such/page`)
  await page.getByRole('heading').first().waitFor()
  expect(await page.locator('img[src=x]').count()).toBe(0)
})
