import { CopyPlus, Ellipsis, FolderInput, FolderPlus, Pencil, Trash2 } from 'lucide-react'
import type { ReactElement } from 'react'
import { Menu, MenuTrigger, Popover } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { MenuItem } from '../../ui/menu.tsx'
import { POPOVER } from '../../ui/popover.tsx'
import { canMove } from './board-moves.ts'
import type { TreeLine } from './board-tree.ts'

export interface LineActions {
  readonly onRename: (line: TreeLine) => void
  readonly onMove: (line: TreeLine) => void
  readonly onDuplicate: (slug: string) => void
  readonly onNewFolder: (parentId: string) => void
  readonly onDelete: (line: TreeLine) => void
}

/** What can be done with a board or a folder. A board that is a file, or comes with the product, can only be copied. */
export function LineMenu({ line, actions }: { line: TreeLine; actions: LineActions }): ReactElement {
  const name = line.kind === 'board' ? line.board.title : line.folder.name
  return (
    <MenuTrigger>
      <Button look="quiet" isIcon aria-label={`More about ${name}`}>
        <Ellipsis size={16} aria-hidden />
      </Button>
      <Popover placement="bottom end" offset={4} className={`${POPOVER} w-48`}>
        <Menu aria-label={name} className="p-1 outline-none">
          {line.kind === 'folder' && (
            <MenuItem
              id="folder"
              text="New folder in it"
              icon={<FolderPlus {...ICON} />}
              onAction={() => actions.onNewFolder(line.folder.id)}
            />
          )}
          {canMove(line) && (
            <MenuItem id="rename" text="Rename" icon={<Pencil {...ICON} />} onAction={() => actions.onRename(line)} />
          )}
          {line.kind === 'board' && (
            <MenuItem
              id="duplicate"
              text="Duplicate"
              icon={<CopyPlus {...ICON} />}
              onAction={() => actions.onDuplicate(line.board.slug)}
            />
          )}
          {canMove(line) && (
            <MenuItem id="move" text="Move…" icon={<FolderInput {...ICON} />} onAction={() => actions.onMove(line)} />
          )}
          {canMove(line) && (
            <MenuItem
              id="delete"
              text={line.kind === 'board' ? 'Move to the trash' : 'Delete'}
              icon={<Trash2 {...ICON} />}
              onAction={() => actions.onDelete(line)}
            />
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

const ICON = { size: 14, 'aria-hidden': true, className: 'text-faint' } as const
