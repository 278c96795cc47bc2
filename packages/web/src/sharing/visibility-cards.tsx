import { VISIBILITIES, type Visibility } from '@almanac/core/boards/board.ts'
import type { ReactElement } from 'react'
import { SEEN_BY } from '../boards-list/board-words.ts'
import { ChoiceCards } from '../ui/choice-cards.tsx'

interface Props {
  readonly value: Visibility
  readonly onChange: (value: Visibility) => void
}

/** Who sees a board: one of private, team and public. */
export function VisibilityCards({ value, onChange }: Props): ReactElement {
  return <ChoiceCards label="Who sees it" value={value} options={CHOICES} onChange={onChange} />
}

const CHOICES = VISIBILITIES.map((id) => {
  const { label, note, Icon } = SEEN_BY[id]
  return { id, label, note, icon: <Icon size={15} aria-hidden /> }
})
