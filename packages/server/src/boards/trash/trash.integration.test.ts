import { smallBoard } from '@almanac/core/boards/testing/small-board.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/support/engines.ts'
import { useTestDatabase } from '../../../test/support/use-test-database.ts'
import type { Annotations } from '../annotations/annotations.ts'
import type { Boards } from '../boards.ts'
import type { Folders } from '../folders/folders.ts'
import { openTestBoards, testViewer } from '../testing/open-boards.ts'
import type { Viewer } from '../viewer.ts'
import { KEPT_DAYS, type Trash } from './trash.ts'

let database: TestDatabase
let boards: Boards
let trash: Trash
let folders: Folders
let annotations: Annotations
let ada: Viewer
let ben: Viewer
let admin: Viewer
useTestDatabase((fresh) => {
  database = fresh
})
beforeEach(async () => {
  const opened = openTestBoards(database.pool, [{ slug: 'overview', board: titled('Overview') }])
  boards = opened.boards
  trash = opened.boardTrash
  folders = opened.boardFolders
  annotations = opened.annotations
  ada = await testViewer(database.pool, 'Ada', 'editor')
  ben = await testViewer(database.pool, 'Ben', 'editor')
  admin = await testViewer(database.pool, 'Cleo', 'admin')
  await boards.make({ board: titled('Sales') }, ada)
})

const titled = (title: string) => smallBoard([], { title })
const note = (title: string, board: string | null) => ({
  at: new Date(0),
  until: null,
  title,
  text: '',
  tags: [],
  board,
})
const titlesOf = async (viewer: Viewer) => (await trash.list(viewer)).map(({ title }) => title)
/** Deletes a board and answers with its id in the trash. */
async function deleted(slug: string, viewer = ada): Promise<string> {
  await boards.remove(slug, viewer)
  return (await trash.list(viewer))[0]?.id ?? ''
}
const SOME_ID = '0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a'
const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)

test('a board in the trash is in no list, and says that it was deleted', async () => {
  await deleted('sales', ben)

  expect((await boards.list(ada)).map(({ slug }) => slug)).toEqual(['overview'])
  for (const attempt of [
    () => boards.find('sales', ada),
    () => boards.versions('sales', ada),
    () => boards.setFavourite('sales', true, ada),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'gone', message: 'The board sales was deleted' })
  }
  await expect(boards.remove('sales', ada)).rejects.toMatchObject({ code: 'not_found' })
  expect(await boards.read('sales')).toBeUndefined()
  expect(await trash.list(ada)).toEqual([
    {
      id: expect.any(String),
      slug: 'sales',
      title: 'Sales',
      description: '',
      folderId: null,
      visibility: 'team',
      ownerName: 'Ada',
      deletedAt: expect.any(Date),
      deletedBy: 'Ben',
    },
  ])
})

test('it comes back as it was: versions, folder, owner, favourites, annotations', async () => {
  const folder = await folders.make({ name: 'Money', parentId: null })
  await boards.change('sales', { folderId: folder.id }, ada)
  await boards.save('sales', { board: titled('Sales 2'), version: 1, note: 'better' }, ben)
  await boards.setFavourite('sales', true, ben)
  await annotations.make(note('On sales', 'sales'), ada)
  const before = await boards.find('sales', ben)
  const id = await deleted('sales')
  expect(await annotations.list({}, ada)).toEqual([])

  expect(await trash.restore(id, ben)).toEqual(before)
  expect(await boards.versions('sales', ada)).toMatchObject([{ version: 2, note: 'better' }, { version: 1 }])
  expect(await annotations.list({ board: 'sales' }, ada)).toMatchObject([{ title: 'On sales', board: 'sales' }])
  expect(await trash.list(ada)).toEqual([])
  await expect(trash.restore(id, ben)).rejects.toMatchObject({ code: 'not_found' })
})

