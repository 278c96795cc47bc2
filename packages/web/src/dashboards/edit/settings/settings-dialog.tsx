import type { Board } from '@almanac/core/boards/board.ts'
import { type ReactElement, useState } from 'react'
import { Dialog } from '../../../ui/dialog.tsx'
import { Tabs } from '../../../ui/tabs.tsx'
import type { ReaderChoice } from '../../board/choice/reader-choice.ts'
import type { NewPlace } from '../saving/use-board-saving.ts'
import { AnnotationsForm } from './annotations-form.tsx'
import { DefaultsForm } from './defaults-form.tsx'
import { PlaceForm } from './place-form.tsx'
import { VariablesForm } from './variables-form.tsx'

interface Props {
  readonly board: Board
  /** Of the saved board; a new one has none. */
  readonly slug: string | undefined
  readonly place: NewPlace
  readonly choice: ReaderChoice
  readonly onPlace: (place: NewPlace) => void
  readonly onChange: (board: Board, step?: string) => void
  readonly onClose: () => void
}

const PARTS = [
  { id: 'defaults', label: 'Defaults' },
  { id: 'variables', label: 'Variables' },
  { id: 'annotations', label: 'Annotations' },
  { id: 'place', label: 'Who sees it' },
] as const
type Part = (typeof PARTS)[number]['id']

/** What counts for the whole board. */
export function SettingsDialog({ board, slug, place, choice, onPlace, onChange, onClose }: Props): ReactElement {
  const [part, setPart] = useState<Part>('defaults')
  return (
    <Dialog title="Settings of the board" isOpen onClose={onClose}>
      <div className="min-h-0 flex-1 overflow-y-auto p-4 sm:min-h-[28rem]">
        <Tabs label="Settings" value={part} tabs={PARTS} onChange={setPart}>
          {part === 'defaults' && <DefaultsForm board={board} choice={choice} onChange={onChange} />}
          {part === 'variables' && <VariablesForm board={board} onChange={onChange} />}
          {part === 'annotations' && <AnnotationsForm board={board} onChange={onChange} />}
          {part === 'place' && <PlaceForm slug={slug} place={place} onPlace={onPlace} />}
        </Tabs>
      </div>
    </Dialog>
  )
}
