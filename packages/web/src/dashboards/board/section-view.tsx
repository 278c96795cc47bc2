import type { Section, Widget } from '@almanac/core/boards/board.ts'
import { ChevronRight } from 'lucide-react'
import { type ReactElement, useId } from 'react'
import { Button } from 'react-aria-components'
import { BoardGrid } from '../grid/board-grid.tsx'

interface Props {
  readonly section: Section
  readonly isOpen: boolean
  readonly onToggle: () => void
  /** Keep it the same while nothing changes. */
  readonly renderWidget: (widget: Widget) => ReactElement
}

/** Widgets under a heading that folds them away. What is folded away is not there, and so asks nothing. */
export function SectionView({ section, isOpen, onToggle, renderWidget }: Props): ReactElement {
  const id = useId()
  if (section.title === undefined) return <BoardGrid section={section} isEditing={false} renderWidget={renderWidget} />
  const count = section.widgets.length
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h2 id={id} className="flex">
        <Button onPress={onToggle} aria-expanded={isOpen} className={HEADING}>
          <ChevronRight
            size={14}
            aria-hidden
            className={`shrink-0 text-faint transition-transform duration-150 print:hidden ${isOpen ? 'rotate-90' : ''}`}
          />
          <bdi className="min-w-0 truncate font-semibold">{section.title}</bdi>
          {!isOpen && (
            <span className="figures text-sm text-faint">{count === 1 ? '1 widget' : `${count} widgets`}</span>
          )}
        </Button>
      </h2>
      {isOpen && <BoardGrid section={section} isEditing={false} renderWidget={renderWidget} />}
    </section>
  )
}

const HEADING =
  '-ml-1 flex h-8 min-w-0 items-center gap-1.5 rounded-md px-1.5 text-left transition-colors duration-100 hover:bg-hover'
