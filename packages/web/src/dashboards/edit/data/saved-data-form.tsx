import type { WidgetData } from '@almanac/core/boards/board.ts'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { dataSourcesQuery } from '../../../api/data-sources.ts'
import { Choice } from '../forms/choice.tsx'
import { Field } from '../forms/field.tsx'
import { RangeInput } from '../forms/range-input.tsx'
import { withField } from '../forms/with-field.ts'

type SavedData = Extract<WidgetData, { readonly from: 'saved' }>

interface Props {
  readonly data: SavedData
  readonly onChange: (data: SavedData) => void
}

/** A statement that was saved by name, for everybody. */
export function SavedDataForm({ data, onChange }: Props): ReactElement {
  const { data: sources = [], isSuccess } = useQuery(dataSourcesQuery)
  const isGone = isSuccess && !sources.some(({ name }) => name === data.name)
  return (
    <div className="flex flex-col gap-4">
      <Field label="Data source" problem={isGone ? `There is no data source “${data.name}”.` : undefined}>
        <Choice
          label="Data source"
          value={data.name}
          options={sources.map(({ name, label }) => ({ id: name, label: label || name }))}
          onChange={(name) => onChange({ ...data, name })}
        />
      </Field>
      <RangeInput
        label="Range"
        value={data.range}
        none="The board’s"
        onChange={(range) => onChange(withField(data, 'range', range))}
      />
    </div>
  )
}
