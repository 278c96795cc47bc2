import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import type { FilterLeaf } from '@almanac/core/query/filter.ts'
import { type ReactElement, useState } from 'react'
import { Form } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { BoardDimension } from './board-dimensions.ts'
import { draftOf, type FilterDraft, filterOfDraft, operatorsFor } from './filter-draft.ts'
import { ValuePicker } from './value-picker.tsx'
import { OPERATOR_WORDS } from './value-words.ts'

interface Props {
  readonly dimension: BoardDimension
  readonly scope: BoardScope
  /** The condition that is changed; without one, a new one is made. */
  readonly filter?: FilterLeaf
  readonly onApply: (filter: FilterLeaf) => void
}

/** One condition on a dimension: how, and by which values. Nothing is asked until it is applied. */
export function FilterEditor({ dimension, scope, filter, onApply }: Props): ReactElement {
  const [draft, setDraft] = useState<FilterDraft>(() => draftOf(filter))
  const result = filterOfDraft(dimension, draft)
  const change = (next: Partial<FilterDraft>) => setDraft({ ...draft, ...next })
  return (
    <Form
      className="flex min-h-0 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        if (result) onApply(result)
      }}
    >
      <div className="flex items-center gap-2 border-b border-line px-3 py-2">
        <span className="min-w-0 flex-1 truncate font-medium">{dimension.label}</span>
        <Select
          label="Condition"
          value={draft.op}
          options={operatorsFor(dimension.type).map((id) => ({ id, label: OPERATOR_WORDS[id] }))}
          onChange={(op) => change({ op })}
        />
      </div>
      <Values dimension={dimension} scope={scope} draft={draft} onChange={change} />
      <div className="flex justify-end border-t border-line p-2">
        <Button look="primary" type="submit" isDisabled={!result}>
          Apply
        </Button>
      </div>
    </Form>
  )
}

interface ValuesProps extends Pick<Props, 'dimension' | 'scope'> {
  readonly draft: FilterDraft
  readonly onChange: (change: Partial<FilterDraft>) => void
}

function Values({ dimension, scope, draft, onChange }: ValuesProps): ReactElement | null {
  const { op } = draft
  if (op === 'empty' || op === 'not_empty') return null
  if (op === 'range') {
    return (
      <div className="grid grid-cols-2 gap-3 p-3">
        <TextField
          label="From"
          inputMode="decimal"
          value={draft.from}
          onChange={(from) => onChange({ from })}
          autoFocus
        />
        <TextField
          label="Up to, not included"
          inputMode="decimal"
          value={draft.to}
          onChange={(to) => onChange({ to })}
        />
      </div>
    )
  }
  if (op === 'in' || op === 'not_in') {
    return (
      <ValuePicker
        label={dimension.label}
        source={{ cube: dimension.cubes[0], dimension: dimension.name, type: dimension.type }}
        scope={scope}
        selected={draft.values}
        isMultiple
        onChange={(values) => onChange({ values })}
      />
    )
  }
  return (
    <div className="p-3">
      <TextField
        label="Text"
        description="Capital letters do not matter."
        value={draft.text}
        onChange={(text) => onChange({ text })}
        autoFocus
      />
    </div>
  )
}
