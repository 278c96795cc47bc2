import type { Board } from '@almanac/core/boards/board.ts'
import type { ReactElement } from 'react'
import type { BoardSearch } from '../dashboards/board/choice/board-search.ts'
import type { ReaderChoice } from '../dashboards/board/choice/reader-choice.ts'
import { RangePicker } from '../dashboards/ranges/range-picker.tsx'
import { RangeSteps } from '../dashboards/ranges/range-steps.tsx'
import { ComparePicker } from '../dashboards/toolbar/compare-picker.tsx'
import { GrainSwitch } from '../dashboards/toolbar/grain-switch.tsx'
import { PublicVariable } from './public-variable.tsx'

interface Props {
  readonly token: string
  readonly board: Board
  readonly allow: readonly string[]
  readonly choice: ReaderChoice
  readonly search: BoardSearch
  readonly onChange: (search: BoardSearch) => void
}

/** What the link lets its reader choose, and nothing else; nothing at all where it lets nothing. */
export function PublicToolbar({ token, board, allow, choice, search, onChange }: Props): ReactElement | null {
  if (allow.length === 0) return null
  const range = { choice, search, onChange }
  // The server leaves out those that are not the reader's to choose.
  const { variables } = board
  return (
    <div className="flex flex-wrap items-center gap-2 print:hidden">
      {allow.includes('range') && (
        <>
          <RangePicker {...range} />
          <RangeSteps {...range} />
        </>
      )}
      {allow.includes('grain') && <GrainSwitch {...range} />}
      {allow.includes('compare') && <ComparePicker {...range} />}
      {variables.map((variable) => (
        <PublicVariable key={variable.name} token={token} variable={variable} {...range} />
      ))}
    </div>
  )
}
