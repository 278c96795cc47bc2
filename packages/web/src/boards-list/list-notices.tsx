import { type ReactElement, useMemo } from 'react'
import { Notice, type NoticeText } from '../ui/notice.tsx'
import type { TreeLine } from './tree/board-tree.ts'
import type { Deletion } from './use-deletion.ts'

interface Props {
  readonly deletion: Pick<Deletion, 'pending' | 'undo' | 'finish'>
  readonly notice: NoticeText | undefined
  /** The same function as long as the page is there: the notice counts its seconds anew with another one. */
  readonly onClose: () => void
}

/** What has just happened. A deletion is told before all else, for as long as it can be taken back. */
export function ListNotices({ deletion: { pending, undo, finish }, notice, onClose }: Props): ReactElement {
  const deleted = useMemo(() => pending && { text: deletedText(pending), canUndo: true }, [pending])
  return deleted ? (
    <Notice notice={deleted} onUndo={undo} onClose={finish} />
  ) : (
    <Notice notice={notice} onUndo={onClose} onClose={onClose} />
  )
}

function deletedText(line: TreeLine): string {
  if (line.kind === 'board') return `“${line.board.title}” is in the trash.`
  return `The folder “${line.folder.name}” is deleted; what was in it has moved up.`
}
