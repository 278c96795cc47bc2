import { smallBoard } from '@almanac/core/boards/testing/small-board.ts'
import { beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/support/engines.ts'
import { useTestDatabase } from '../../../test/support/use-test-database.ts'
import type { Annotations } from '../annotations/annotations.ts'
import type { Boards } from '../boards.ts'
import { openTestBoards, testViewer } from '../testing/open-boards.ts'
import type { Trash } from '../trash/trash.ts'
import type { Viewer } from '../viewer.ts'

let database: TestDatabase
let boards: Boards
let trash: Trash
let annotations: Annotations
let ada: Viewer
let ben: Viewer
useTestDatabase((fresh) => {
  database = fresh
})
beforeEach(async () => {
  const opened = openTestBoards(database.pool)
  boards = opened.boards
  trash = opened.boardTrash
  annotations = opened.annotations
  ada = await testViewer(database.pool, 'Ada', 'editor')
  ben = await testViewer(database.pool, 'Ben', 'editor')
  await boards.make({ board: titled('Sales') }, ada)
  await boards.change('sales', { slug: 'revenue' }, ada)
})

const titled = (title: string) => smallBoard([], { title })
const slugAt = async (slug: string, viewer = ada) => (await boards.find(slug, viewer)).slug

test('an old address leads to the board, for whatever is done with it', async () => {
  expect(await slugAt('sales')).toBe('revenue')
  expect(await boards.read('sales')).toMatchObject({ slug: 'revenue' })
  expect((await boards.save('sales', { board: titled('Sales 2'), version: 1 }, ben)).slug).toBe('revenue')
  expect(await boards.versions('sales', ben)).toHaveLength(2)
  await boards.setFavourite('sales', true, ben)
  expect((await boards.find('revenue', ben)).isFavourite).toBe(true)
  await boards.setFavourite('sales', false, ben)
  expect((await boards.find('revenue', ben)).isFavourite).toBe(false)
  const one = { at: new Date(0), until: null, title: 'x', text: '', tags: [], board: 'sales' }
  expect((await annotations.make(one, ada)).board).toBe('revenue')
  expect(await annotations.list({ board: 'sales' }, ada)).toHaveLength(1)
  expect((await boards.list(ada)).map(({ slug }) => slug)).toEqual(['revenue'])
  await boards.remove('sales', ada)
  expect(await boards.list(ada)).toEqual([])
})

test('all that a board ever had lead to it, and its own one again when it takes it back', async () => {
  await boards.change('sales', { slug: 'turnover' }, ada)
  expect(await Promise.all(['sales', 'revenue', 'turnover'].map((slug) => slugAt(slug)))).toEqual(
    Array(3).fill('turnover'),
  )
  await boards.change('turnover', { slug: 'sales' }, ada)
  expect(await Promise.all(['sales', 'revenue', 'turnover'].map((slug) => slugAt(slug)))).toEqual(
    Array(3).fill('sales'),
  )
})

test.each([
  { how: 'is made under it', take: () => boards.make({ board: titled('Other'), slug: 'sales' }, ben) },
  {
    how: 'is renamed to it',
    take: async () => {
      await boards.make({ board: titled('Other') }, ben)
      return boards.change('other', { slug: 'sales' }, ben)
    },
  },
])('until another board $how', async ({ take }) => {
  await take()
  expect((await boards.find('sales', ada)).title).toBe('Other')
  // It had the address last, and so it is the one that is found there.
  await boards.change('sales', { slug: 'elsewhere' }, ben)
  expect(await slugAt('sales')).toBe('elsewhere')
  expect(await slugAt('revenue')).toBe('revenue')
})

test('a board that is made of a title takes nobody’s old address', async () => {
  expect((await boards.make({ board: titled('Sales') }, ben)).slug).toBe('sales-2')
  expect(await slugAt('sales')).toBe('revenue')
})

test('an old address tells nobody of a board that they may not see', async () => {
  await boards.change('revenue', { visibility: 'private' }, ada)
  expect(await slugAt('sales')).toBe('revenue')
  await expect(boards.find('sales', ben)).rejects.toMatchObject({
    code: 'not_found',
    message: 'There is no board sales',
  })
  await expect(boards.remove('sales', ben)).rejects.toMatchObject({ code: 'not_found' })
})

test('it leads nowhere while the board is in the trash, and goes with it', async () => {
  await boards.remove('revenue', ada)
  await expect(boards.find('sales', ada)).rejects.toMatchObject({ code: 'not_found' })
  const [deleted] = await trash.list(ada)
  await trash.restore(deleted?.id ?? '', ada)
  expect(await slugAt('sales')).toBe('revenue')

  await boards.remove('revenue', ada)
  await trash.remove(deleted?.id ?? '', ada)
  expect((await database.pool.query('SELECT FROM board_old_addresses')).rowCount).toBe(0)
})

test('where the workspace took the address and gave it up, the board that had it is found again', async () => {
  await boards.replaceWorkspace([{ slug: 'revenue', board: titled('Of the workspace') }])
  expect((await boards.find('revenue', ada)).title).toBe('Of the workspace')
  // Nothing but its place was taken.
  await boards.replaceWorkspace([{ slug: 'sales', board: titled('Of the workspace') }])
  expect((await boards.find('sales', ada)).title).toBe('Of the workspace')
  await boards.replaceWorkspace([])
  expect(await Promise.all(['revenue', 'sales'].map((slug) => slugAt(slug)))).toEqual(['revenue-2', 'revenue-2'])
})
