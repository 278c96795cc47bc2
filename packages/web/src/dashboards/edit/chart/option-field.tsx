import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { ReactElement } from 'react'
import { Choice } from '../forms/choice.tsx'
import { Field } from '../forms/field.tsx'
import { NumberInput } from '../forms/number-input.tsx'
import { PickList } from '../forms/pick-list.tsx'
import { TextInput } from '../forms/text-input.tsx'
import { Toggle } from '../forms/toggle.tsx'
import { columnsFor, type KnownColumn } from '../kinds/columns-of-data.ts'
import type { OptionField } from '../kinds/kind-options.ts'
import { type Band, BandsInput, type Target, TargetsInput } from './mark-inputs.tsx'
import { optionOf, withOption } from './spec-edits.ts'

interface Props {
  readonly field: OptionField
  readonly chart: ChartSpec
  readonly columns: readonly KnownColumn[]
  readonly problem: string | undefined
  readonly onChange: (chart: ChartSpec) => void
}

/** The control for one row of the table of options. */
export function OptionInput({ field, chart, columns, problem, onChange }: Props): ReactElement {
  const value = optionOf(chart, field.key)
  const set = (next: unknown) => onChange(withOption(chart, field.key, next))
  if (field.type === 'switch') {
    const isOn = typeof value === 'boolean' ? value : field.isOnByDefault
    return (
      <Toggle
        label={field.label}
        note={field.note}
        isOn={isOn}
        onChange={(next) => set(next === field.isOnByDefault ? undefined : next)}
      />
    )
  }
  return (
    <Field label={field.label} note={field.note} problem={problem}>
      <Control field={field} value={value} columns={columns} onChange={set} />
    </Field>
  )
}

interface ControlProps {
  readonly field: Exclude<OptionField, { readonly type: 'switch' }>
  readonly value: unknown
  readonly columns: readonly KnownColumn[]
  readonly onChange: (value: unknown) => void
}

const AUTOMATIC = ''

function Control({ field, value, columns, onChange }: ControlProps): ReactElement {
  switch (field.type) {
    case 'column': {
      const options = columnsFor(field.of, columns).map(({ name, label }) => ({ id: name, label }))
      return (
        <Choice
          label={field.label}
          value={typeof value === 'string' ? value : AUTOMATIC}
          options={[{ id: AUTOMATIC, label: 'Automatic' }, ...options]}
          onChange={(id) => onChange(id === AUTOMATIC ? undefined : id)}
        />
      )
    }
    case 'columns':
      return (
        <PickList
          label={field.label}
          what="column"
          chosen={Array.isArray(value) ? value : []}
          options={columnsFor(field.of, columns).map(({ name, label }) => ({ id: name, label }))}
          onChange={onChange}
        />
      )
    case 'choice':
      return (
        <Choice
          label={field.label}
          value={typeof value === 'string' ? value : (field.choices[0]?.id ?? '')}
          options={field.choices}
          onChange={(id) => onChange(id === field.choices[0]?.id ? undefined : id)}
        />
      )
    case 'number':
      return (
        <NumberInput
          label={field.label}
          value={typeof value === 'number' ? value : undefined}
          min={field.min}
          max={field.max}
          isWhole={field.isWhole}
          placeholder={field.placeholder}
          onChange={onChange}
        />
      )
    case 'text':
      return (
        <TextInput
          label={field.label}
          value={typeof value === 'string' ? value : ''}
          rows={field.rows}
          placeholder={field.placeholder}
          onChange={onChange}
        />
      )
    case 'target':
      return (
        <TargetsInput
          targets={value === undefined ? [] : [value as Target]}
          most={1}
          onChange={([target]) => onChange(target)}
        />
      )
    case 'targets':
      return <TargetsInput targets={(value as Target[] | undefined) ?? []} most={10} onChange={onChange} />
    case 'bands':
      return <BandsInput bands={(value as Band[] | undefined) ?? []} onChange={onChange} />
  }
}
