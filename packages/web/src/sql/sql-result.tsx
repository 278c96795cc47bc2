import type { Widget } from '@almanac/core/boards/board.ts'
import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import { frameOfSql } from '@almanac/core/charts/sql/sql-frame.ts'
import { GRAINS } from '@almanac/core/time/grain.ts'
import { type ReactElement, useEffect, useMemo, useState } from 'react'
import type { SqlAnswer } from '../api/sql.ts'
import { checkWidget } from '../dashboards/edit/changes/check-widget.ts'
import { ChartForm } from '../dashboards/edit/chart/chart-form.tsx'
import { asKind } from '../dashboards/edit/chart/spec-edits.ts'
import { EditorWorldProvider, NO_CURRENCIES } from '../dashboards/edit/editor-context.ts'
import { issuesIn } from '../dashboards/edit/forms/problem-at.ts'
import { shapeOf } from '../dashboards/edit/kinds/data-shape.ts'
import { proposedKinds } from '../dashboards/edit/kinds/propose-kinds.ts'
import { Tabs } from '../ui/tabs.tsx'
import { ChartView } from '../widgets/chart-view.tsx'
import { ROW_PX } from '../widgets/views/table/use-virtual-rows.ts'
import { EmptyNote } from '../widgets/widget-notes.tsx'
import type { Statement } from './use-sql-runs.ts'

interface Props {
  readonly answer: SqlAnswer
  readonly statement: Statement
  /** How it would be shown on a dashboard. */
  readonly onChart: (chart: ChartSpec) => void
}

/** The answer of a statement, as a table and as any kind of chart. */
export function SqlResult({ answer, statement, onChart }: Props): ReactElement {
  const frame = useMemo(() => sqlFrame(answer, statement), [answer, statement])
  const [part, setPart] = useState<'table' | 'chart'>('table')
  const [own, setOwn] = useState<ChartSpec>()
  const chart = useMemo(() => own ?? firstChart(frame), [own, frame])
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once for each choice.
  useEffect(() => onChart(part === 'chart' ? chart : TABLE), [chart, part])
  const widget: Widget = { id: 'sql', title: '', place: NOWHERE, chart, data: [{ from: 'sql', ...NO_STATEMENT }] }
  if (answer.columns.length === 0 || frame.columns.length === 0) {
    return (
      <div className="card h-40">
        <EmptyNote title="The statement has no columns to show." />
      </div>
    )
  }
  // There is no range here that could be another one.
  if (frame.rows.length === 0) {
    return (
      <section aria-label="Answer" className="card h-40">
        <EmptyNote title="No rows." />
      </section>
    )
  }
  return (
    <section aria-label="Answer" className="card flex flex-col px-1 pt-1">
      <Tabs
        label="Answer"
        value={part}
        tabs={[
          { id: 'table', label: 'Table' },
          { id: 'chart', label: 'Chart' },
        ]}
        onChange={setPart}
      >
        {part === 'table' ? (
          <div
            className="-mt-4"
            style={{ height: `min(70dvh, ${HEAD_PX + Math.max(4, frame.rows.length) * ROW_PX}px)` }}
          >
            <ChartView spec={{ ...TABLE, labels: ownNames(frame) }} frame={frame} title="Rows of the answer" />
          </div>
        ) : (
          <div className="grid gap-4 px-3 pb-3 lg:grid-cols-[minmax(0,1fr)_20rem]">
            <div className="h-104 min-w-0">
              <ChartView spec={chart} frame={frame} title="Chart of the answer" />
            </div>
            <div className="min-w-0">
              <EditorWorldProvider value={WORLD}>
                <ChartForm
                  widget={widget}
                  answer={{ frame, ignored: [] }}
                  issues={issuesIn(checkWidget(widget).issues, 'chart')}
                  onChart={setOwn}
                  onKind={(kind) => setOwn(asKind(chart, kind))}
                />
              </EditorWorldProvider>
            </div>
          </div>
        )}
      </Tabs>
    </section>
  )
}

function sqlFrame(answer: SqlAnswer, { parameters }: Statement): Frame {
  const { grain, timezone } = parameters
  return frameOfSql(
    { columns: answer.columns, rows: answer.rows, truncated: answer.meta.truncated },
    {
      timezone: typeof timezone === 'string' && isZone(timezone) ? timezone : Temporal.Now.timeZoneId(),
      firstDayOfWeek: 1,
      grain: GRAINS.find((one) => one === grain),
      from: undefined,
      to: undefined,
      now: Temporal.Now.instant(),
    },
  )
}

function firstChart(frame: Frame): ChartSpec {
  const [kind = 'table'] = proposedKinds(shapeOf([{ from: 'sql', ...NO_STATEMENT }], frame.columns))
  return { kind } as ChartSpec
}

/** In a table of one's own statement, columns are called as they were called there. */
const ownNames = ({ columns }: Frame) => Object.fromEntries(columns.map(({ name }) => [name, name]))

/** With room for a scroll bar along the bottom. */
const HEAD_PX = 48
const TABLE = { kind: 'table' } as const
const NOWHERE = { x: 0, y: 0, w: 12, h: 8 }
const NO_STATEMENT = { sql: 'SELECT 1', parameters: {} }
const WORLD = {
  cubes: [],
  scope: {
    from: '2000-01-01',
    to: '2000-01-02',
    grain: 'day' as const,
    timezone: 'UTC',
    firstDayOfWeek: 1,
    compare: [],
    filters: [],
    variables: {},
  },
  variables: [],
  currencies: NO_CURRENCIES,
}

function isZone(timezone: string): boolean {
  try {
    return Temporal.Now.zonedDateTimeISO(timezone) !== undefined
  } catch {
    return false
  }
}
