import type { WidgetData } from '@almanac/core/boards/board.ts'
import type { ReactElement } from 'react'
import type { CubeEntry } from '../../../api/cubes.ts'
import { Choice } from '../forms/choice.tsx'
import { CubeChoice } from '../forms/cube-choice.tsx'
import { Field, FieldRow } from '../forms/field.tsx'
import { FilterRows } from '../forms/filter-rows.tsx'
import { More } from '../forms/more.tsx'
import { NamesInput } from '../forms/names-input.tsx'
import { NumberInput } from '../forms/number-input.tsx'
import { RangeInput } from '../forms/range-input.tsx'
import { withField } from '../forms/with-field.ts'

type CohortData = Extract<WidgetData, { readonly from: 'cohorts' }>
type Cohorts = CohortData['cohorts']

interface Props {
  readonly data: CohortData
  readonly cubes: readonly CubeEntry[]
  readonly onChange: (data: CohortData) => void
}

const NOTHING = ''

/** Who began together, and who of them came back. */
export function CohortDataForm({ data, cubes, onChange }: Props): ReactElement {
  const { cohorts } = data
  const cube = cubes.find(({ name }) => name === cohorts.cube)
  const change = (part: Partial<Cohorts>) => onChange({ ...data, cohorts: { ...cohorts, ...part } })
  const become = (name: string) => {
    // What is filtered and split by may be unknown to another cube.
    const { by: _, ...rest } = cohorts
    onChange({ ...data, cohorts: { ...rest, cube: name, filters: [], segments: [] } })
  }
  return (
    <div className="flex flex-col">
      <div className="flex flex-col gap-4 pb-4">
        <Field label="From" problem={cube ? undefined : `There is no cube “${cohorts.cube}”.`}>
          <CubeChoice cubes={cubes} value={cohorts.cube} onChange={({ name }) => become(name)} />
        </Field>
        <Field label="Begins with" note="Names of events, with commas between them. Nothing: any event.">
          <NamesInput
            label="Begins with the events"
            value={cohorts.start.events}
            placeholder="install, sign_up"
            onChange={(events) => change({ start: { ...cohorts.start, events } })}
          />
        </Field>
        <Field label="Comes back with">
          <NamesInput
            label="Comes back with the events"
            value={cohorts.return.events}
            placeholder="any event"
            onChange={(events) => change({ return: { ...cohorts.return, events } })}
          />
        </Field>
        <FieldRow>
          <Field label="Cohorts by">
            <Choice
              label="Cohorts by"
              value={cohorts.grain}
              options={[
                { id: 'day', label: 'Day' },
                { id: 'week', label: 'Week' },
                { id: 'month', label: 'Month' },
              ]}
              onChange={(grain) => change({ grain })}
            />
          </Field>
          <Field label="Periods">
            <NumberInput
              label="Periods"
              value={cohorts.periods}
              min={1}
              max={100}
              isWhole
              onChange={(periods) => periods !== undefined && change({ periods })}
            />
          </Field>
        </FieldRow>
        <Field label="Counts who came back">
          <Choice
            label="Counts who came back"
            value={cohorts.kind}
            options={[
              { id: 'retention', label: 'In that period' },
              { id: 'unbounded', label: 'In that period or later' },
            ]}
            onChange={(kind) => change({ kind })}
          />
        </Field>
        <Field label="Split by">
          <Choice
            label="Split by"
            value={cohorts.by ?? NOTHING}
            options={[
              { id: NOTHING, label: 'Nothing' },
              ...(cube?.dimensions.map(({ name, label }) => ({ id: name, label })) ?? []),
            ]}
            onChange={(by) => onChange({ ...data, cohorts: withField(cohorts, 'by', by === NOTHING ? undefined : by) })}
          />
        </Field>
        <RangeInput
          label="Who began in"
          value={data.range}
          none="The board’s range"
          onChange={(range) => onChange(withField(data, 'range', range))}
        />
      </div>
      <More title="Filters" isOpen={cohorts.filters.length > 0}>
        <FilterRows filters={cohorts.filters} cube={cube} onChange={(filters) => change({ filters })} />
      </More>
    </div>
  )
}
