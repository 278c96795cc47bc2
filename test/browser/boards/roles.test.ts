import { expect, test } from 'vitest'
import type { Role } from './support/boards-server.ts'
import {
  card,
  hasFigure,
  makeBoard,
  PHONE,
  SEEDED_RANGE,
  serverOfBoards,
  settled,
  useReaders,
  violations,
} from './support/reader.ts'
import { countOf } from './support/seed.ts'
import { SMALL_COMPANY } from './support/small-company-board.ts'

/** Every page for everybody: what each may open, that axe finds nothing, and that nothing is wider than a phone. */
const { open, expectNoise } = useReaders()

const PAGES = ['/dashboards', '/explore', '/sql', '/data', '/sources', '/links', '/tools', '/screens']
const OF_ADMINS = ['/settings/people', '/settings/keys']

test.each<{ role: Role; pages: string[]; colorScheme: 'light' | 'dark' }>([
  { role: 'admin', pages: [...PAGES, ...OF_ADMINS, '/dashboards/new', '/dashboards/overview'], colorScheme: 'light' },
  { role: 'editor', pages: [...PAGES, ...OF_ADMINS], colorScheme: 'dark' },
  { role: 'viewer', pages: [...PAGES, ...OF_ADMINS], colorScheme: 'light' },
])('every page is there for $role or says why not, in $colorScheme', async ({ role, pages, colorScheme }) => {
  // What a role may not ask for is refused, and the page says so.
  if (role !== 'admin') expectNoise(/403/)
  const page = await open('/login', { role, colorScheme })
  const found: string[] = []
  for (const path of pages) {
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(serverOfBoards().url + path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    // Of a board, what lies below the window has not been asked for.
    if (path.startsWith('/dashboards/o')) await settled(page)
    else await expect.poll(() => page.locator('[aria-busy=true], .skeleton').count(), { message: path }).toBe(0)
    if (role !== 'editor' || OF_ADMINS.includes(path))
      found.push(...(await violations(page)).map((one) => `${path} ${one}`))
    await page.setViewportSize(PHONE)
    const width = await page.evaluate<number>('document.documentElement.scrollWidth')
    if (width > PHONE.width) found.push(`${path} is ${width} px wide on a phone`)
  }
  expect(found).toEqual([])
})

test('viewers look and choose, and are offered nothing that they may not do', async () => {
  const number = { id: 'own', title: 'Own', place: { x: 0, y: 0, w: 12, h: 8 }, chart: { kind: 'number' as const } }
  const sql = "SELECT count() AS hits FROM events WHERE country = 'JP' AND name = 'page_view'"
  const widgets = [{ ...number, data: [{ from: 'sql' as const, sql }] }]
  const { slug } = await makeBoard({
    title: 'Of a statement',
    tabs: [{ id: 'main', title: '', sections: [{ id: 'all', widgets }] }],
  })
  const page = await open(`/dashboards/${slug}?${SEEDED_RANGE}&edit=true`, { role: 'viewer' })
  // The statement of a board runs for everybody who sees the board.
  await hasFigure(
    page,
    'Own',
    countOf(({ country }) => country === 'JP'),
  )
  expect(await page.getByRole('button', { name: /^(Edit|Share|Copy to edit|Save)$/ }).count()).toBe(0)
  await page.getByRole('button', { name: 'More about this board' }).click()
  await page.getByRole('menuitem', { name: 'Export as code' }).waitFor()
  expect(await page.getByRole('menuitem', { name: /Edit|Duplicate|Share/ }).count()).toBe(0)
})

test('a private board is nobody else’s, and strangers come no further than the login', async () => {
  const page = await open('/dashboards', { role: 'editor' })
  const made = await page.evaluate<{ slug: string }>(`fetch('/api/v1/boards', {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: ${JSON.stringify(JSON.stringify({ board: { ...SMALL_COMPANY, title: 'Mine alone' }, visibility: 'private' }))},
  }).then((response) => response.json())`)
  await page.goto(`${serverOfBoards().url}/dashboards/${made.slug}`)
  await settled(page)
  await card(page, 'Hits').waitFor()
  expectNoise(/404/)
  const other = await open(`/dashboards/${made.slug}`)
  await other.getByRole('heading', { name: 'There is no dashboard at this address' }).waitFor()
  const stranger = await open(`/dashboards/${made.slug}`, { role: 'stranger' })
  await stranger.getByRole('button', { name: 'Sign in' }).waitFor()
})
