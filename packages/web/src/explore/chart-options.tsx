import type { Widget } from '@almanac/core/boards/board.ts'
import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import type { ChartKind, ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import { Settings2 } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import type { CubeEntry } from '../api/cubes.ts'
import type { WidgetAnswer } from '../api/widget-answers.ts'
import { checkWidget } from '../dashboards/edit/changes/check-widget.ts'
import { ChartForm } from '../dashboards/edit/chart/chart-form.tsx'
import { EditorWorldProvider, NO_CURRENCIES } from '../dashboards/edit/editor-context.ts'
import { issuesIn } from '../dashboards/edit/forms/problem-at.ts'
import { PopoverDialog } from '../ui/popover.tsx'
import { TRIGGER } from '../ui/select.tsx'
import type { Exploration } from './explore-search.ts'

interface Props {
  readonly exploration: Exploration
  readonly cubes: readonly CubeEntry[]
  readonly scope: BoardScope
  readonly answer: WidgetAnswer | undefined
  readonly onChart: (chart: ChartSpec) => void
  readonly onKind: (kind: ChartKind) => void
}

/** All that can be chosen for the chart, as in the editor of dashboards. */
export function ChartOptions({ exploration, cubes, scope, answer, onChart, onKind }: Props): ReactElement {
  const { chart, data } = exploration
  const widget: Widget = { id: 'explore', title: '', place: NOWHERE, chart, data: [data] }
  return (
    <DialogTrigger>
      <Button className={TRIGGER}>
        <Settings2 size={14} aria-hidden className="text-faint" /> Options
      </Button>
      <PopoverDialog
        label="Options of the chart"
        placement="bottom start"
        className="max-h-[70dvh] w-80 max-w-[calc(100vw-1.5rem)] overflow-y-auto px-4 pt-4"
      >
        <EditorWorldProvider value={{ cubes, scope, variables: [], currencies: NO_CURRENCIES }}>
          <ChartForm
            widget={widget}
            answer={answer}
            issues={issuesIn(checkWidget(widget).issues, 'chart')}
            onChart={onChart}
            onKind={onKind}
          />
        </EditorWorldProvider>
      </PopoverDialog>
    </DialogTrigger>
  )
}

const NOWHERE = { x: 0, y: 0, w: 12, h: 8 }
