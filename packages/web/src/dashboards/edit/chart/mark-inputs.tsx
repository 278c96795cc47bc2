import type { ChartOf } from '@almanac/core/charts/chart-spec.ts'
import type { ReactElement } from 'react'
import { Choice } from '../forms/choice.tsx'
import { NumberInput } from '../forms/number-input.tsx'
import { RowList } from '../forms/row-list.tsx'
import { TextInput } from '../forms/text-input.tsx'
import { withField } from '../forms/with-field.ts'

export type Target = NonNullable<ChartOf<'number'>['target']>
export type Band = NonNullable<ChartOf<'number'>['bands']>[number]

interface TargetsProps {
  readonly targets: readonly Target[]
  readonly most: number
  readonly onChange: (targets: Target[]) => void
}

/** Values to reach, each with a name. */
export function TargetsInput({ targets, most, onChange }: TargetsProps): ReactElement {
  return (
    <RowList what="target" rows={targets} empty={{ value: 100 }} most={most} onChange={onChange}>
      {(target, change, index) => (
        <div className="grid grid-cols-2 gap-1">
          <NumberInput
            label={`Target ${index + 1}`}
            value={target.value}
            onChange={(value) => value !== undefined && change({ ...target, value })}
          />
          <Label what={`target ${index + 1}`} of={target} onChange={change} />
        </div>
      )}
    </RowList>
  )
}

const TONES = [
  { id: 'good', label: 'Good' },
  { id: 'warning', label: 'Warning' },
  { id: 'bad', label: 'Bad' },
] as const

interface BandsProps {
  readonly bands: readonly Band[]
  readonly onChange: (bands: Band[]) => void
}

/** Ranges of values that are good or bad, half-open; one without a bound goes on for ever. */
export function BandsInput({ bands, onChange }: BandsProps): ReactElement {
  return (
    <RowList what="band" rows={bands} empty={nextBand(bands)} most={10} onChange={onChange}>
      {(band, change, index) => (
        <div className="grid grid-cols-2 gap-1">
          <NumberInput
            label={`Band ${index + 1} from`}
            placeholder="from"
            value={band.from}
            onChange={(from) => change(withField(band, 'from', from))}
          />
          <NumberInput
            label={`Band ${index + 1} below`}
            placeholder="below"
            value={band.to}
            onChange={(to) => change(withField(band, 'to', to))}
          />
          <Choice
            label={`Tone of band ${index + 1}`}
            value={band.tone}
            options={TONES}
            onChange={(tone) => change({ ...band, tone })}
          />
          <Label what={`band ${index + 1}`} of={band} onChange={change} />
        </div>
      )}
    </RowList>
  )
}

/** Goes on where the last one ends. */
function nextBand(bands: readonly Band[]): Band {
  const last = bands.at(-1)
  return last?.to === undefined ? { from: 0, tone: 'good' } : { from: last.to, tone: 'warning' }
}

interface LabelProps<T> {
  readonly what: string
  readonly of: T
  readonly onChange: (next: T) => void
}

function Label<T extends { readonly label?: string | undefined }>({ what, of, onChange }: LabelProps<T>): ReactElement {
  return (
    <TextInput
      label={`Name of ${what}`}
      placeholder="Name"
      value={of.label ?? ''}
      onChange={(text) => onChange(withField(of, 'label', text === '' ? undefined : text))}
    />
  )
}
