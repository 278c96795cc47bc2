import type { Tab } from '@almanac/core/boards/board.ts'
import { ArrowLeft, ArrowRight, ChevronDown, Pencil, Plus, Trash2 } from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import { Tab as AriaTab, Tabs as AriaTabs, Menu, MenuTrigger, Popover, TabList, TabPanel } from 'react-aria-components'
import { Button } from '../../../ui/button.tsx'
import { MenuItem } from '../../../ui/menu.tsx'
import { POPOVER } from '../../../ui/popover.tsx'
import { RenameDialog } from './rename-dialog.tsx'

interface Props {
  readonly tabs: readonly Tab[]
  readonly chosen: Tab
  readonly onChoose: (id: string) => void
  readonly onRename: (id: string, title: string) => void
  readonly onMove: (id: string, by: -1 | 1) => void
  readonly onRemove: (id: string) => void
  readonly onAdd: () => void
  /** Of the chosen tab. */
  readonly children: ReactNode
}

/** The tabs of a board while they are arranged. */
export function TabStrip(props: Props): ReactElement {
  const { tabs, chosen, onChoose, onRename, onMove, onRemove, onAdd, children } = props
  const [isRenaming, setRenaming] = useState(false)
  const at = tabs.indexOf(chosen)
  return (
    <AriaTabs
      selectedKey={chosen.id}
      onSelectionChange={(key) => onChoose(String(key))}
      keyboardActivation="manual"
      className="flex flex-col gap-4"
    >
      <div className="flex items-center gap-1 border-b border-line">
        <TabList aria-label="Tabs of the board" className="flex min-w-0 gap-5 overflow-x-auto px-1" items={tabs}>
          {({ id, title }) => (
            <AriaTab id={id} className={TAB}>
              <bdi className="max-w-56 truncate">{title || 'Untitled'}</bdi>
            </AriaTab>
          )}
        </TabList>
        <MenuTrigger>
          <Button look="quiet" isIcon aria-label={`More about the tab ${chosen.title}`}>
            <ChevronDown size={14} aria-hidden />
          </Button>
          <Popover placement="bottom start" offset={4} className={`${POPOVER} w-48`}>
            <Menu aria-label="Tab" className="p-1 outline-none">
              <MenuItem id="rename" text="Rename" icon={<Pencil {...ICON} />} onAction={() => setRenaming(true)} />
              {at > 0 && (
                <MenuItem
                  id="left"
                  text="Move left"
                  icon={<ArrowLeft {...ICON} />}
                  onAction={() => onMove(chosen.id, -1)}
                />
              )}
              {at < tabs.length - 1 && (
                <MenuItem
                  id="right"
                  text="Move right"
                  icon={<ArrowRight {...ICON} />}
                  onAction={() => onMove(chosen.id, 1)}
                />
              )}
              {tabs.length > 1 && (
                <MenuItem id="remove" text="Delete" icon={<Trash2 {...ICON} />} onAction={() => onRemove(chosen.id)} />
              )}
            </Menu>
          </Popover>
        </MenuTrigger>
        <Button look="quiet" onPress={onAdd}>
          <Plus size={14} aria-hidden /> Tab
        </Button>
      </div>
      <TabPanel key={chosen.id} id={chosen.id} className="outline-none">
        {children}
      </TabPanel>
      {isRenaming && (
        <RenameDialog
          title="Rename the tab"
          label="Name of the tab"
          value={chosen.title}
          onDone={(title) => {
            setRenaming(false)
            if (title !== undefined) onRename(chosen.id, title)
          }}
        />
      )}
    </AriaTabs>
  )
}

const ICON = { size: 14, 'aria-hidden': true, className: 'text-faint' } as const
const TAB = [
  '-mb-px flex h-9 cursor-pointer items-center border-b-2 border-transparent font-medium whitespace-nowrap text-muted',
  'hover:text-ink selected:border-accent selected:text-ink data-[focus-visible]:rounded-sm data-[focus-visible]:-outline-offset-2',
].join(' ')
