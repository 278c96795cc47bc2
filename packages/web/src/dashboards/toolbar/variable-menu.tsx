import type { Variable } from '@almanac/core/boards/board.ts'
import { ChevronDown } from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import { Button as AriaButton, DialogTrigger } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { PopoverDialog } from '../../ui/popover.tsx'
import { TRIGGER } from '../../ui/select.tsx'
import { withVariable } from '../board/choice/board-search.ts'
import type { RangeProps } from '../ranges/range-picker.tsx'
import { valueWords } from './value-words.ts'

type Values = readonly string[]

interface Props extends RangeProps {
  readonly variable: Variable
  /** The values to choose from. */
  readonly children: (selected: Values, onChange: (values: Values) => void) => ReactNode
}

/** A choice that the board's maker has laid out: values of one dimension, for everything on the board. */
export function VariableMenu({ variable, choice, search, onChange, children }: Props): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const { name, label, isMultiple } = variable
  const chosen = choice.scope.variables[name] ?? []
  const words = chosenWords(variable, chosen)
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <AriaButton className={`${TRIGGER} min-w-0`} aria-label={`${label}: ${words}`}>
        <bdi className="max-w-40 truncate text-muted">{label}</bdi> <bdi className="max-w-40 truncate">{words}</bdi>
        <ChevronDown size={14} aria-hidden className="shrink-0 text-faint" />
      </AriaButton>
      <PopoverDialog label={label} placement="bottom start" className="flex max-h-112 w-72 flex-col">
        <Draft
          chosen={chosen}
          isMultiple={isMultiple}
          onApply={(values) => {
            setOpen(false)
            onChange(withVariable(search, name, values))
          }}
        >
          {children}
        </Draft>
      </PopoverDialog>
    </DialogTrigger>
  )
}

interface DraftProps extends Pick<Props, 'children'> {
  readonly chosen: Values
  readonly isMultiple: boolean
  readonly onApply: (values: Values) => void
}

/** One value counts at once; of several, all together when they are applied. */
function Draft({ chosen, isMultiple, onApply, children }: DraftProps): ReactElement {
  const [draft, setDraft] = useState(chosen)
  return (
    <>
      {children(draft, isMultiple ? setDraft : onApply)}
      <div className="flex justify-between border-t border-line p-2">
        <Button look="quiet" onPress={() => onApply([])}>
          All
        </Button>
        {isMultiple && (
          <Button look="primary" onPress={() => onApply(draft)}>
            Apply
          </Button>
        )}
      </div>
    </>
  )
}

function chosenWords({ dimension }: Variable, [first, ...others]: Values): string {
  if (first === undefined) return 'All'
  const words = valueWords(dimension, first)
  return others.length === 0 ? words : `${words} +${others.length}`
}
