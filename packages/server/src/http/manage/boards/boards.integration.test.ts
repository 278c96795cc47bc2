import type { BoardInput } from '@almanac/core/boards/board.ts'
import { smallBoard, smallWidget } from '@almanac/core/boards/testing/small-board.ts'
import { PAGES } from '@almanac/core/segments/testing/two-cubes.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../../../test/support/engines.ts'
import { useTestDatabase } from '../../../../test/support/use-test-database.ts'
import { openTestBoards } from '../../../boards/testing/open-boards.ts'
import { buildTestApp, type TestApp, type TestRole } from '../../test-app.ts'

let database: TestDatabase
let tested: TestApp
useTestDatabase((fresh) => {
  database = fresh
})
beforeEach(async () => {
  const opened = openTestBoards(database.pool, [{ slug: 'overview', board: smallBoard([], { title: 'Overview' }) }])
  tested = await buildTestApp({ ...opened, cubes: () => [PAGES] })
  for (const user of tested.sessions.values()) {
    await database.pool.query(`INSERT INTO users (id, email, name, password_hash, role) VALUES ($1, $2, $3, 'x', $4)`, [
      user.id,
      `${user.role}@example.com`,
      user.role,
      user.role,
    ])
  }
})
afterEach(() => tested.app.close())

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

async function call(method: Method, path: string, body?: object, role: TestRole = 'editor') {
  const url = `/api/v1${path}`
  const answer = await tested.app.inject({ method, url, headers: tested.as[role], ...(body && { payload: body }) })
  const isJson = answer.headers['content-type']?.startsWith('application/json') ?? false
  return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, headers: answer.headers }
}

const BOARD: BoardInput = {
  title: 'Sales',
  tabs: [{ id: 'main', title: 'Main', sections: [{ id: 'all', widgets: [smallWidget('w')] }] }],
}

test('a board is made out of what is written, complete, and listed with the folders', async () => {
  const folder = (await call('POST', '/folders', { name: 'Money' })).body
  const made = await call('POST', '/boards', { board: BOARD, folderId: folder.id })

  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({
    slug: 'sales',
    version: 1,
    problems: [],
    folderId: folder.id,
    ownerName: 'editor',
    mayEdit: true,
    board: { title: 'Sales', range: '28d' },
  })
  expect((await call('GET', '/boards/sales')).body).toEqual(made.body)

  const list = (await call('GET', '/boards', undefined, 'viewer')).body
  expect(list.folders).toEqual([{ id: folder.id, name: 'Money', parentId: null }])
  expect(list.boards).toMatchObject([
    { slug: 'overview', origin: 'ready', mayEdit: false, updatedAt: null },
    { slug: 'sales', title: 'Sales', description: '', mayEdit: false },
  ])
  expect(Object.keys(list.boards[1])).not.toContain('id')
})

test('a save names the version that it changes; who comes second is told', async () => {
  const { body: made } = await call('POST', '/boards', { board: BOARD })
  const save = { board: { ...made.board, title: 'Sales 2' }, version: 1, note: 'why' }
  expect((await call('PUT', '/boards/sales', save, 'admin')).body).toMatchObject({ version: 2, title: 'Sales 2' })

  const second = await call('PUT', '/boards/sales', { board: { ...made.board, title: 'x' }, version: 1 })
  expect([second.status, second.body.error.code]).toEqual([409, 'conflict'])
  expect(second.body.error.hint).toContain('admin saved version 2')

  const { versions } = (await call('GET', '/boards/sales/versions')).body
  expect(versions).toMatchObject([
    { version: 2, savedBy: 'admin', note: 'why' },
    { version: 1, savedBy: 'editor' },
  ])
  expect((await call('GET', '/boards/sales/versions/1')).body).toEqual({ version: 1, board: made.board })
  expect((await call('GET', '/boards/sales/versions/9')).status).toBe(404)
})

test('who saved is told for keys and for the command line, too', async () => {
  await call('POST', '/boards', { board: BOARD }, 'local')
  await call('PUT', '/boards/sales', { board: { ...BOARD, title: 'x' }, version: 1 }, 'key:admin')
  const { versions } = (await call('GET', '/boards/sales/versions')).body
  expect(versions).toMatchObject([{ savedBy: expect.stringMatching(/^API key \w+/) }, { savedBy: 'Command line' }])
})

test('all that is wrong with a board is told, with its place', async () => {
  const widget = { ...smallWidget('w'), place: { x: -1, y: 0, w: 99, h: 4 }, colour: 'red' }
  const tabs = [{ id: 'main', title: 'Main', sections: [{ id: 'all', widgets: [widget] }] }]
  const { status, body } = await call('POST', '/boards', { board: { title: 'x'.repeat(501), tabs, refresh: '2s' } })

  expect([status, body.error.code]).toEqual([400, 'invalid_request'])
  const places = body.error.issues.map(({ path }: { path: string[] }) => path.join('.'))
  expect(places.toSorted()).toEqual([
    'board.refresh',
    'board.tabs.0.sections.0.widgets.0',
    'board.tabs.0.sections.0.widgets.0.place.w',
    'board.tabs.0.sections.0.widgets.0.place.x',
    'board.title',
  ])
})

