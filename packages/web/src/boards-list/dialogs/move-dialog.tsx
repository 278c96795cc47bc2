import { Folder, Home } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import type { BoardFolder } from '../../api/boards.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { folderPaths, foldersBelow, type TreeLine } from '../tree/board-tree.ts'

interface Props {
  readonly line: TreeLine
  readonly folders: readonly BoardFolder[]
  readonly onMove: (folderId: string | null) => void
  readonly onClose: () => void
}

const OUTSIDE = 'outside'

/** To which folder: what dragging does, for those who do not drag. */
export function MoveDialog({ line, folders, onMove, onClose }: Props): ReactElement {
  const now = (line.kind === 'board' ? line.board.folderId : line.folder.parentId) ?? OUTSIDE
  const [chosen, setChosen] = useState(now)
  const forbidden = line.kind === 'folder' ? foldersBelow(folders, line.folder.id) : new Set<string>()
  const places = [{ id: OUTSIDE, path: 'No folder' }, ...folderPaths(folders).filter(({ id }) => !forbidden.has(id))]
  const name = line.kind === 'board' ? line.board.title : line.folder.name
  return (
    <Dialog title="Move to a folder" isOpen isSmall onClose={onClose}>
      <p className="px-4 pt-3 text-muted">
        Where <bdi className="font-medium wrap-anywhere text-ink">{name}</bdi> lies from now on.
      </p>
      <ListBox
        aria-label="Folder"
        autoFocus
        className="max-h-80 min-h-0 flex-1 overflow-auto p-2 outline-none"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[chosen]}
        onSelectionChange={(keys) => {
          if (keys !== 'all') for (const key of keys) setChosen(String(key))
        }}
      >
        {places.map(({ id, path }) => (
          <ListBoxItem key={id} id={id} textValue={path} className={PLACE}>
            {id === OUTSIDE ? <Home size={14} aria-hidden /> : <Folder size={14} aria-hidden />}
            <bdi className="min-w-0 truncate">{path}</bdi>
          </ListBoxItem>
        ))}
      </ListBox>
      <div className="flex justify-end gap-2 border-t border-line p-3">
        <Button onPress={onClose}>Cancel</Button>
        <Button
          look="primary"
          isDisabled={chosen === now}
          onPress={() => {
            onMove(chosen === OUTSIDE ? null : chosen)
            onClose()
          }}
        >
          Move
        </Button>
      </div>
    </Dialog>
  )
}

const PLACE =
  'flex min-h-9 cursor-pointer items-center gap-2 rounded-md px-2 text-muted outline-none data-[focus-visible]:outline-2 data-[focus-visible]:-outline-offset-2 data-[hovered]:bg-hover selected:bg-accent-soft selected:font-medium selected:text-ink'
