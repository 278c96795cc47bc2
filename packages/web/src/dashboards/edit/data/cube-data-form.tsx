import type { CubeData } from '@almanac/core/boards/board.ts'
import type { Issue } from '@almanac/core/errors.ts'
import type { ReactElement } from 'react'
import type { CubeEntry } from '../../../api/cubes.ts'
import { Choice } from '../forms/choice.tsx'
import { CubeChoice } from '../forms/cube-choice.tsx'
import { Field } from '../forms/field.tsx'
import { FilterRows } from '../forms/filter-rows.tsx'
import { More } from '../forms/more.tsx'
import { PickList } from '../forms/pick-list.tsx'
import { problemAt } from '../forms/problem-at.ts'
import { Finer } from './cube-data-finer.tsx'
import { WIDGET_GRAINS } from './grain-options.ts'
import { keptInCube } from './kept-in-cube.ts'
import { RankForm } from './rank-form.tsx'

export interface CubeFormProps {
  readonly data: CubeData
  readonly cube: CubeEntry | undefined
  readonly issues: readonly Issue[]
  readonly onChange: (data: CubeData) => void
}

interface Props extends CubeFormProps {
  readonly cubes: readonly CubeEntry[]
}

/** A question to a cube: what, by what, of what. */
export function CubeDataForm({ cubes, ...props }: Props): ReactElement {
  const { data, cube, issues, onChange } = props
  const change = (part: Partial<CubeData>) => onChange({ ...data, ...part })
  return (
    <div className="flex flex-col">
      <div className="flex flex-col gap-4 pb-4">
        <Field label="From" note={cube?.description} problem={cube ? undefined : `There is no cube “${data.cube}”.`}>
          <CubeChoice cubes={cubes} value={data.cube} onChange={(next) => onChange(keptInCube(data, next))} />
        </Field>
        <Field label="Measures" problem={problemAt(issues, 'measures') && 'Choose at least one.'}>
          <PickList
            label="Measures"
            what="measure"
            chosen={data.measures}
            options={cube?.measures.map(({ name, label }) => ({ id: name, label })) ?? []}
            onChange={(measures) => change({ measures })}
          />
        </Field>
        <Field label="Split by">
          <PickList
            label="Dimensions"
            what="dimension"
            most={10}
            chosen={data.dimensions}
            options={cube?.dimensions.map(({ name, label }) => ({ id: name, label })) ?? []}
            onChange={(dimensions) => change({ dimensions })}
          />
        </Field>
        <Field label="Over time">
          <Choice
            label="Over time"
            value={data.grain}
            options={WIDGET_GRAINS}
            onChange={(grain) => change({ grain })}
          />
        </Field>
      </div>
      <More title="Filters" note={counted(data.filters.length)} isOpen={data.filters.length > 0}>
        <FilterRows filters={data.filters} cube={cube} onChange={(filters) => change({ filters })} />
      </More>
      <RankForm {...props} />
      <Finer {...props} />
    </div>
  )
}

const counted = (count: number) => (count === 0 ? undefined : String(count))
