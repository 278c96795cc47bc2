import type { UploadAggregate, UploadDefinition, UploadMeasure } from '@almanac/core/uploads/upload-definition.ts'
import { Plus, Trash2 } from 'lucide-react'
import type { ReactElement } from 'react'
import { Choice } from '../../dashboards/edit/forms/choice.tsx'
import { TextInput } from '../../dashboards/edit/forms/text-input.tsx'
import { Button } from '../../ui/button.tsx'
import { AGGREGATES } from '../upload-words.ts'
import { columnsFor, withMeasure, withNewMeasure, withoutMeasure } from './definition-edits.ts'

interface Props {
  readonly definition: UploadDefinition
  readonly onChange: (definition: UploadDefinition) => void
}

/** The figures that can be asked of the table. */
export function MeasureList({ definition, onChange }: Props): ReactElement {
  const add = () => {
    const column = columnsFor(definition, 'sum').find(
      ({ name }) => !definition.measures.some((one) => one.column === name),
    )
    onChange(withNewMeasure(definition, column ? 'sum' : 'count', column))
  }
  return (
    <section aria-labelledby="measures" className="flex flex-col gap-2">
      <h2 id="measures" className="font-semibold">
        Measures
      </h2>
      <ul className="card flex flex-col divide-y divide-line">
        {definition.measures.map((measure, i) => (
          <li key={measure.name} className="flex items-center gap-2 px-3 py-2">
            <MeasureRow measure={measure} at={i} definition={definition} onChange={onChange} />
          </li>
        ))}
        <li className="px-2 py-2">
          <Button look="quiet" onPress={add}>
            <Plus size={14} aria-hidden /> Add a measure
          </Button>
        </li>
      </ul>
    </section>
  )
}

function MeasureRow({
  measure,
  at,
  definition,
  onChange,
}: Props & { measure: UploadMeasure; at: number }): ReactElement {
  const { label, aggregate, column = '' } = measure
  const columns = columnsFor(definition, aggregate)
  const changeAggregate = (next: UploadAggregate) => {
    const fitting = columnsFor(definition, next)
    const same = fitting.find(({ name }) => name === column) ?? fitting[0]
    if (next !== 'count' && !same) return
    onChange(withMeasure(definition, at, { aggregate: next, ...(same && { column: same.name }) }))
  }
  return (
    <>
      <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-[1.4fr_1fr_1fr]">
        <TextInput
          label={`Label of the measure ${measure.name}`}
          value={label}
          isInvalid={label.trim() === ''}
          onChange={(text) => onChange(withMeasure(definition, at, { label: text.slice(0, 100) }))}
        />
        <Choice label={`How ${label} is computed`} value={aggregate} options={AGGREGATES} onChange={changeAggregate} />
        {aggregate === 'count' ? (
          <span className="max-sm:hidden" />
        ) : (
          <Choice
            label={`Column of ${label}`}
            value={column}
            options={columns.map(({ name, label }) => ({ id: name, label }))}
            onChange={(name) => onChange(withMeasure(definition, at, { column: name }))}
          />
        )}
      </div>
      <Button
        look="quiet"
        isIcon
        aria-label={`Remove ${label}`}
        isDisabled={definition.measures.length === 1}
        onPress={() => onChange(withoutMeasure(definition, at))}
      >
        <Trash2 size={14} aria-hidden />
      </Button>
    </>
  )
}
