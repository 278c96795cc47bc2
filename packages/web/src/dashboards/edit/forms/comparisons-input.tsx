import type { Comparison } from '@almanac/core/query/query.ts'
import type { ReactElement } from 'react'
import { USUAL_COMPARISON } from '../../toolbar/comparison-words.ts'
import { Choice } from './choice.tsx'
import { FieldRow } from './field.tsx'
import { RowList } from './row-list.tsx'
import { Toggle } from './toggle.tsx'

interface Props {
  readonly value: readonly Comparison[]
  readonly onChange: (value: Comparison[]) => void
}

const BASES = [
  { id: 'previous_period', label: 'Previous period' },
  { id: 'previous_week', label: 'Week before' },
  { id: 'previous_month', label: 'Month before' },
  { id: 'previous_quarter', label: 'Quarter before' },
  { id: 'previous_year', label: 'Year before' },
] as const
const ALIGNED = [
  { id: 'date', label: 'By date' },
  { id: 'weekday', label: 'By weekday' },
] as const

/** Other times that figures are compared with; each once. */
export function ComparisonsInput({ value, onChange }: Props): ReactElement {
  const left = BASES.filter(({ id }) => !value.some((one) => one.with === id))
  const empty: Comparison = { ...USUAL_COMPARISON, with: left[0]?.id ?? USUAL_COMPARISON.with }
  return (
    <RowList
      what="comparison"
      rows={value}
      empty={empty}
      most={Math.min(4, value.length + left.length)}
      onChange={onChange}
    >
      {(row, change, index) => (
        <div className="flex flex-col gap-1.5">
          <FieldRow>
            <Choice
              label={`Comparison ${index + 1}`}
              value={row.with}
              options={BASES.filter(({ id }) => id === row.with || left.some((one) => one.id === id))}
              onChange={(base) => change({ ...row, with: base })}
            />
            <Choice
              label={`Alignment of comparison ${index + 1}`}
              value={row.align}
              options={ALIGNED}
              onChange={(align) => change({ ...row, align })}
            />
          </FieldRow>
          <Toggle
            label="Only as much as has passed"
            isOn={row.toDate}
            onChange={(toDate) => change({ ...row, toDate })}
          />
        </div>
      )}
    </RowList>
  )
}
