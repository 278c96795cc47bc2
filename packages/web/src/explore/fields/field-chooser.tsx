import type { CubeData } from '@almanac/core/boards/board.ts'
import type { ReactElement } from 'react'
import type { CubeEntry } from '../../api/cubes.ts'
import { CubeChoice } from '../../dashboards/edit/forms/cube-choice.tsx'
import { FieldList } from './field-list.tsx'

interface Props {
  readonly cubes: readonly CubeEntry[]
  /** Absent: an old link names one that is gone. */
  readonly cube: CubeEntry | undefined
  readonly data: CubeData
  readonly refusals: ReadonlyMap<string, string>
  readonly onCube: (cube: CubeEntry) => void
  readonly onFields: (fields: Partial<Pick<CubeData, 'measures' | 'dimensions' | 'grain'>>) => void
}

/** A cube, and what of it is seen. */
export function FieldChooser({ cubes, cube, data, refusals, onCube, onFields }: Props): ReactElement {
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-col gap-1.5 px-3 pb-3 max-lg:pt-3">
        <CubeChoice cubes={cubes} value={data.cube} onChange={onCube} />
        <p className={`px-0.5 text-sm text-pretty ${cube ? 'text-muted' : 'text-negative'}`}>
          {cube ? cube.description : `There is no cube “${data.cube}” any more. Choose another one.`}
        </p>
      </div>
      {cube && (
        <FieldList
          key={cube.name}
          cube={cube}
          measures={data.measures}
          dimensions={data.dimensions}
          hasTime={data.grain !== 'none'}
          refusals={refusals}
          onMeasures={(measures) => onFields({ measures })}
          onDimensions={(dimensions) => onFields({ dimensions })}
          onTime={(hasTime) => onFields({ grain: hasTime ? 'board' : 'none' })}
        />
      )}
    </div>
  )
}
