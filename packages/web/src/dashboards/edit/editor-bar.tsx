import { ClipboardPaste, History, Plus, Redo2, Rows3, Settings2, SquareDashed, Undo2 } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Menu, MenuTrigger, Popover } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { MenuItem } from '../../ui/menu.tsx'
import { POPOVER } from '../../ui/popover.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import type { BoardHistory } from './changes/use-board-history.ts'

interface Props {
  readonly history: Pick<BoardHistory, 'canUndo' | 'canRedo' | 'undo' | 'redo'>
  readonly title: ReactNode
  readonly saveButton: ReactNode
  readonly onAddWidget: () => void
  readonly onAddSection: () => void
  readonly onAddTab: () => void
  /** A widget that was copied, here or on another board. */
  readonly onPaste: () => void
  readonly onSettings: () => void
  /** Absent for a board that was never saved. */
  readonly onVersions: (() => void) | undefined
  readonly onLeave: () => void
}

/** Above the board while it is edited, and always in sight. */
export function EditorBar(props: Props): ReactElement {
  const { history, title, saveButton, onSettings, onVersions, onLeave } = props
  return (
    <header className={BAR}>
      {title}
      <div className="flex items-center gap-1 max-sm:w-full max-sm:flex-wrap max-sm:justify-end max-sm:gap-0.5">
        <Act label="Undo" keys="⌘Z" isDisabled={!history.canUndo} onPress={history.undo}>
          <Undo2 size={15} aria-hidden />
        </Act>
        <Act label="Redo" keys="⇧⌘Z" isDisabled={!history.canRedo} onPress={history.redo}>
          <Redo2 size={15} aria-hidden />
        </Act>
        {onVersions && (
          <Act label="Versions" onPress={onVersions}>
            <History size={15} aria-hidden />
          </Act>
        )}
        <Act label="Settings of the board" onPress={onSettings}>
          <Settings2 size={15} aria-hidden />
        </Act>
        <span className="w-1 max-sm:flex-1" />
        <AddMenu {...props} />
        <Button onPress={onLeave}>Close</Button>
        {saveButton}
      </div>
    </header>
  )
}

function AddMenu({ onAddWidget, onAddSection, onAddTab, onPaste }: Props): ReactElement {
  return (
    <MenuTrigger>
      <Button>
        <Plus size={14} aria-hidden /> <span className="max-[24rem]:sr-only">Add</span>
      </Button>
      <Popover placement="bottom end" offset={4} className={`${POPOVER} w-44`}>
        <Menu aria-label="Add" className="p-1 outline-none">
          <MenuItem id="widget" text="Widget" icon={<SquareDashed {...ICON} />} onAction={onAddWidget} />
          <MenuItem id="section" text="Section" icon={<Rows3 {...ICON} />} onAction={onAddSection} />
          <MenuItem id="tab" text="Tab" icon={<Plus {...ICON} />} onAction={onAddTab} />
          <MenuItem id="paste" text="Paste a widget" icon={<ClipboardPaste {...ICON} />} onAction={onPaste} />
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

interface ActProps {
  readonly label: string
  readonly keys?: string
  readonly isDisabled?: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}

function Act({ label, keys, isDisabled = false, onPress, children }: ActProps): ReactElement {
  return (
    <Tooltip text={keys ? `${label}  ${keys}` : label}>
      <Button look="quiet" isIcon aria-label={label} isDisabled={isDisabled} onPress={onPress}>
        {children}
      </Button>
    </Tooltip>
  )
}

const ICON = { size: 14, 'aria-hidden': true, className: 'text-faint' } as const
const BAR = [
  'sticky top-0 z-30 -mx-3 flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-canvas px-3 py-2 sm:-mx-6 sm:px-6',
  'max-sm:top-12',
].join(' ')
