import type { CubeData } from '@almanac/core/boards/board.ts'
import type { Issue } from '@almanac/core/errors.ts'
import type { ReactElement } from 'react'
import type { CubeEntry } from '../../../api/cubes.ts'
import { useEditorWorld } from '../editor-context.ts'
import type { PickOption } from '../forms/add-picker.tsx'
import { Choice } from '../forms/choice.tsx'
import { CubeChoice } from '../forms/cube-choice.tsx'
import { Field } from '../forms/field.tsx'
import { FilterRows } from '../forms/filter-rows.tsx'
import { More } from '../forms/more.tsx'
import { PickList } from '../forms/pick-list.tsx'
import { problemAt } from '../forms/problem-at.ts'
import { withCurrency, withUsualFilters } from '../kinds/usual-filters.ts'
import { Finer } from './cube-data-finer.tsx'
import { WIDGET_GRAINS } from './grain-options.ts'
import { keptInCube } from './kept-in-cube.ts'
import { keptQuestion } from './kept-question.ts'
import { RankForm } from './rank-form.tsx'

export interface CubeFormProps {
  readonly data: CubeData
  readonly cube: CubeEntry | undefined
  readonly issues: readonly Issue[]
  readonly onChange: (data: CubeData) => void
}

interface Props extends CubeFormProps {
  readonly cubes: readonly CubeEntry[]
  /** A measure of another cube becomes a question of its own; absent where there is no room for one more. */
  readonly onBeside: ((cube: CubeEntry, measure: string) => void) | undefined
}

/** A question to a cube: what, by what, of what. */
export function CubeDataForm({ cubes, onBeside, ...props }: Props): ReactElement {
  const { data, cube, issues, onChange } = props
  const world = useEditorWorld()
  const change = (part: Partial<CubeData>) => onChange(keptQuestion({ ...data, ...part }))
  const changeMeasures = (measures: string[]) => {
    const next = keptQuestion({ ...data, measures })
    onChange(cube ? withCurrency(next, cube, world) : next)
  }
  return (
    <div className="flex flex-col">
      <div className="flex flex-col gap-4 pb-4">
        <Field label="From" note={cube?.description} problem={cube ? undefined : `There is no cube “${data.cube}”.`}>
          <CubeChoice
            cubes={cubes}
            value={data.cube}
            onChange={(next) => onChange(withUsualFilters(keptInCube(data, next), cubes, world))}
          />
        </Field>
        <Field label="Measures" problem={problemAt(issues, 'measures') && 'Choose at least one.'}>
          <PickList
            label="Measures"
            what="measure"
            chosen={data.measures}
            options={cube?.measures.map(({ name, label }) => ({ id: name, label })) ?? []}
            onChange={changeMeasures}
            {...(onBeside && { elsewhere: measuresOfOthers(cubes, data.cube, onBeside) })}
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

function measuresOfOthers(
  cubes: readonly CubeEntry[],
  own: string,
  onBeside: (cube: CubeEntry, measure: string) => void,
): { readonly options: PickOption[]; readonly onPick: (id: string) => void } {
  const all = cubes
    .filter(({ name }) => name !== own)
    .flatMap((cube) =>
      cube.measures.map(({ name, label }) => ({
        cube,
        name,
        id: `${cube.name} ${name}`,
        label,
        note: `${cube.label}, beside it`,
      })),
    )
  return {
    options: all.map(({ id, label, note }) => ({ id, label, note })),
    onPick: (id) => {
      const found = all.find((one) => one.id === id)
      if (found) onBeside(found.cube, found.name)
    },
  }
}

const counted = (count: number) => (count === 0 ? undefined : String(count))
