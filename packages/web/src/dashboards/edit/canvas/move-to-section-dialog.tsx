import type { Board } from '@almanac/core/boards/board.ts'
import type { ReactElement } from 'react'
import { ListBox } from 'react-aria-components'
import { Dialog } from '../../../ui/dialog.tsx'
import { OptionItem } from '../../../ui/menu.tsx'

interface Props {
  readonly board: Board
  /** Where the widget lies. */
  readonly sectionId: string
  readonly onMove: (sectionId: string) => void
  readonly onClose: () => void
}

/** Another section of the board, of whichever tab. */
export function MoveToSectionDialog({ board, sectionId, onMove, onClose }: Props): ReactElement {
  const sections = board.tabs.flatMap((tab) =>
    tab.sections
      .filter(({ id }) => id !== sectionId)
      .map(({ id, title }) => ({ id, text: title || 'The part without a heading', note: tab.title })),
  )
  return (
    <Dialog title="Move to a section" isOpen isSmall onClose={onClose}>
      <ListBox
        aria-label="Sections"
        autoFocus
        items={sections}
        onAction={(key) => onMove(String(key))}
        className="max-h-96 overflow-auto p-2 outline-none"
      >
        {({ id, text, note }) => <OptionItem id={id} text={text} note={note} />}
      </ListBox>
    </Dialog>
  )
}
