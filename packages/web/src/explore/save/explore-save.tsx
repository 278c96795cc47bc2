import { type ReactElement, useState } from 'react'
import type { ReaderChoice } from '../../dashboards/board/choice/reader-choice.ts'
import { Choice } from '../../dashboards/edit/forms/choice.tsx'
import { Field } from '../../dashboards/edit/forms/field.tsx'
import type { Exploration } from '../explore-search.ts'
import { explorationWidget } from './exploration-widget.ts'
import { SaveWidgetDialog } from './save-widget-dialog.tsx'

interface Props {
  readonly exploration: Exploration
  readonly title: string
  readonly choice: ReaderChoice
  readonly onClose: () => void
}

/** As a widget: its filters are its own then, its range and its comparisons are the dashboard's unless it keeps the range. */
export function ExploreSave({ exploration, title, choice, onClose }: Props): ReactElement {
  const [range, setRange] = useState<'board' | 'own'>('board')
  return (
    <SaveWidgetDialog title={title} widget={explorationWidget(exploration, choice, range === 'own')} onClose={onClose}>
      <Field label="Range">
        <Choice
          label="Range"
          value={range}
          options={[
            { id: 'board', label: 'The dashboard’s' },
            { id: 'own', label: `Always this one: ${choice.rangeName ?? choice.rangeText}` },
          ]}
          onChange={setRange}
        />
      </Field>
    </SaveWidgetDialog>
  )
}
