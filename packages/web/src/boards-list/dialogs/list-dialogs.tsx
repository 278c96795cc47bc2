import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { BOARDS, type BoardFolder, changeFolder, createFolder } from '../../api/boards.ts'
import type { TreeLine } from '../tree/board-tree.ts'
import { useRename } from '../use-board-changes.ts'
import { ImportDialog } from './import-dialog.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { NameDialog } from './name-dialog.tsx'

/** What lies over the list at the moment. */
export type OpenDialog =
  | { readonly kind: 'import' }
  | { readonly kind: 'folder'; readonly parentId: string | undefined }
  | { readonly kind: 'rename' | 'move'; readonly line: TreeLine }

interface Props {
  readonly dialog: OpenDialog | undefined
  readonly folders: readonly BoardFolder[]
  readonly onMove: (line: TreeLine, folderId: string | null) => void
  readonly onClose: () => void
}

export function ListDialogs({ dialog, folders, onMove, onClose }: Props): ReactElement | null {
  const client = useQueryClient()
  const rename = useRename()
  const refreshed = (change: Promise<unknown>) =>
    change.then(() => client.invalidateQueries({ queryKey: [BOARDS, 'list'] }))
  switch (dialog?.kind) {
    case undefined:
      return null
    case 'import':
      return <ImportDialog onClose={onClose} />
    case 'folder':
      return (
        <NameDialog
          title="New folder"
          label="Name"
          action="Create"
          save={(name) => refreshed(createFolder(name, dialog.parentId))}
          onClose={onClose}
        />
      )
    case 'move':
      return (
        <MoveDialog
          line={dialog.line}
          folders={folders}
          onMove={(folderId) => onMove(dialog.line, folderId)}
          onClose={onClose}
        />
      )
    case 'rename': {
      const { line } = dialog
      return (
        <NameDialog
          title={line.kind === 'board' ? 'Rename the dashboard' : 'Rename the folder'}
          label={line.kind === 'board' ? 'Title' : 'Name'}
          value={line.kind === 'board' ? line.board.title : line.folder.name}
          action="Rename"
          save={(name) =>
            line.kind === 'board' ? rename(line.board.slug, name) : refreshed(changeFolder(line.folder.id, { name }))
          }
          onClose={onClose}
        />
      )
    }
  }
}
