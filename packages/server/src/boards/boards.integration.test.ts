import { randomBoard } from '@almanac/core/boards/testing/random-board.ts'
import { smallBoard, smallWidget } from '@almanac/core/boards/testing/small-board.ts'
import { randomNumbers } from '@almanac/core/random-numbers.ts'
import { beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import type { Boards } from './boards.ts'
import type { Folders } from './folders/folders.ts'
import { COMMAND_LINE, openTestBoards, testViewer } from './testing/open-boards.ts'
import type { Viewer } from './viewer.ts'

let database: TestDatabase
let boards: Boards
let folders: Folders
let ada: Viewer
let ben: Viewer
let admin: Viewer
useTestDatabase((fresh) => {
  database = fresh
})
beforeEach(async () => {
  const opened = openTestBoards(database.pool, [{ slug: 'overview', board: titled('Overview') }])
  boards = opened.boards
  folders = opened.boardFolders
  ada = await testViewer(database.pool, 'Ada', 'editor')
  ben = await testViewer(database.pool, 'Ben', 'editor')
  admin = await testViewer(database.pool, 'Cleo', 'admin')
})

const titled = (title: string) => smallBoard([], { title })
const slugs = async (viewer: Viewer) => (await boards.list(viewer)).map(({ slug }) => slug)
const SOME_ID = '0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a'

test('a board is found again as it was made, with its owner, and stands in the list', async () => {
  const board = smallBoard([smallWidget('w')], { title: 'Sales', description: 'All of them' })
  const made = await boards.make({ board }, ada)

  expect(made).toMatchObject({ slug: 'sales', origin: 'made', ownerName: 'Ada', visibility: 'team', version: 1, board })
  expect(await boards.find('sales', ben)).toEqual(made)
  expect(await boards.list(ben)).toMatchObject([
    { slug: 'overview', origin: 'ready', ownerName: null, mayEdit: false, updatedAt: null },
    { slug: 'sales', title: 'Sales', description: 'All of them', mayEdit: true, updatedAt: made.updatedAt },
  ])
})

test('any board is stored as it is', async () => {
  for (let seed = 0; seed < 20; seed++) {
    const board = randomBoard(randomNumbers(seed))
    const { slug } = await boards.make({ board }, COMMAND_LINE)
    expect((await boards.find(slug, COMMAND_LINE)).board, `seed ${seed}`).toEqual(board)
  }
})

test('titles of 500 characters, of any script and of control characters are stored and listed', async () => {
  for (const title of [
    'x'.repeat(500),
    '👩‍👩‍👧'.repeat(60),
    'مرحبا',
    '<b>\0</b>',
    '\ud800',
    "'; DROP TABLE boards; --",
  ]) {
    const { slug } = await boards.make({ board: titled(title) }, ada)
    expect((await boards.find(slug, ada)).board.title).toBe(title)
  }
  expect(await boards.list(ada)).toHaveLength(7)
})

test('every save is a version; one that changes nothing is none', async () => {
  await boards.make({ board: titled('Sales') }, ada)
  const second = await boards.save('sales', { board: titled('Sales 2'), version: 1, note: 'a better name' }, ben)
  const third = await boards.save('sales', { board: titled('Sales 2'), version: 2 }, ada)

  expect([second.version, third.version]).toEqual([2, 2])
  expect(third).toMatchObject({ slug: 'sales', title: 'Sales 2', ownerName: 'Ada', updatedAt: second.updatedAt })
  expect(await boards.versions('sales', ada)).toMatchObject([
    { version: 2, title: 'Sales 2', note: 'a better name', savedBy: 'Ben' },
    { version: 1, title: 'Sales', note: '', savedBy: 'Ada' },
  ])
  expect(await boards.version('sales', 1, ben)).toEqual(titled('Sales'))
  await expect(boards.version('sales', 3, ben)).rejects.toMatchObject({ code: 'not_found' })

  const restored = await boards.save('sales', { board: await boards.version('sales', 1, ben), version: 2 }, ben)
  expect([restored.version, restored.title]).toEqual([3, 'Sales'])
})

test('of two who change the same version, the second is told who was first, and nothing is lost', async () => {
  await boards.make({ board: titled('Sales') }, ada)
  await boards.save('sales', { board: titled('Of Ben'), version: 1 }, ben)

  await expect(boards.save('sales', { board: titled('Of Ada'), version: 1 }, ada)).rejects.toMatchObject({
    code: 'conflict',
    message: 'The board sales was saved by somebody else: version 2, not 1',
    hint: expect.stringMatching(/^Ben saved version 2 at \d{4}-/),
  })
  expect((await boards.find('sales', ada)).title).toBe('Of Ben')
  // A save whose answer was lost, sent again.
  expect((await boards.save('sales', { board: titled('Of Ben'), version: 1 }, ben)).version).toBe(2)
})

test('of many saves at the same moment, one is taken and the others are conflicts', async () => {
  await boards.make({ board: titled('Sales') }, ada)
  const saves = await Promise.allSettled(
    Array.from({ length: 8 }, (_, i) => boards.save('sales', { board: titled(`By ${i}`), version: 1 }, ada)),
  )
  const refused = saves.flatMap((save) => (save.status === 'rejected' ? [save.reason.code] : []))
  expect(refused).toEqual(Array.from({ length: 7 }, () => 'conflict'))
  expect(await boards.versions('sales', ada)).toHaveLength(2)
})

test('addresses are made of titles, and no two boards have the same', async () => {
  const made = await Promise.all(
    Array.from({ length: 5 }, () => boards.make({ board: titled('Umsätze & mehr!') }, ada)),
  )
  expect(made.map(({ slug }) => slug).toSorted()).toEqual([
    'umsatze-mehr',
    'umsatze-mehr-2',
    'umsatze-mehr-3',
    'umsatze-mehr-4',
    'umsatze-mehr-5',
  ])
  expect((await boards.make({ board: titled('Overview') }, ada)).slug).toBe('overview-2')
  expect((await boards.make({ board: titled('日本') }, ada)).slug).toBe('board')
  await expect(boards.make({ board: titled('x'), slug: 'overview' }, ada)).rejects.toMatchObject({ code: 'conflict' })
  await expect(boards.make({ board: titled('x'), slug: 'board' }, ada)).rejects.toMatchObject({ code: 'conflict' })
})

test('a private board is its owner’s alone: for everybody else there is none', async () => {
  await boards.make({ board: titled('Plans'), visibility: 'private' }, ada)

  expect(await slugs(ada)).toContain('plans')
  for (const other of [ben, admin, COMMAND_LINE]) {
    expect(await slugs(other)).toEqual(['overview'])
    for (const attempt of [
      () => boards.find('plans', other),
      () => boards.save('plans', { board: titled('x'), version: 1 }, other),
      () => boards.change('plans', { visibility: 'team' }, other),
      () => boards.remove('plans', other),
      () => boards.duplicate('plans', other),
      () => boards.versions('plans', other),
      () => boards.version('plans', 1, other),
      () => boards.setFavourite('plans', true, other),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
    }
  }
  expect((await boards.duplicate('plans', ada)).visibility).toBe('private')
  expect((await boards.find('plans', ada)).version).toBe(1)
})

test('what is left private by somebody who is gone is the admins’', async () => {
  await boards.make({ board: titled('Plans'), visibility: 'private' }, ada)
  await database.pool.query('DELETE FROM users WHERE id = $1', [ada.userId])

  expect(await boards.find('plans', admin)).toMatchObject({ slug: 'plans', ownerName: null })
  expect(await boards.versions('plans', admin)).toMatchObject([{ savedBy: null }])
  await expect(boards.find('plans', ben)).rejects.toMatchObject({ code: 'not_found' })
})

test('nobody takes a board from the others by making it private', async () => {
  await boards.make({ board: titled('Sales') }, ada)
  await expect(boards.change('sales', { visibility: 'private' }, ben)).rejects.toMatchObject({ code: 'forbidden' })
  expect((await boards.change('sales', { visibility: 'public' }, ben)).visibility).toBe('public')
  expect((await boards.change('sales', { visibility: 'private' }, ada)).visibility).toBe('private')
})

test('a board gets another address with all that names it, and never one that is taken', async () => {
  await boards.make({ board: titled('Sales') }, ada)
  await boards.make({ board: titled('Costs') }, ada)
  await boards.setFavourite('sales', true, ben)

  expect((await boards.change('sales', { slug: 'revenue' }, ada)).slug).toBe('revenue')
  expect((await boards.find('revenue', ben)).isFavourite).toBe(true)
  for (const slug of ['costs', 'overview']) {
    await expect(boards.change('revenue', { slug }, ada)).rejects.toMatchObject({ code: 'conflict' })
  }
})

test('a deleted board is gone, with its versions and as a favourite, and its address is free', async () => {
  await boards.make({ board: titled('Sales') }, ada)
  await boards.setFavourite('sales', true, ben)
  await boards.remove('sales', ben)

  await expect(boards.find('sales', ada)).rejects.toMatchObject({ code: 'gone' })
  await expect(boards.remove('sales', ada)).rejects.toMatchObject({ code: 'not_found' })
  expect((await boards.make({ board: titled('Sales') }, ada)).version).toBe(1)
  expect((await boards.find('sales', ben)).isFavourite).toBe(false)
})

test('a copy is the copier’s, with a title that says so, and its original stays', async () => {
  await boards.make({ board: titled('S'.repeat(500)), slug: 'sales', visibility: 'public' }, ada)
  const copy = await boards.duplicate('sales', ben)
  expect(copy).toMatchObject({ ownerName: 'Ben', visibility: 'team', version: 1 })
  expect(copy.title).toBe(`${'S'.repeat(493)} (copy)`)

  expect(await boards.duplicate('overview', ben)).toMatchObject({
    slug: 'overview-copy',
    origin: 'made',
    mayEdit: true,
  })
})

test('boards that come with Almanac can be favourites, and cannot be changed', async () => {
  await boards.setFavourite('overview', true, ben)
  expect(await boards.find('overview', ben)).toMatchObject({ isFavourite: true, mayEdit: false, version: 1 })
  expect(await boards.find('overview', ada)).toMatchObject({ isFavourite: false })
  await boards.setFavourite('overview', false, ben)
  expect(await boards.find('overview', ben)).toMatchObject({ isFavourite: false })

  expect(await boards.versions('overview', ada)).toEqual([])
  const refused = { code: 'forbidden', message: expect.stringContaining('comes with Almanac') }
  await expect(boards.save('overview', { board: titled('x'), version: 1 }, ada)).rejects.toMatchObject(refused)
  await expect(boards.change('overview', { slug: 'x' }, ada)).rejects.toMatchObject(refused)
  await expect(boards.remove('overview', ada)).rejects.toMatchObject(refused)
})

test('a board of the workspace goes before one that comes with Almanac, and moves one that was made here aside', async () => {
  await boards.make({ board: titled('Sales') }, ada)
  await boards.replaceWorkspace([
    { slug: 'overview', board: titled('Our overview') },
    { slug: 'sales', board: titled('Our sales') },
  ])
  expect((await boards.list(ben)).map(({ slug, title, origin }) => `${slug} ${title} ${origin}`).toSorted()).toEqual([
    'overview Our overview workspace',
    'sales Our sales workspace',
    'sales-2 Sales made',
  ])
  const refused = {
    code: 'forbidden',
    message: 'The board sales is a file of the workspace and cannot be changed here',
  }
  await expect(boards.remove('sales', ada)).rejects.toMatchObject(refused)

  await boards.replaceWorkspace([])
  expect(await slugs(ben)).toEqual(['overview', 'sales-2'])
  expect((await boards.find('overview', ben)).title).toBe('Overview')
})

test('a private board that has the address of one that came later hides it, and is not given away', async () => {
  await database.pool.query(`INSERT INTO boards (slug, title, description, visibility, owner_id, version)
    VALUES ('overview', 'Mine', '', 'private', '${ada.userId}', 1)`)
  await expect(boards.find('overview', ben)).rejects.toMatchObject({ code: 'not_found' })
  expect(await slugs(ben)).toEqual([])
})

test('for a link, a board is read whoever asks, by its address and by its id', async () => {
  await boards.make({ board: titled('Plans'), visibility: 'private' }, ada)
  const found = await boards.read('plans')
  expect(found).toMatchObject({ slug: 'plans', visibility: 'private', board: titled('Plans') })
  expect(await boards.readById(found?.id ?? '')).toEqual(found)
  expect(await boards.read('overview')).toMatchObject({ id: undefined, visibility: 'team' })
  expect(await boards.read('\0')).toBeUndefined()
  expect(await boards.readById(SOME_ID)).toBeUndefined()
})

test('boards lie in folders, and move up when theirs is deleted', async () => {
  const outer = await folders.make({ name: 'Outer', parentId: null })
  const inner = await folders.make({ name: 'Inner \0', parentId: outer.id })
  await boards.make({ board: titled('Sales'), folderId: inner.id }, ada)
  await folders.change(inner.id, { name: 'Core' })
  expect(await folders.list()).toEqual([{ ...inner, name: 'Core' }, outer])

  await folders.remove(inner.id)
  expect((await boards.find('sales', ada)).folderId).toBe(outer.id)
  await folders.remove(outer.id)
  expect((await boards.find('sales', ada)).folderId).toBeNull()
  await expect(boards.change('sales', { folderId: SOME_ID }, ada)).rejects.toMatchObject({ code: 'not_found' })
  await expect(boards.make({ board: titled('x'), folderId: SOME_ID }, ada)).rejects.toMatchObject({ code: 'not_found' })
})

test('no folder lies in itself, or too deep', async () => {
  const chain = [await folders.make({ name: '1', parentId: null })]
  for (let i = 2; i <= 8; i++) chain.push(await folders.make({ name: `${i}`, parentId: chain.at(-1)?.id ?? null }))
  const [first, second] = chain
  await expect(folders.make({ name: '9', parentId: chain.at(-1)?.id ?? null })).rejects.toThrow('at most 8 deep')
  const alone = await folders.make({ name: 'alone', parentId: null })
  await expect(folders.change(first?.id ?? '', { parentId: alone.id })).rejects.toThrow('at most 8 deep')
  await expect(folders.change(first?.id ?? '', { parentId: chain.at(-1)?.id ?? null })).rejects.toThrow(
    'The folder 1 cannot lie in itself',
  )
  await expect(folders.change(first?.id ?? '', { parentId: first?.id ?? null })).rejects.toThrow('cannot lie in itself')
  expect(await folders.change(second?.id ?? '', { parentId: null })).toMatchObject({ name: '2', parentId: null })
})

test('of two that are put into each other at once, one is refused', async () => {
  const [a, b] = [await folders.make({ name: 'a', parentId: null }), await folders.make({ name: 'b', parentId: null })]
  const moves = await Promise.allSettled([
    folders.change(a.id, { parentId: b.id }),
    folders.change(b.id, { parentId: a.id }),
  ])
  expect(moves.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})
