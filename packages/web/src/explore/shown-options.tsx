import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import { ListOrdered } from 'lucide-react'
import { type ReactElement, useMemo } from 'react'
import type { CubeEntry } from '../api/cubes.ts'
import type { WidgetAnswer } from '../api/widget-answers.ts'
import { KindPicker } from '../dashboards/edit/chart/kind-picker.tsx'
import { shapeOf } from '../dashboards/edit/kinds/data-shape.ts'
import { offersForData } from '../dashboards/edit/kinds/kind-offers.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { Select } from '../ui/select.tsx'
import { ChartOptions } from './chart-options.tsx'
import { hasTotals, withKind, withTop, withTotals } from './explore-edits.ts'
import type { Exploration } from './explore-search.ts'

interface Props {
  readonly exploration: Exploration
  readonly cube: CubeEntry | undefined
  readonly cubes: readonly CubeEntry[]
  readonly scope: BoardScope
  readonly answer: WidgetAnswer | undefined
  readonly onAsk: (shown: Pick<Exploration, 'data' | 'chart'>) => void
  readonly go: (exploration: Exploration) => void
}

const COUNTS = [5, 10, 20, 50, 100] as const

/** The kind of chart, how many values, and whether their totals are asked for. */
export function ShownOptions({ exploration, cube, cubes, scope, answer, onAsk, go }: Props): ReactElement {
  const { data, chart } = exploration
  const frame = answer?.frame
  const offers = useMemo(() => offersForData([data], shapeOf([data], frame?.columns), cubes), [data, frame, cubes])
  const { top, dimensions, grain } = data
  const become = (kind: ChartKind) => cube && onAsk(withKind(exploration, kind, cube))
  const set = (next: Exploration['data']) => go({ ...exploration, data: next })
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="w-80 max-sm:w-full">
        <KindPicker kind={chart.kind} offers={offers} onChange={become} />
      </div>
      <ChartOptions
        exploration={exploration}
        cubes={cubes}
        scope={scope}
        answer={answer}
        onChart={(next) => go({ ...exploration, chart: next })}
        onKind={become}
      />
      {dimensions.length > 0 && (
        <Select
          label="How many values"
          icon={<ListOrdered size={14} aria-hidden className="text-faint" />}
          value={String(top?.count ?? 'all')}
          options={[
            { id: 'all', label: 'All values' },
            ...countsWith(top?.count).map((count) => ({ id: String(count), label: `The greatest ${count}` })),
          ]}
          onChange={(id) => set(withTop(data, id === 'all' ? undefined : Number(id)))}
        />
      )}
      {top && (
        <Checkbox
          label="All others as one"
          isSelected={top.rest}
          onChange={(rest) => set({ ...data, top: { ...top, rest } })}
        />
      )}
      {(dimensions.length > 0 || grain !== 'none') && (
        <Checkbox label="Totals" isSelected={hasTotals(data)} onChange={(isOn) => set(withTotals(data, isOn))} />
      )}
    </div>
  )
}

function countsWith(count: number | undefined): number[] {
  return [...new Set([...COUNTS, ...(count === undefined ? [] : [count])])].sort((a, b) => a - b)
}
