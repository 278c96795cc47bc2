import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { MeasureFormat } from '@almanac/core/cubes/measure.ts'
import type { ReactElement } from 'react'
import { Choice } from '../forms/choice.tsx'
import { More } from '../forms/more.tsx'
import { TextInput } from '../forms/text-input.tsx'
import type { KnownColumn } from '../kinds/columns-of-data.ts'
import { ColourPicker } from './colour-picker.tsx'
import { withEntry } from './spec-edits.ts'

interface Props {
  readonly chart: ChartSpec
  readonly columns: readonly KnownColumn[]
  /** What has a colour of its own. */
  readonly series: readonly string[]
  readonly onChange: (chart: ChartSpec) => void
}

const OWN = ''
const FORMATS: readonly { readonly id: MeasureFormat | typeof OWN; readonly label: string }[] = [
  { id: OWN, label: 'As the data says' },
  { id: 'integer', label: 'Whole number' },
  { id: 'decimal', label: 'Number' },
  { id: 'percent', label: 'Percent' },
  { id: 'currency', label: 'Money' },
  { id: 'bytes', label: 'Bytes' },
  { id: 'seconds', label: 'Seconds' },
  { id: 'milliseconds', label: 'Milliseconds' },
]

/** What each column is called, how its numbers read, and the colours of the series. */
export function ColumnForm({ chart, columns, series, onChange }: Props): ReactElement {
  const isSet = chart.labels !== undefined || chart.formats !== undefined || chart.colours !== undefined
  const labelOf = (name: string) => chart.labels?.[name] ?? columns.find((one) => one.name === name)?.label ?? name
  return (
    <>
      <More title="Names and formats" isOpen={chart.labels !== undefined || chart.formats !== undefined}>
        {columns.map(({ name, label, kind }) => (
          <div key={name} className="grid grid-cols-2 gap-1">
            <TextInput
              label={`Name of ${label}`}
              placeholder={label}
              value={chart.labels?.[name] ?? ''}
              onChange={(text) => onChange(withEntry(chart, 'labels', name, text === '' ? undefined : text))}
            />
            {kind === 'measure' && (
              <Choice
                label={`Format of ${label}`}
                value={chart.formats?.[name] ?? OWN}
                options={FORMATS}
                onChange={(format) => onChange(withEntry(chart, 'formats', name, format === OWN ? undefined : format))}
              />
            )}
          </div>
        ))}
        {columns.length === 0 && <p className="text-muted">The columns are known as soon as the data is.</p>}
      </More>
      {series.length > 0 && (
        <More title="Colours" isOpen={isSet && chart.colours !== undefined}>
          {series.map((name) => (
            <ColourPicker
              key={name}
              label={labelOf(name) || 'Empty'}
              value={chart.colours?.[name]}
              onChange={(place) => onChange(withEntry(chart, 'colours', name, place))}
            />
          ))}
        </More>
      )}
    </>
  )
}
