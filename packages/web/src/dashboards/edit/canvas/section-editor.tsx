import type { Place, Section, Widget } from '@almanac/core/boards/board.ts'
import { ArrowDown, ArrowUp, Ellipsis, FoldVertical, Heading, Plus, RemoveFormatting, Trash2 } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Menu, MenuTrigger, Popover } from 'react-aria-components'
import { Button } from '../../../ui/button.tsx'
import { MenuItem } from '../../../ui/menu.tsx'
import { POPOVER } from '../../../ui/popover.tsx'
import { BoardGrid } from '../../grid/board-grid.tsx'
import { InlineText } from './inline-text.tsx'

/** What can be done with a section. */
export interface SectionActions {
  readonly onRename: (id: string, title: string | undefined) => void
  readonly onCollapsed: (id: string, isCollapsed: boolean) => void
  readonly onMove: (id: string, by: -1 | 1) => void
  readonly onRemove: (id: string) => void
  readonly onAdd: (id: string) => void
  readonly onPlaces: (id: string, places: ReadonlyMap<string, Place>) => void
}

interface Props {
  readonly section: Section
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly actions: SectionActions
  readonly renderWidget: (widget: Widget) => ReactNode
}

/** Widgets under a heading of their own; while it is edited a section is always open. */
export function SectionEditor({ section, isFirst, isLast, actions, renderWidget }: Props): ReactElement {
  const { id, title } = section
  // A board of one part without a heading shows nothing of sections.
  const isPlain = title === undefined && isFirst && isLast
  return (
    <section aria-label={title ?? 'Section'} className="flex flex-col gap-2">
      {!isPlain && (
        <header className="flex items-center gap-1">
          {title === undefined ? (
            <span className="flex-1 text-sm text-faint">A part without a heading</span>
          ) : (
            <InlineText
              label="Heading of the section"
              value={title}
              placeholder="Heading"
              onChange={(text) => actions.onRename(id, text)}
            />
          )}
          {section.isCollapsed && <span className="text-sm text-faint">folded at first</span>}
          <SectionMenu section={section} isFirst={isFirst} isLast={isLast} actions={actions} />
        </header>
      )}
      <BoardGrid
        section={section}
        isEditing
        renderWidget={renderWidget}
        onChange={(places) => actions.onPlaces(id, places)}
      />
      <button type="button" data-add-widget onClick={() => actions.onAdd(id)} className={ADD}>
        <Plus size={15} aria-hidden className="shrink-0" />
        <span className="min-w-0 truncate">Add a widget{title && <bdi>{` to ${title}`}</bdi>}</span>
      </button>
    </section>
  )
}

type MenuProps = Pick<Props, 'section' | 'isFirst' | 'isLast' | 'actions'>

function SectionMenu({ section: { id, title, isCollapsed }, isFirst, isLast, actions }: MenuProps): ReactElement {
  return (
    <MenuTrigger>
      <Button look="quiet" isIcon aria-label={`More about the section ${title ?? ''}`}>
        <Ellipsis size={16} aria-hidden />
      </Button>
      <Popover placement="bottom end" offset={4} className={`${POPOVER} w-56`}>
        <Menu aria-label="Section" className="p-1 outline-none">
          {title === undefined ? (
            <MenuItem
              id="name"
              text="Give it a heading"
              icon={<Heading {...ICON} />}
              onAction={() => actions.onRename(id, 'Section')}
            />
          ) : (
            <>
              <MenuItem
                id="unname"
                text="Without a heading"
                icon={<RemoveFormatting {...ICON} />}
                onAction={() => actions.onRename(id, undefined)}
              />
              <MenuItem
                id="fold"
                text={isCollapsed ? 'Open at first' : 'Folded at first'}
                icon={<FoldVertical {...ICON} />}
                onAction={() => actions.onCollapsed(id, !isCollapsed)}
              />
            </>
          )}
          {!isFirst && (
            <MenuItem id="up" text="Move up" icon={<ArrowUp {...ICON} />} onAction={() => actions.onMove(id, -1)} />
          )}
          {!isLast && (
            <MenuItem
              id="down"
              text="Move down"
              icon={<ArrowDown {...ICON} />}
              onAction={() => actions.onMove(id, 1)}
            />
          )}
          <MenuItem id="remove" text="Delete" icon={<Trash2 {...ICON} />} onAction={() => actions.onRemove(id)} />
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

const ICON = { size: 14, 'aria-hidden': true, className: 'text-faint' } as const
const ADD = [
  'flex h-11 min-w-0 items-center justify-center gap-1.5 rounded-lg border border-dashed border-line-strong/50 px-4 font-medium text-muted',
  'transition-colors duration-100 hover:border-accent hover:bg-surface hover:text-accent-ink',
].join(' ')
