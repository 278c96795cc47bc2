import type { BoardInput } from '@almanac/core/boards/board.ts'
import { smallBoard, smallWidget } from '@almanac/core/boards/testing/small-board.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import type { Boards } from '../boards/boards.ts'
import { COMMAND_LINE, openTestBoards, testViewer } from '../boards/testing/open-boards.ts'
import type { Trash } from '../boards/trash/trash.ts'
import type { Viewer } from '../boards/viewer.ts'
import { createPublicBoards, type PublicBoards } from './public-boards.ts'
import type { NewShareLink } from './share-link.ts'
import { createShareLinks, type ShareLinks } from './share-links.ts'

let database: TestDatabase
let boards: Boards
let trash: Trash
let links: ShareLinks
let shared: PublicBoards
let ada: Viewer
let ben: Viewer
let nowMs: number
useTestDatabase((fresh) => {
  database = fresh
})
beforeEach(async () => {
  const { pool } = database
  nowMs = Date.UTC(2026, 4, 20, 12)
  const opened = openTestBoards(pool, [{ slug: 'overview', board: titled('Overview') }])
  boards = opened.boards
  trash = opened.boardTrash
  const deps = { pool, boards, trash, now: () => nowMs }
  links = createShareLinks(deps)
  shared = createPublicBoards(deps)
  ada = await testViewer(pool, 'Ada', 'editor')
  ben = await testViewer(pool, 'Ben', 'editor')
  await boards.make({ board: titled('Sales'), visibility: 'private' }, ada)
})

const titled = (title: string, more: Partial<BoardInput> = {}) =>
  smallBoard([smallWidget('w', [{ from: 'cube', cube: 'web', measures: ['hits'] }])], { title, ...more })
const share = (slug: string, link: Partial<NewShareLink> = {}, viewer = ada) =>
  links.make(slug, { label: 'x', allowed: [], timezone: 'UTC', ...link }, viewer)
const titleAt = async (token: string, ticket?: string) => {
  const open = await shared.open(token, ticket)
  return open === 'locked' ? open : open.board.title
}
const deleted = (token: string) =>
  expect(shared.open(token, undefined)).rejects.toMatchObject({ code: 'gone', message: 'This board was deleted' })
const gone = (token: string) => expect(shared.open(token, undefined)).rejects.toMatchObject({ code: 'not_found' })

test('whoever has the token sees the board, private ones too, as it is now', async () => {
  const { token, link } = await share('sales', { allowed: ['range'], timezone: 'Asia/Tokyo' })

  expect(await shared.open(token, undefined)).toMatchObject({
    board: { title: 'Sales' },
    allowed: ['range'],
    timezone: 'Asia/Tokyo',
  })
  await boards.save('sales', { board: titled('Sales 2'), version: 1 }, ada)
  expect(await titleAt(token)).toBe('Sales 2')
  expect(await links.list('sales', ada)).toEqual([{ ...link, lastUsedAt: new Date(nowMs) }])
  expect(link).toMatchObject({ label: 'x', hasPassword: false, createdBy: 'Ada', expiresAt: null, lastUsedAt: null })
})

test('the database holds no token, no password and no ticket', async () => {
  const { token } = await share('sales', { password: 'open sesame' })
  const { ticket } = await shared.unlock(token, 'open sesame')

  const { rows } = await database.pool.query(
    `SELECT (SELECT json_agg(share_links)::text FROM share_links) || (SELECT json_agg(share_unlocks)::text FROM share_unlocks) AS all`,
  )
  const hex = (text: string) => Buffer.from(text).toString('hex')
  for (const secret of [token, ticket, 'open sesame']) {
    expect(rows[0].all).not.toContain(secret)
    expect(rows[0].all).not.toContain(hex(secret))
  }
})

describe('a link works no more', () => {
  test('once it is removed, also where its password was given', async () => {
    const { token, link } = await share('sales', { password: 'open sesame' })
    const { ticket } = await shared.unlock(token, 'open sesame')
    expect(await titleAt(token, ticket)).toBe('Sales')

    await links.remove('sales', link.id, ada)
    await expect(shared.open(token, ticket)).rejects.toMatchObject({ code: 'not_found' })
    expect((await database.pool.query('SELECT FROM share_unlocks')).rowCount).toBe(0)
  })

  test('from the moment on that was said', async () => {
    const { token } = await share('sales', { expiresAt: new Date(nowMs + 1000) })
    nowMs += 999
    expect(await titleAt(token)).toBe('Sales')
    nowMs += 1
    await gone(token)
  })

  test('when its board is deleted, even if another takes its address', async () => {
    const { token } = await share('sales')
    await boards.remove('sales', ada)
    await boards.make({ board: titled('Other'), slug: 'sales' }, ben)
    await deleted(token)
    await trash.remove((await trash.list(ada))[0]?.id ?? '', ada)
    await gone(token)
  })

  test('when the workspace takes the address, it still leads to its own board', async () => {
    const { token } = await share('sales')
    await boards.replaceWorkspace([{ slug: 'sales', board: titled('Of the workspace') }])
    expect(await titleAt(token)).toBe('Sales')
  })
})

test('a link follows its board to another address', async () => {
  const { token } = await share('sales')
  await boards.change('sales', { slug: 'turnover' }, ada)

  expect(await titleAt(token)).toBe('Sales')
  expect(await links.list('turnover', ada)).toHaveLength(1)
})

