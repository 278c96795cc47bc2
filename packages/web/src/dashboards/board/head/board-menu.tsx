import { CodeXml, CopyPlus, Ellipsis, History, MonitorPlay, Pencil, Printer, Share2 } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Menu, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { Button } from '../../../ui/button.tsx'
import { MenuItem } from '../../../ui/menu.tsx'
import { POPOVER } from '../../../ui/popover.tsx'

/** What can be done with the board; what is absent is not offered. */
export interface BoardActions {
  readonly onEdit: (() => void) | undefined
  readonly onShare: (() => void) | undefined
  readonly onDuplicate: (() => void) | undefined
  readonly onVersions: (() => void) | undefined
  readonly onCode: () => void
  readonly onPrint: () => void
  readonly onKiosk: () => void
}

export function BoardMenu({ actions }: { actions: BoardActions }): ReactElement {
  const sections = SECTIONS.map((section) => section.filter(({ id }) => actions[id])).filter(({ length }) => length > 0)
  return (
    <MenuTrigger>
      <Button isIcon aria-label="More about this board">
        <Ellipsis size={16} aria-hidden />
      </Button>
      <Popover placement="bottom end" offset={4} className={`${POPOVER} w-52`}>
        <Menu aria-label="Board" className="outline-none">
          {sections.map((section, i) => (
            <MenuSection key={section[0]?.id} aria-label={section[0]?.text ?? ''} className="p-1">
              {i > 0 && <Separator className="-mx-1 mb-1 h-px bg-line" />}
              {section.map(({ id, text, icon }) => (
                <MenuItem key={id} id={id} text={text} icon={icon} onAction={() => actions[id]?.()} />
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

interface Line {
  readonly id: keyof BoardActions
  readonly text: string
  readonly icon: ReactNode
}

const ICON = { size: 14, 'aria-hidden': true, className: 'text-faint' } as const
const SECTIONS: readonly (readonly Line[])[] = [
  [
    { id: 'onEdit', text: 'Edit', icon: <Pencil {...ICON} /> },
    { id: 'onShare', text: 'Share', icon: <Share2 {...ICON} /> },
    { id: 'onDuplicate', text: 'Duplicate', icon: <CopyPlus {...ICON} /> },
    { id: 'onVersions', text: 'Versions', icon: <History {...ICON} /> },
  ],
  [
    { id: 'onCode', text: 'Export as code', icon: <CodeXml {...ICON} /> },
    { id: 'onPrint', text: 'Print', icon: <Printer {...ICON} /> },
    { id: 'onKiosk', text: 'Show on a wall screen', icon: <MonitorPlay {...ICON} /> },
  ],
]
