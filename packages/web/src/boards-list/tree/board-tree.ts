import type { BoardEntry, BoardFolder } from '../../api/boards.ts'
import { fuzzyFit, isByWords } from '../../palette/fuzzy.ts'

export interface BoardList {
  readonly boards: readonly BoardEntry[]
  readonly folders: readonly BoardFolder[]
}

/** A folder or a board as it stands in the list. The id is of the line: a folder and a board may be called alike. */
export type TreeLine =
  | {
      readonly kind: 'board'
      readonly id: string
      readonly board: BoardEntry
      readonly folder: BoardFolder | undefined
    }
  | { readonly kind: 'folder'; readonly id: string; readonly folder: BoardFolder; readonly lines: readonly TreeLine[] }

const folderLineId = (id: string) => `folder:${id}`
const boardLineId = (slug: string) => `board:${slug}`

/** Folders with what is in them, by name; then boards, favourites first. */
export function treeOf({ boards, folders }: BoardList, parentId: string | null = null): TreeLine[] {
  const known = new Set(folders.map(({ id }) => id))
  // What lies in a folder that is not there is not lost: it lies outside of all folders.
  const parentOf = (id: string | null) => (id !== null && known.has(id) ? id : null)
  const linesOf = (id: string | null): TreeLine[] => {
    const folder = folders.find((one) => one.id === id)
    const inner = folders
      .filter((one) => parentOf(one.parentId) === id)
      .toSorted((a, b) => compareNames(a.name, b.name))
      .map((one): TreeLine => ({ kind: 'folder', id: folderLineId(one.id), folder: one, lines: linesOf(one.id) }))
    const own = boards
      .filter((board) => parentOf(board.folderId) === id)
      .toSorted(byFavouriteAndName)
      .map((board): TreeLine => ({ kind: 'board', id: boardLineId(board.slug), board, folder }))
    return [...inner, ...own]
  }
  return linesOf(parentId)
}

/**
 * What fits what was typed, the best first, without folders: each line says in which it lies. Scattered letters count only
 * while nothing has the words.
 */
export function foundLines({ boards, folders }: BoardList, typed: string): TreeLine[] {
  const found = boards.flatMap((board) => {
    const folder = folders.find(({ id }) => id === board.folderId)
    const words = `${board.title} ${board.description} ${folder?.name ?? ''} ${board.ownerName ?? ''} ${board.slug}`
    const byTitle = fuzzyFit(typed, board.title)
    const byAll = fuzzyFit(typed, words)
    const isByTitle = byTitle && (byTitle.by !== 'letters' || byAll?.by === 'letters')
    const fit = isByTitle ? { ...byTitle, score: byTitle.score + BY_TITLE } : byAll
    return fit ? [{ board, folder, ...fit }] : []
  })
  const hasWords = found.some(isByWords)
  return found
    .filter(({ by }) => !hasWords || by !== 'letters')
    .toSorted((a, b) => b.score - a.score)
    .map(({ board, folder }) => ({ kind: 'board', id: boardLineId(board.slug), board, folder }))
}

const BY_TITLE = 100

/** Without a board, or without a folder: then what was in it has moved up. */
export function withoutLine({ boards, folders }: BoardList, id: string): BoardList {
  const folder = folders.find((one) => folderLineId(one.id) === id)
  if (!folder) return { boards: boards.filter(({ slug }) => boardLineId(slug) !== id), folders }
  const { parentId } = folder
  return {
    boards: boards.map((board) => (board.folderId === folder.id ? { ...board, folderId: parentId } : board)),
    folders: folders
      .filter((one) => one !== folder)
      .map((one) => (one.parentId === folder.id ? { ...one, parentId } : one)),
  }
}

/** Folders as they are chosen from: with the names of those around them, in the order of the list. */
export function folderPaths(folders: readonly BoardFolder[]): { readonly id: string; readonly path: string }[] {
  const pathsBelow = (lines: readonly TreeLine[], before: string): { id: string; path: string }[] =>
    lines.flatMap((line) => {
      if (line.kind === 'board') return []
      const path = before ? `${before} / ${line.folder.name}` : line.folder.name
      return [{ id: line.folder.id, path }, ...pathsBelow(line.lines, path)]
    })
  return pathsBelow(treeOf({ boards: [], folders }), '')
}

/** The folder itself and all in it: it cannot be moved in there. */
export function foldersBelow(folders: readonly BoardFolder[], id: string): ReadonlySet<string> {
  const below = new Set([id])
  for (const inside of below) for (const one of folders) if (one.parentId === inside) below.add(one.id)
  return below
}

function byFavouriteAndName(a: BoardEntry, b: BoardEntry): number {
  return Number(b.isFavourite) - Number(a.isFavourite) || compareNames(a.title, b.title)
}

const { compare: compareNames } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
