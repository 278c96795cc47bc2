import type { CubeData } from '@almanac/core/boards/board.ts'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { segmentsQuery } from '../../../api/segments.ts'
import { USUAL_COMPARISON } from '../../toolbar/comparison-words.ts'
import { Choice } from '../forms/choice.tsx'
import { ComparisonsInput } from '../forms/comparisons-input.tsx'
import { Field } from '../forms/field.tsx'
import { More } from '../forms/more.tsx'
import { NumberInput } from '../forms/number-input.tsx'
import { PickList } from '../forms/pick-list.tsx'
import { RangeInput } from '../forms/range-input.tsx'
import { RowList } from '../forms/row-list.tsx'
import { Toggle } from '../forms/toggle.tsx'
import { withField } from '../forms/with-field.ts'
import type { CubeFormProps } from './cube-data-form.tsx'

type Operator = CubeData['having'][number]['op']

const OPERATORS: readonly { readonly id: Operator; readonly label: string }[] = [
  { id: 'gt', label: 'above' },
  { id: 'gte', label: 'at least' },
  { id: 'lt', label: 'below' },
  { id: 'lte', label: 'at most' },
  { id: 'eq', label: 'equal to' },
  { id: 'neq', label: 'not' },
]

/** What most questions leave to the board, or leave out. */
export function Finer({ data, cube, onChange }: CubeFormProps): ReactElement {
  const change = (part: Partial<CubeData>) => onChange({ ...data, ...part })
  const own = data.range !== undefined || data.compare !== 'board' || data.isFixed
  return (
    <>
      <More title="Range and comparison" note={own ? 'Its own' : undefined} isOpen={own}>
        <RangeInput
          label="Range"
          value={data.range}
          none="The board’s"
          onChange={(range) => onChange(withField(data, 'range', range))}
        />
        <Comparing data={data} cube={cube} issues={[]} onChange={onChange} />
        <Toggle
          label="Ignore the board’s filters"
          note="Shows the same whatever the reader filters by."
          isOn={data.isFixed}
          onChange={(isFixed) => change({ isFixed })}
        />
      </More>
      <More
        title="Finer conditions"
        isOpen={data.having.length > 0 || data.segments.length > 0 || data.limit !== undefined}
      >
        <Field label="Only where">
          <RowList
            what="condition"
            rows={data.having}
            empty={{ measure: data.measures[0] ?? '', op: 'gt' as const, value: 0 }}
            most={10}
            onChange={(having) => change({ having })}
          >
            {(row, set, index) => (
              <div className="grid grid-cols-3 gap-1">
                <Choice
                  label={`Measure of condition ${index + 1}`}
                  value={row.measure}
                  options={data.measures.map((name) => ({
                    id: name,
                    label: cube?.measures.find((one) => one.name === name)?.label ?? name,
                  }))}
                  onChange={(measure) => set({ ...row, measure })}
                />
                <Choice
                  label={`Operator of condition ${index + 1}`}
                  value={row.op}
                  options={OPERATORS}
                  onChange={(op) => set({ ...row, op })}
                />
                <NumberInput
                  label={`Value of condition ${index + 1}`}
                  value={row.value}
                  onChange={(value) => value !== undefined && set({ ...row, value })}
                />
              </div>
            )}
          </RowList>
        </Field>
        <Segments data={data} cube={cube} issues={[]} onChange={onChange} />
        <Field label="At most so many rows">
          <NumberInput
            label="At most so many rows"
            value={data.limit}
            min={1}
            max={100_000}
            isWhole
            placeholder="10000"
            onChange={(limit) => onChange(withField(data, 'limit', limit))}
          />
        </Field>
      </More>
    </>
  )
}

function Comparing({ data, onChange }: CubeFormProps): ReactElement {
  const { compare } = data
  const mode = typeof compare === 'string' ? compare : 'own'
  return (
    <Field label="Compared with">
      <Choice
        label="Compared with"
        value={mode}
        options={[
          { id: 'board', label: 'What the reader compares with' },
          { id: 'none', label: 'Nothing' },
          { id: 'own', label: 'Always with' },
        ]}
        onChange={(next) =>
          onChange({
            ...data,
            compare: next === 'own' ? [USUAL_COMPARISON] : next,
          })
        }
      />
      {typeof compare !== 'string' && (
        <ComparisonsInput value={compare} onChange={(list) => onChange({ ...data, compare: list })} />
      )}
    </Field>
  )
}

function Segments({ data, onChange }: CubeFormProps): ReactElement | null {
  const { data: segments = [] } = useQuery(segmentsQuery(data.cube))
  if (segments.length === 0 && data.segments.length === 0) return null
  return (
    <Field label="Segments">
      <PickList
        label="Segments"
        what="segment"
        most={10}
        chosen={data.segments}
        options={segments.map(({ name, label }) => ({ id: name, label }))}
        onChange={(list) => onChange({ ...data, segments: list })}
      />
    </Field>
  )
}
