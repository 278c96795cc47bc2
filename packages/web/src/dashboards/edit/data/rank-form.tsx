import type { CubeData } from '@almanac/core/boards/board.ts'
import type { ReactElement } from 'react'
import { Choice } from '../forms/choice.tsx'
import { Field, FieldRow } from '../forms/field.tsx'
import { More } from '../forms/more.tsx'
import { NumberInput } from '../forms/number-input.tsx'
import { RowList } from '../forms/row-list.tsx'
import { Toggle } from '../forms/toggle.tsx'
import { withField } from '../forms/with-field.ts'
import type { CubeFormProps } from './cube-data-form.tsx'

/** How many values, and in which order. */
export function RankForm({ data, cube, onChange }: CubeFormProps): ReactElement {
  const { top, order } = data
  const [by] = data.measures
  const measures = data.measures.map((name) => ({ id: name, label: labelIn(cube?.measures, name) }))
  const columns = [
    ...measures,
    ...data.dimensions.map((name) => ({ id: name, label: labelIn(cube?.dimensions, name) })),
    ...(data.grain === 'none' ? [] : [{ id: 'time', label: 'Time' }]),
  ]
  const setTop = (next: CubeData['top']) => onChange(withField(data, 'top', next))
  const isOpen = top !== undefined || order.length > 0
  return (
    <More title="Order and how many" note={top && `Top ${top.count}`} isOpen={isOpen && data.dimensions.length > 0}>
      {data.dimensions.length > 0 && by !== undefined && (
        <Toggle
          label="Only the greatest"
          note="By their figure over the whole range."
          isOn={top !== undefined}
          onChange={(isOn) => setTop(isOn ? { by, count: 10, direction: 'desc', rest: true } : undefined)}
        />
      )}
      {top && (
        <>
          <FieldRow>
            <Field label="How many">
              <NumberInput
                label="How many"
                value={top.count}
                min={1}
                max={1000}
                isWhole
                onChange={(count) => count !== undefined && setTop({ ...top, count })}
              />
            </Field>
            <Field label="By">
              <Choice
                label="Greatest by"
                value={top.by}
                options={measures}
                onChange={(next) => setTop({ ...top, by: next })}
              />
            </Field>
          </FieldRow>
          <Field label="Which">
            <Choice
              label="Greatest or least"
              value={top.direction}
              options={[
                { id: 'desc', label: 'The greatest' },
                { id: 'asc', label: 'The least' },
              ]}
              onChange={(direction) => setTop({ ...top, direction })}
            />
          </Field>
          <Toggle
            label="All others as one"
            note="Counted exactly."
            isOn={top.rest}
            onChange={(rest) => setTop({ ...top, rest })}
          />
        </>
      )}
      <Field label="Sorted by">
        <RowList
          what="order"
          rows={order}
          empty={{ by: columns[0]?.id ?? 'time', direction: 'desc' as const }}
          most={Math.min(5, columns.length)}
          onChange={(rows) => onChange({ ...data, order: rows })}
        >
          {(row, change, index) => (
            <FieldRow>
              <Choice
                label={`Sorted by, ${index + 1}`}
                value={row.by}
                options={columns}
                onChange={(next) => change({ ...row, by: next })}
              />
              <Choice
                label={`Direction, ${index + 1}`}
                value={row.direction}
                options={[
                  { id: 'desc', label: 'Greatest first' },
                  { id: 'asc', label: 'Least first' },
                ]}
                onChange={(direction) => change({ ...row, direction })}
              />
            </FieldRow>
          )}
        </RowList>
      </Field>
    </More>
  )
}

function labelIn(list: readonly { readonly name: string; readonly label: string }[] | undefined, name: string): string {
  return list?.find((one) => one.name === name)?.label ?? name
}
