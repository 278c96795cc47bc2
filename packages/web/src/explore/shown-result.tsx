import type { Frame } from '@almanac/core/charts/frame.ts'
import type { UseQueryResult } from '@tanstack/react-query'
import { CircleHelp, Scale } from 'lucide-react'
import { type ReactElement, useMemo } from 'react'
import type { WidgetAnswer } from '../api/widget-answers.ts'
import { withFilters } from '../dashboards/board/choice/board-search.ts'
import { zoomedInto } from '../dashboards/board/choice/drill.ts'
import { pickedFilters } from '../dashboards/board/choice/filter-edits.ts'
import type { ReaderChoice } from '../dashboards/board/choice/reader-choice.ts'
import { loadable } from '../widgets/loadable.ts'
import { ROW_PX } from '../widgets/views/table/use-virtual-rows.ts'
import { WidgetCard } from '../widgets/widget-card.tsx'
import { pickedCell } from './explain/cell-questions.ts'
import type { ExplainedCell, Exploration } from './explore-search.ts'
import { ExploreTable } from './explore-table.tsx'

interface Props {
  readonly exploration: Exploration
  readonly title: string
  readonly choice: ReaderChoice
  readonly answer: UseQueryResult<WidgetAnswer>
  readonly go: (exploration: Exploration) => void
}

/** The answer as a chart and as a table at once. What is clicked is explained; names in the table are filtered by. */
export function ShownResult({ exploration, title, choice, answer, go }: Props): ReactElement {
  const { data, chart, search } = exploration
  const frame = answer.data?.frame
  const [measure = ''] = data.measures
  const explain = (cell: ExplainedCell) => go({ ...exploration, explain: cell })
  const whole = (of: ExplainedCell['of']) => explain({ of, measure, dimensions: {} })
  const isTable = chart.kind === 'table'
  const shown = useMemo(() => loadable(answer, (one) => one.frame), [answer])
  return (
    <>
      <div className={isTable && frame ? 'hidden' : 'h-96 min-h-0 sm:h-104'}>
        <WidgetCard
          title={title}
          spec={chart}
          loadable={shown}
          ignored={NOTHING}
          actions={[
            {
              id: 'explain',
              label: 'Explain this number',
              icon: <CircleHelp size={14} aria-hidden />,
              run: () => whole('number'),
            },
            {
              id: 'change',
              label: 'Explain the change',
              icon: <Scale size={14} aria-hidden />,
              run: () => whole('change'),
            },
          ]}
          actionWords={ACTION_WORDS}
          onZoom={(from, to) => go({ ...exploration, search: zoomedInto(search, choice, from, to) })}
          onPick={(picks) => explain(pickedCell(measure, picks, data))}
          onDrill={(time) => explain({ of: 'number', measure, time, dimensions: {} })}
        />
      </div>
      {frame && frame.rows.length > 0 && (
        <section aria-label={`${title}, all figures`} className="card flex min-h-0 flex-col overflow-hidden">
          <div
            style={{ height: heightOf(frame, isTable) }}
            className={answer.isPlaceholderData ? 'superseded' : undefined}
          >
            <ExploreTable
              frame={frame}
              data={data}
              title={title}
              onExplain={explain}
              onFilter={(picks, isAdditive) =>
                go({
                  ...exploration,
                  search: withFilters(search, pickedFilters(choice.scope.filters, picks, isAdditive), []),
                })
              }
            />
          </div>
          <p className="border-t border-line px-4 py-1.5 text-sm text-faint">
            {rowsText(frame.rows.length, frame.isTruncated)} Click a figure to explain it, a name to filter by it.
          </p>
        </section>
      )}
    </>
  )
}

const NOTHING: readonly string[] = []
const ACTION_WORDS = { pick: 'explain it', drill: 'explain this moment' }

/** As high as its rows, up to what leaves the chart in sight. */
function heightOf({ rows, totals }: Frame, isAlone: boolean): string {
  const lines = rows.length + (totals.length > 0 ? 1 : 0)
  return `min(${isAlone ? '75dvh' : '26rem'}, ${HEAD_PX + lines * ROW_PX}px)`
}

/** With room for a scroll bar along the bottom. */
const HEAD_PX = 48

function rowsText(count: number, isTruncated: boolean): string {
  const number = new Intl.NumberFormat().format(count)
  return `${number} ${count === 1 ? 'row' : 'rows'}${isTruncated ? ', and there are more' : ''}.`
}
