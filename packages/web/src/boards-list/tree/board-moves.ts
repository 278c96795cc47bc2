import type { BoardFolder } from '../../api/boards.ts'
import { foldersBelow, type TreeLine } from './board-tree.ts'

/** Where a line is dropped: on another one, or between two, which means beside it. */
export interface DropPlace {
  readonly target: TreeLine
  readonly isOn: boolean
}

/** Only what is kept here can be moved; the other boards are files, or come with the product. */
export function canMove(line: TreeLine): boolean {
  return line.kind === 'folder' || (line.board.origin === 'made' && line.board.mayEdit)
}

/** The folder in which it would lie then, `null` for none; `undefined` where nothing would change or must not. */
export function folderAfterDrop(
  moved: TreeLine,
  { target, isOn }: DropPlace,
  folders: readonly BoardFolder[],
): string | null | undefined {
  if (!canMove(moved) || (isOn && target.kind === 'board')) return undefined
  const into = isOn && target.kind === 'folder' ? target.folder.id : parentOf(target)
  if (into === parentOf(moved)) return undefined
  if (moved.kind === 'folder' && into !== null && foldersBelow(folders, moved.folder.id).has(into)) return undefined
  return into
}

function parentOf(line: TreeLine): string | null {
  return line.kind === 'folder' ? line.folder.parentId : (line.folder?.id ?? null)
}
