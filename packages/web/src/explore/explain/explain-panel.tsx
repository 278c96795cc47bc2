import type { CubeData } from '@almanac/core/boards/board.ts'
import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import { formatValue } from '@almanac/core/charts/format/format-value.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import type { CubeEntry } from '../../api/cubes.ts'
import { SidePanel } from '../../dashboards/edit/panel/side-panel.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import type { ExplainedCell } from '../explore-search.ts'
import { changeQuestion, numberQuestion } from './cell-questions.ts'
import { ChangeExplained } from './change-explained.tsx'
import { NumberExplained } from './number-explained.tsx'

interface Props {
  readonly cell: ExplainedCell
  readonly data: CubeData
  readonly cube: CubeEntry
  readonly scope: BoardScope
  readonly frame: Frame | undefined
  readonly onChange: (cell: ExplainedCell) => void
  readonly onClose: () => void
}

/** What stands behind one value, and what moved it. */
export function ExplainPanel({ cell, data, cube, scope, frame, onChange, onClose }: Props): ReactElement {
  const measure = cube.measures.find(({ name }) => name === cell.measure)
  const label = measure?.label ?? cell.measure
  return (
    <SidePanel label={`${label} explained`} onClose={onClose}>
      <section aria-label={`${label} explained`} className="flex h-full min-h-0 flex-col">
        <header className="flex min-h-12 shrink-0 items-start gap-2 border-b border-line py-2 pr-2 pl-4">
          <div className="min-w-0 flex-1 self-center">
            <h2 className={data.measures.length > 1 ? 'sr-only' : 'truncate font-semibold'}>{label}</h2>
            {data.measures.length > 1 && (
              <Select
                label="Measure"
                value={cell.measure}
                options={data.measures.map((name) => ({
                  id: name,
                  label: cube.measures.find((one) => one.name === name)?.label ?? name,
                }))}
                onChange={(name) => onChange({ ...cell, measure: name })}
              />
            )}
            <p className="figures text-sm text-pretty text-muted">
              <bdi>{cellWords(cell, cube, scope, frame)}</bdi>
            </p>
          </div>
          <Button look="quiet" isIcon aria-label="Close the explanation" onPress={onClose}>
            <X size={16} aria-hidden />
          </Button>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-3 pb-10">
          <Tabs
            label="What is explained"
            value={cell.of}
            tabs={[
              { id: 'number', label: 'This number' },
              { id: 'change', label: 'What moved it' },
            ]}
            onChange={(of) => onChange({ ...cell, of })}
          >
            {cell.of === 'number' ? (
              <NumberExplained question={numberQuestion(data, scope, cell)} />
            ) : (
              <ChangeExplained
                question={changeQuestion(data, scope, cell, frame?.comparisons ?? [], Temporal.Now.instant())}
                cube={cube}
                currency={measure?.currency}
              />
            )}
          </Tabs>
        </div>
      </section>
    </SidePanel>
  )
}

/** Which value it is: `17 May · Germany`, or all of it. */
function cellWords(cell: ExplainedCell, cube: CubeEntry, scope: BoardScope, frame: Frame | undefined): string {
  const columnOf = (name: string) => frame?.columns.find((column) => column.name === name)
  const time = columnOf('time')
  const values = Object.entries(cell.dimensions).map(([name, value]) => {
    const column = columnOf(name)
    const text = column ? formatValue(value, column, { ...scope }) : String(value)
    return `${cube.dimensions.find((one) => one.name === name)?.label ?? name}: ${text}`
  })
  const when = cell.time !== undefined && time ? [formatValue(cell.time, time, { ...scope })] : []
  const words = [...when, ...values]
  return words.length > 0 ? words.join(' · ') : 'The whole range'
}