describe('of a board in the trash', () => {
  const restore = async () => trash.restore((await trash.list(ada))[0]?.id ?? '', ada)

  test('a link says that it was deleted, and works again once it is brought back', async () => {
    const { token } = await share('sales')
    await boards.remove('sales', ada)
    await deleted(token)
    await boards.make({ board: titled('Other'), slug: 'sales' }, ben)

    expect((await restore()).slug).toBe('sales-2')
    expect(await titleAt(token)).toBe('Sales')
    expect(await links.list('sales-2', ada)).toHaveLength(1)
  })

  test('a link with a password says so, too, and asks for it again afterwards', async () => {
    const { token } = await share('sales', { password: 'open sesame' })
    const { ticket } = await shared.unlock(token, 'open sesame')
    await boards.remove('sales', ada)
    await deleted(token)
    await expect(shared.unlock(token, 'open sesame')).rejects.toMatchObject({ code: 'gone' })

    await restore()
    expect([await titleAt(token), await titleAt(token, ticket)]).toEqual(['locked', 'Sales'])
  })

  test('a link whose time is over says nothing', async () => {
    const { token } = await share('sales', { expiresAt: new Date(nowMs + 1000) })
    await boards.remove('sales', ada)
    nowMs += 1000
    await gone(token)
  })

  test('a public address says so, and one of a board that was not public does not', async () => {
    await boards.remove('sales', ada)
    await gone('board-sales')
    await restore()
    await boards.change('sales', { visibility: 'public' }, ada)
    await boards.remove('sales', ada)
    await deleted('board-sales')
    await restore()
    expect(await titleAt('board-sales')).toBe('Sales')
  })
})

test('a public board is at its old address, too', async () => {
  await boards.change('sales', { visibility: 'public', slug: 'turnover' }, ada)
  expect([await titleAt('board-sales'), await titleAt('board-turnover')]).toEqual(['Sales', 'Sales'])
  await boards.change('turnover', { visibility: 'team' }, ada)
  await gone('board-sales')
})

test('boards that come with Almanac are shared by their address', async () => {
  const { token } = await share('overview')
  expect(await titleAt(token)).toBe('Overview')
})

describe('passwords', () => {
  test('nothing is told before, and a wrong one is refused', async () => {
    const { token } = await share('sales', { password: 'open sesame' })

    expect(await titleAt(token)).toBe('locked')
    expect(await titleAt(token, 'a made up ticket')).toBe('locked')
    await expect(shared.unlock(token, 'open')).rejects.toMatchObject({ code: 'unauthorized' })
  })

  test('a ticket is for one link and twelve hours', async () => {
    const [one, other] = [await share('sales', { password: 'one one' }), await share('sales', { password: 'other' })]
    const { ticket, expiresAt } = await shared.unlock(one.token, 'one one')

    expect(await titleAt(one.token, ticket)).toBe('Sales')
    expect(await titleAt(other.token, ticket)).toBe('locked')
    nowMs = expiresAt.getTime()
    expect(await titleAt(one.token, ticket)).toBe('locked')
    expect(expiresAt.getTime() - Date.UTC(2026, 4, 20, 12)).toBe(12 * 3_600_000)
  })

  test('what has none cannot be unlocked', async () => {
    const { token } = await share('sales')
    await expect(shared.unlock(token, 'x')).rejects.toMatchObject({ code: 'not_found' })
    await expect(shared.unlock('gone', 'x')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a board that is public is at board- and its address', () => {
  test('while it is, and with nothing to choose', async () => {
    await gone('board-sales')
    await boards.change('sales', { visibility: 'public' }, ada)
    expect(await shared.open('board-sales', undefined)).toMatchObject({ board: { title: 'Sales' }, allowed: [] })

    await boards.change('sales', { visibility: 'team' }, ada)
    await gone('board-sales')
  })

  test.each(['board-overview', 'board-gone', 'board-', 'sales', '', 'board-SALES'])('%j is not', (token) => gone(token))
})

describe('who may share', () => {
  test('a board that one may not see has no links', async () => {
    const { link } = await share('sales')
    const refused = { code: 'not_found' }

    await expect(share('sales', {}, ben)).rejects.toMatchObject(refused)
    await expect(links.list('sales', ben)).rejects.toMatchObject(refused)
    await expect(links.remove('sales', link.id, ben)).rejects.toMatchObject(refused)
  })

  test('a link is removed by its own board alone', async () => {
    const { link } = await share('sales')
    await expect(links.remove('overview', link.id, ada)).rejects.toMatchObject({ code: 'not_found' })
    expect(await links.list('sales', ada)).toHaveLength(1)
  })

  test('somebody who is gone is nobody, and their links stay', async () => {
    await boards.make({ board: titled('Ours') }, ada)
    const { token } = await share('ours', {}, ben)
    await share('ours', {}, COMMAND_LINE)
    await database.pool.query('DELETE FROM users WHERE id = $1', [ben.userId])

    expect((await links.list('ours', ada)).map(({ createdBy }) => createdBy).toSorted()).toEqual(['local', null])
    expect(await titleAt(token)).toBe('Ours')
  })
})

test('all that keeps a link from being made is told', async () => {
  await expect(
    share('sales', { allowed: ['range', 'planet'], timezone: 'Mars/Base', expiresAt: new Date(nowMs) }),
  ).rejects.toMatchObject({
    code: 'invalid_request',
    issues: [{ path: ['allow', 1] }, { path: ['timezone'] }, { path: ['expiresAt'] }],
  })
})
