import type { Widget } from '@almanac/core/boards/board.ts'
import type { ChartKind, ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import { isStatic } from '@almanac/core/charts/static-kinds.ts'
import type { Issue } from '@almanac/core/errors.ts'
import { type ReactElement, useMemo } from 'react'
import type { WidgetAnswer } from '../../../api/widget-answers.ts'
import { useEditorWorld } from '../editor-context.ts'
import { Field } from '../forms/field.tsx'
import { More } from '../forms/more.tsx'
import { problemAt } from '../forms/problem-at.ts'
import { knownColumns } from '../kinds/columns-of-data.ts'
import { shapeOf } from '../kinds/data-shape.ts'
import { misfit } from '../kinds/kind-needs.ts'
import { offersForData } from '../kinds/kind-offers.ts'
import { KIND_OPTIONS, type OptionField } from '../kinds/kind-options.ts'
import { ColumnForm } from './column-form.tsx'
import { KindPicker } from './kind-picker.tsx'
import { OptionInput } from './option-field.tsx'
import { seriesNames } from './series-names.ts'
import { optionOf } from './spec-edits.ts'

interface Props {
  readonly widget: Widget
  readonly answer: WidgetAnswer | undefined
  readonly issues: readonly Issue[]
  readonly onChart: (chart: ChartSpec) => void
  readonly onKind: (kind: ChartKind) => void
}

/** How a widget's figures are drawn: the kind, and what can be chosen for it. */
export function ChartForm({ widget, answer, issues, onChart, onKind }: Props): ReactElement {
  const { cubes } = useEditorWorld()
  const { chart, data } = widget
  const frame = answer?.frame
  const shape = shapeOf(data, frame?.columns)
  const offers = useMemo(() => offersForData(data, shapeOf(data, frame?.columns), cubes), [data, frame, cubes])
  const columns = useMemo(() => knownColumns(data, cubes, frame?.columns), [data, cubes, frame])
  const options = (group: Group) => {
    const fields = KIND_OPTIONS[chart.kind].filter((field) => groupOf(field) === group)
    return fields.map((field) => (
      <OptionInput
        key={`${chart.kind} ${field.key}`}
        field={field}
        chart={chart}
        columns={columns}
        problem={problemAt(issues, field.key)}
        onChange={onChart}
      />
    ))
  }
  if (isStatic(chart.kind)) return <div className="flex flex-col gap-4">{options('look')}</div>
  const roles = options('roles')
  const look = options('look')
  const marks = options('marks')
  return (
    <div className="flex flex-col">
      <div className="pb-4">
        <Field label="Kind" problem={misfit(chart.kind, shape)}>
          <KindPicker kind={chart.kind} offers={offers} onChange={onKind} />
        </Field>
      </div>
      {look.length > 0 && <div className="flex flex-col gap-3 pb-4">{look}</div>}
      {roles.length > 0 && (
        <More title="What goes where" isOpen={isAnySet(chart, 'roles')}>
          {roles}
        </More>
      )}
      {marks.length > 0 && (
        <More title="Targets and bands" isOpen={isAnySet(chart, 'marks')}>
          {marks}
        </More>
      )}
      <ColumnForm chart={chart} columns={columns} series={seriesNames(chart, frame)} onChange={onChart} />
    </div>
  )
}

type Group = 'roles' | 'look' | 'marks'

function groupOf({ type }: OptionField): Group {
  if (type === 'column' || type === 'columns') return 'roles'
  return type === 'target' || type === 'targets' || type === 'bands' ? 'marks' : 'look'
}

function isAnySet(chart: ChartSpec, group: Group): boolean {
  return KIND_OPTIONS[chart.kind].some((field) => groupOf(field) === group && optionOf(chart, field.key) !== undefined)
}
