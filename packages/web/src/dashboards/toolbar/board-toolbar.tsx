import type { Board } from '@almanac/core/boards/board.ts'
import { SlidersHorizontal } from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { RangePicker, type RangeProps } from '../ranges/range-picker.tsx'
import { RangeSteps } from '../ranges/range-steps.tsx'
import { useBoardDimensions } from './board-dimensions.ts'
import { ComparePicker } from './compare-picker.tsx'
import { FilterBar } from './filter-bar.tsx'
import { GrainSwitch } from './grain-switch.tsx'
import { VariablePicker } from './variable-picker.tsx'

interface Props extends RangeProps {
  readonly board: Board
  /** The menu of annotations, where there is one. */
  readonly annotations?: ReactNode
}

/** All that decides what the board shows. Each control writes into the address and nothing else. */
export function BoardToolbar(props: Props): ReactElement {
  return (
    <div className="flex flex-col gap-2 print:hidden">
      <div className={LINE}>
        <RangePicker {...props} />
        <RangeSteps {...props} />
        <span className="contents max-sm:hidden">
          <TimeChoices {...props} />
          {!hasOwnLine(props) && <ValueChoices {...props} />}
        </span>
        <ChoiceSheet {...props} />
      </div>
      {hasOwnLine(props) && (
        <div className={`${LINE} max-sm:hidden`}>
          <ValueChoices {...props} />
        </div>
      )}
    </div>
  )
}

const LINE = 'flex flex-wrap items-center gap-2'

/** When is one line; of what is another, where there is much of it. */
const hasOwnLine = ({ board, choice }: Props) => board.variables.length > 0 || choice.scope.filters.length > 0

function TimeChoices({ annotations, ...range }: Props): ReactElement {
  return (
    <>
      <GrainSwitch {...range} />
      <ComparePicker {...range} />
      {annotations}
    </>
  )
}

function ValueChoices({ board, ...range }: Props): ReactElement {
  const { cubes, dimensions } = useBoardDimensions(board)
  return (
    <>
      {board.variables.map((variable) => (
        <VariablePicker key={variable.name} variable={variable} cubes={cubes} {...range} />
      ))}
      <FilterBar {...range} ownFilters={board.filters} dimensions={dimensions} />
    </>
  )
}

/** On a phone, everything but the range. */
function ChoiceSheet(props: Props): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const { scope } = props.choice
  const count = scope.filters.length + Object.values(scope.variables).filter((values) => values.length > 0).length
  return (
    <>
      <Button className="sm:hidden" aria-expanded={isOpen} onPress={() => setOpen(true)}>
        <SlidersHorizontal size={14} aria-hidden /> Filters
        {count > 0 && <span className="figures text-accent-ink">{count}</span>}
      </Button>
      <Dialog title="What the board shows" isOpen={isOpen} onClose={() => setOpen(false)}>
        <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-auto p-4">
          <Group label="Time">
            <TimeChoices {...props} />
          </Group>
          <Group label="Filters">
            <ValueChoices {...props} />
          </Group>
        </div>
        <div className="border-t border-line p-3">
          <Button look="primary" className="h-10 w-full" onPress={() => setOpen(false)}>
            Show the board
          </Button>
        </div>
      </Dialog>
    </>
  )
}

function Group({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return (
    <section aria-label={label} className="flex flex-col gap-2">
      <h3 className="text-sm font-medium text-muted">{label}</h3>
      <div className="flex flex-wrap items-center gap-2">{children}</div>
    </section>
  )
}