describe('while a board is in the trash', () => {
  test('another takes its address without its favourites and annotations, and it comes back beside that one', async () => {
    await boards.setFavourite('sales', true, ben)
    await annotations.make(note('On the first', 'sales'), ada)
    const id = await deleted('sales')
    const other = await boards.make({ board: titled('Other'), slug: 'sales' }, ben)
    expect([other.version, other.isFavourite]).toEqual([1, false])
    expect(await annotations.list({ board: 'sales' }, ada)).toEqual([])

    expect(await trash.restore(id, ben)).toMatchObject({ slug: 'sales-2', title: 'Sales', isFavourite: true })
    expect(await boards.find('sales', ben)).toMatchObject({ title: 'Other', isFavourite: false })
    expect(await annotations.list({ board: 'sales-2' }, ada)).toMatchObject([{ title: 'On the first' }])
  })

  test('the workspace takes its address, too', async () => {
    const id = await deleted('sales')
    await boards.replaceWorkspace([{ slug: 'sales', board: titled('Of the workspace') }])
    expect((await trash.restore(id, ada)).slug).toBe('sales-2')
  })

  test('its folder is deleted, and it comes back one level up', async () => {
    const outer = await folders.make({ name: 'Outer', parentId: null })
    const inner = await folders.make({ name: 'Inner', parentId: outer.id })
    await boards.change('sales', { folderId: inner.id }, ada)
    const id = await deleted('sales')
    await folders.remove(inner.id)
    expect((await trash.restore(id, ada)).folderId).toBe(outer.id)
  })

  test('others of the same address are deleted, and each comes back by itself', async () => {
    const first = await deleted('sales')
    await boards.make({ board: titled('Sales again'), slug: 'sales' }, ada)
    const second = await deleted('sales')

    expect(await titlesOf(ada)).toEqual(['Sales again', 'Sales'])
    expect((await trash.restore(first, ada)).title).toBe('Sales')
    expect(await trash.restore(second, ada)).toMatchObject({ title: 'Sales again', slug: 'sales-2' })
  })
})

test('a private board in the trash is its owner’s alone', async () => {
  await boards.change('sales', { visibility: 'private' }, ada)
  const id = await deleted('sales')

  expect(await titlesOf(ada)).toEqual(['Sales'])
  for (const other of [ben, admin]) {
    expect(await titlesOf(other)).toEqual([])
    await expect(trash.restore(id, other)).rejects.toMatchObject({ code: 'not_found' })
    await expect(trash.remove(id, other)).rejects.toMatchObject({ code: 'not_found' })
    await expect(boards.find('sales', other)).rejects.toMatchObject({ code: 'not_found' })
  }
  expect((await trash.restore(id, ada)).visibility).toBe('private')
})

test('who deletes for good deletes what is in the trash, and nothing else', async () => {
  await boards.setFavourite('sales', true, ben)
  await annotations.make(note('On sales', 'sales'), ada)
  const id = await deleted('sales')
  await trash.remove(id, ben)

  expect(await trash.list(ada)).toEqual([])
  await expect(boards.find('sales', ada)).rejects.toMatchObject({ code: 'not_found' })
  for (const table of ['boards', 'board_versions', 'board_favourites', 'annotations']) {
    expect((await database.pool.query(`SELECT FROM ${table}`)).rowCount, table).toBe(0)
  }
  const { rows } = await database.pool.query<{ id: string }>(
    `INSERT INTO boards (slug, visibility, title, description, version) VALUES ('alive', 'team', 'A', '', 1) RETURNING id`,
  )
  for (const gone of [id, SOME_ID, rows[0]?.id ?? '']) {
    await expect(trash.remove(gone, ada)).rejects.toMatchObject({ code: 'not_found' })
  }
})

test('after thirty days a board is deleted for good, and not before', async () => {
  await boards.setFavourite('sales', true, ben)
  await deleted('sales')
  await boards.make({ board: titled('Alive') }, ada)

  expect(await trash.empty(inDays(KEPT_DAYS - 1))).toBe(0)
  expect(await titlesOf(ada)).toEqual(['Sales'])
  expect(await trash.empty(inDays(KEPT_DAYS + 1))).toBe(1)
  expect(await titlesOf(ada)).toEqual([])
  expect((await database.pool.query('SELECT FROM board_favourites')).rowCount).toBe(0)
  expect((await boards.find('alive', ada)).title).toBe('Alive')
})

test('of two who bring the same board back at once, one does', async () => {
  const id = await deleted('sales')
  const outcomes = await Promise.allSettled([trash.restore(id, ada), trash.restore(id, ben)])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect((await boards.list(ada)).filter(({ slug }) => slug.startsWith('sales'))).toHaveLength(1)
})