test('a board that asks for what is gone is stored and shown, with its problems', async () => {
  const data = [{ from: 'cube' as const, cube: 'pages', measures: ['hits', 'gone'] }]
  const { status, body } = await call('POST', '/boards', { board: smallBoard([smallWidget('w', data)]) })
  expect(status).toBe(201)
  expect(body.problems).toEqual([
    {
      path: ['tabs', 0, 'sections', 0, 'widgets', 0, 'data', 0, 'measures', 1],
      message: 'the cube pages has no measure "gone": expected one of hits',
    },
  ])
})

test('what is private is not there for others', async () => {
  await call('POST', '/boards', { board: BOARD, visibility: 'private' })
  for (const role of ['viewer', 'admin', 'local', 'key:read', 'key:admin'] as const) {
    expect((await call('GET', '/boards/sales', undefined, role)).status).toBe(404)
    expect((await call('GET', '/boards/sales/code', undefined, role)).status).toBe(404)
    expect((await call('GET', '/boards/sales/versions', undefined, role)).status).toBe(404)
    expect((await call('GET', '/boards', undefined, role)).body.boards).toHaveLength(1)
  }
  expect((await call('GET', '/boards/sales')).status).toBe(200)
})

test('what cannot be changed says what can be done instead', async () => {
  const { status, body } = await call('PUT', '/boards/overview', { board: BOARD, version: 1 })
  expect([status, body.error.hint]).toEqual([403, 'Duplicate it, and change the copy.'])
  const copy = await call('POST', '/boards/overview/duplicate')
  expect([copy.status, copy.body.slug, copy.body.title]).toEqual([201, 'overview-copy', 'Overview (copy)'])
})

test('a board moves, gets another address and is deleted', async () => {
  await call('POST', '/boards', { board: BOARD })
  const changed = await call('PATCH', '/boards/sales', { slug: 'money', visibility: 'public' })
  expect(changed.body).toMatchObject({ slug: 'money', visibility: 'public', version: 1 })
  expect((await call('PATCH', '/boards/money', { slug: 'Ünicode' })).status).toBe(400)
  const before = await call('GET', '/boards/sales')
  expect([before.status, before.body.slug, before.headers['content-location']]).toEqual([
    200,
    'money',
    '/api/v1/boards/money',
  ])
  expect((await call('GET', '/boards/money')).headers['content-location']).toBeUndefined()
  expect((await call('DELETE', '/boards/money')).status).toBe(204)
  expect((await call('GET', '/boards/money')).status).toBe(410)
})

test('favourites are of one person', async () => {
  expect((await call('PUT', '/boards/overview/favourite', undefined, 'viewer')).status).toBe(204)
  const isFavourite = async (role: TestRole) =>
    (await call('GET', '/boards/overview', undefined, role)).body.isFavourite
  expect(await Promise.all((['viewer', 'editor', 'local'] as const).map(isFavourite))).toEqual([true, false, false])
  expect((await call('DELETE', '/boards/overview/favourite', undefined, 'viewer')).status).toBe(204)
  expect(await isFavourite('viewer')).toBe(false)
  expect((await call('PUT', '/boards/nothing/favourite')).status).toBe(404)
})

