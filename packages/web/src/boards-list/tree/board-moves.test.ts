import { expect, test } from 'vitest'
import type { BoardEntry, BoardFolder } from '../../api/boards.ts'
import { folderAfterDrop } from './board-moves.ts'
import type { TreeLine } from './board-tree.ts'

const folder = (id: string, parentId: string | null = null): BoardFolder => ({ id, name: id, parentId })
const FOLDERS = [folder('shop'), folder('ads'), folder('spring', 'ads')]
const folderLine = (id: string): TreeLine => {
  const found = FOLDERS.find((one) => one.id === id)
  if (!found) throw new Error(`there is no folder ${id}`)
  return { kind: 'folder', id: `folder:${id}`, folder: found, lines: [] }
}
const boardLine = (slug: string, inside?: string, more: Partial<BoardEntry> = {}): TreeLine => ({
  kind: 'board',
  id: `board:${slug}`,
  folder: FOLDERS.find(({ id }) => id === inside),
  board: { slug, origin: 'made', mayEdit: true, folderId: inside ?? null, ...more } as BoardEntry,
})
const drop = (moved: TreeLine, target: TreeLine, isOn: boolean) => folderAfterDrop(moved, { target, isOn }, FOLDERS)

test.each([
  { what: 'a board on a folder', moved: boardLine('a'), target: folderLine('shop'), isOn: true, into: 'shop' },
  {
    what: 'a board beside one in a folder',
    moved: boardLine('a'),
    target: boardLine('b', 'shop'),
    isOn: false,
    into: 'shop',
  },
  { what: 'a board out of its folder', moved: boardLine('a', 'shop'), target: boardLine('b'), isOn: false, into: null },
  {
    what: 'a folder into another',
    moved: folderLine('shop'),
    target: folderLine('spring'),
    isOn: true,
    into: 'spring',
  },
])('$what moves', ({ moved, target, isOn, into }) => {
  expect(drop(moved, target, isOn)).toBe(into)
})

test.each([
  { what: 'a board on a board', moved: boardLine('a'), target: boardLine('b', 'shop'), isOn: true },
  { what: 'a board to where it is', moved: boardLine('a', 'shop'), target: folderLine('shop'), isOn: true },
  { what: 'a folder into one inside of it', moved: folderLine('ads'), target: folderLine('spring'), isOn: true },
  {
    what: 'a board of the workspace',
    moved: boardLine('a', undefined, { origin: 'workspace' }),
    target: folderLine('shop'),
    isOn: true,
  },
  {
    what: 'a board of somebody who only looks',
    moved: boardLine('a', undefined, { mayEdit: false }),
    target: folderLine('shop'),
    isOn: true,
  },
])('$what stays', ({ moved, target, isOn }) => {
  expect(drop(moved, target, isOn)).toBeUndefined()
})
