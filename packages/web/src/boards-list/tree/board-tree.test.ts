import { expect, test } from 'vitest'
import type { BoardEntry, BoardFolder } from '../../api/boards.ts'
import { folderPaths, foldersBelow, foundLines, type TreeLine, treeOf, withoutLine } from './board-tree.ts'

const board = (slug: string, more: Partial<BoardEntry> = {}): BoardEntry => ({
  slug,
  title: slug,
  description: '',
  folderId: null,
  visibility: 'team',
  origin: 'made',
  ownerName: null,
  updatedAt: null,
  isFavourite: false,
  mayEdit: true,
  ...more,
})
const folder = (id: string, parentId: string | null = null): BoardFolder => ({ id, name: id, parentId })
const FOLDERS = [folder('shop'), folder('ads'), folder('spring', 'ads')]
const LIST = {
  folders: FOLDERS,
  boards: [
    board('web 10'),
    board('web 9'),
    board('zebra', { isFavourite: true }),
    board('sales', { folderId: 'shop' }),
    board('banner', { folderId: 'spring', description: 'clicks of the campaign' }),
    board('lost', { folderId: 'gone' }),
  ],
}
const shape = (lines: readonly TreeLine[]): unknown[] =>
  lines.map((line) => (line.kind === 'board' ? line.board.slug : { [line.folder.id]: shape(line.lines) }))

test('folders come first by name, then boards: favourites, then by name with numbers as numbers', () => {
  expect(shape(treeOf(LIST))).toEqual([
    { ads: [{ spring: ['banner'] }] },
    { shop: ['sales'] },
    'zebra',
    'lost',
    'web 9',
    'web 10',
  ])
})

test('what is found is flat, and a title counts more than a description', () => {
  const list = { ...LIST, boards: [...LIST.boards, board('Campaigns')] }
  expect(shape(foundLines(list, 'campaign'))).toEqual(['Campaigns', 'banner'])
  // By the folder it lies in.
  expect(shape(foundLines(list, 'spring'))).toEqual(['banner'])
})

test('where a board has the words, none is found that has only their letters', () => {
  const service = board('Quality of service', { description: 'How many requests fail' })
  const list = { folders: [], boards: [board('My shop'), service, board('Marry me', { description: 'My shoes' })] }
  expect(shape(foundLines(list, 'my sh'))).toEqual(['My shop', 'Marry me'])
  expect(shape(foundLines(list, 'qos'))).toEqual(['Quality of service'])
})

test('what is in a folder that goes moves up', () => {
  expect(shape(treeOf(withoutLine(LIST, 'folder:ads')))).toEqual([
    { shop: ['sales'] },
    { spring: ['banner'] },
    'zebra',
    'lost',
    'web 9',
    'web 10',
  ])
  expect(shape(treeOf(withoutLine(LIST, 'board:zebra')))).not.toContain('zebra')
})

test('a folder is chosen by its whole path, and never one inside of itself', () => {
  expect(folderPaths(FOLDERS).map(({ path }) => path)).toEqual(['ads', 'ads / spring', 'shop'])
  expect([...foldersBelow(FOLDERS, 'ads')]).toEqual(['ads', 'spring'])
})