test('a board comes out as code and is made of it again', async () => {
  const { body: made } = await call('POST', '/boards', { board: { ...BOARD, title: `</script> "it's" \u2028 👩‍👩‍👧` } })
  const code = await call('GET', `/boards/${made.slug}/code`, undefined, 'viewer')
  expect(code.headers['content-type']).toBe('text/typescript; charset=utf-8')
  expect(code.body).toMatch(/^import \{ defineBoard \} from 'almanac\/boards'\n\nexport default defineBoard\(\{\n/)

  const again = await call('POST', '/boards/import', { code: code.body, slug: 'again', visibility: 'private' })
  expect([again.status, again.body.slug, again.body.visibility]).toEqual([201, 'again', 'private'])
  expect(again.body.board).toEqual(made.board)
})

test('code that is more than data is refused with the place', async () => {
  const { status, body } = await call('POST', '/boards/import', { code: 'export default defineBoard(\n  read())' })
  expect([status, body.error.message]).toEqual([400, 'The code has a problem'])
  expect(body.error.issues).toEqual([
    { path: [], message: expect.stringContaining('line 2, column 3: expected a value as it is written in data') },
  ])
})

test('annotations are entered, found by time and tags, changed and deleted', async () => {
  const deploy = await call('POST', '/annotations', { title: ' Deploy 1.4 ', tags: ['deploy'] }, 'key:admin')
  expect([deploy.status, deploy.body]).toEqual([
    201,
    {
      id: expect.any(String),
      at: '2026-01-15T12:00:00.000Z',
      until: null,
      title: 'Deploy 1.4',
      text: '',
      tags: ['deploy'],
      board: null,
      by: expect.stringMatching(/^API key /),
    },
  ])
  const campaign = { title: 'Spring sale', at: '2026-01-10T00:00:00+01:00', until: '2026-01-14T00:00:00+01:00' }
  const { body: sale } = await call('POST', '/annotations', { ...campaign, text: '20 % off', tags: ['sale', 'mail'] })
  expect([sale.at, sale.until, sale.by]).toEqual(['2026-01-09T23:00:00.000Z', '2026-01-13T23:00:00.000Z', 'editor'])

  const titles = async (query: string) =>
    (await call('GET', `/annotations?${query}`, undefined, 'key:read')).body.annotations.map(
      ({ title }: { title: string }) => title,
    )
  expect(await titles('')).toEqual(['Spring sale', 'Deploy 1.4'])
  expect(await titles('from=2026-01-12T00:00:00Z&to=2026-01-15T12:00:00Z')).toEqual(['Spring sale'])
  expect(await titles('from=2026-01-13T23:00:00Z')).toEqual(['Deploy 1.4'])
  expect(await titles('from=2026-01-15T12:00:00Z')).toEqual(['Deploy 1.4'])
  expect(await titles('to=2026-01-09T23:00:00Z')).toEqual([])
  expect(await titles('tags=deploy,mail')).toEqual(['Spring sale', 'Deploy 1.4'])
  expect(await titles('tags=deploy')).toEqual(['Deploy 1.4'])

  const changed = await call('PATCH', `/annotations/${sale.id}`, { until: null, tags: [] })
  expect(changed.body).toEqual({ ...sale, until: null, tags: [] })
  expect((await call('DELETE', `/annotations/${sale.id}`)).status).toBe(204)
  expect((await call('DELETE', `/annotations/${sale.id}`)).status).toBe(404)
  expect(await titles('')).toEqual(['Deploy 1.4'])
})

test('an annotation of a board is seen with the board alone, and goes with it', async () => {
  await call('POST', '/boards', { board: BOARD, visibility: 'private' })
  const { body: mine } = await call('POST', '/annotations', { title: 'Mine', board: 'sales' })
  await call('POST', '/annotations', { title: 'Overview', board: 'overview' })
  const titles = async (query: string, role: TestRole) =>
    (await call('GET', `/annotations?${query}`, undefined, role)).body.annotations?.map(
      (one: { title: string }) => one.title,
    )

  expect((await titles('', 'editor')).toSorted()).toEqual(['Mine', 'Overview'])
  expect(await titles('board=sales', 'editor')).toEqual(['Mine'])
  expect(await titles('', 'admin')).toEqual(['Overview'])
  expect((await call('GET', '/annotations?board=sales', undefined, 'admin')).status).toBe(404)
  expect((await call('PATCH', `/annotations/${mine.id}`, { title: 'x' }, 'admin')).status).toBe(404)
  expect((await call('POST', '/annotations', { title: 'x', board: 'sales' }, 'admin')).status).toBe(404)

  await call('PATCH', '/boards/sales', { slug: 'revenue' })
  expect(await titles('board=revenue', 'editor')).toEqual(['Mine'])
  await call('DELETE', '/boards/revenue')
  expect(await titles('', 'editor')).toEqual(['Overview'])
})

test.each([
  { what: 'no title', body: {} },
  {
    what: 'an end before the beginning',
    body: { title: 'x', at: '2026-01-02T00:00:00Z', until: '2026-01-01T00:00:00Z' },
  },
  {
    what: 'an end that is the beginning',
    body: { title: 'x', at: '2026-01-02T00:00:00Z', until: '2026-01-02T00:00:00Z' },
  },
  { what: 'a time without a zone', body: { title: 'x', at: '2026-01-02T00:00:00' } },
  { what: 'a day that is none', body: { title: 'x', at: '2026-02-30T00:00:00Z' } },
  { what: 'a title of 501 characters', body: { title: 'x'.repeat(501) } },
  { what: 'a tag without a letter', body: { title: 'x', tags: [' '] } },
  { what: 'a field that nobody knows', body: { title: 'x', colour: 'red' } },
])('an annotation with $what is refused', async ({ body }) => {
  const { status, body: answer } = await call('POST', '/annotations', body)
  expect([status, answer.error.code]).toEqual([400, 'invalid_request'])
  expect(answer.error.issues.length).toBeGreaterThan(0)
})

test('texts of any kind are kept as they are, but for what the database takes in no text', async () => {
  const text = `<script>alert(1)</script> '; DROP TABLE annotations; -- \u202e 👩‍👩‍👧 مرحبا`
  const { body } = await call('POST', '/annotations', { title: `${text}\0`, text, tags: ['<b>'] })
  expect(body).toMatchObject({ title: `${text}\ufffd`, text, tags: ['<b>'] })
  expect((await call('GET', '/boards/%00')).status).toBe(400)
})
