import type { Variable } from '@almanac/core/boards/board.ts'
import { ChevronDown } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Button as AriaButton, DialogTrigger } from 'react-aria-components'
import type { CubeEntry } from '../../api/cubes.ts'
import { Button } from '../../ui/button.tsx'
import { PopoverDialog } from '../../ui/popover.tsx'
import { TRIGGER } from '../../ui/select.tsx'
import { withVariable } from '../board/board-search.ts'
import type { RangeProps } from '../ranges/range-picker.tsx'
import type { ValueSource } from './use-values.ts'
import { ValuePicker } from './value-picker.tsx'
import { valueWords } from './value-words.ts'

interface Props extends RangeProps {
  readonly variable: Variable
  readonly cubes: readonly CubeEntry[]
}

/** A choice that the board's maker has laid out: values of one dimension, for everything on the board. */
export function VariablePicker({ variable, cubes, choice, search, onChange }: Props): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const chosen = choice.scope.variables[variable.name] ?? []
  const words = chosenWords(variable, chosen)
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <AriaButton className={`${TRIGGER} min-w-0`} aria-label={`${variable.label}: ${words}`}>
        <bdi className="max-w-40 truncate text-muted">{variable.label}</bdi>{' '}
        <bdi className="max-w-40 truncate">{words}</bdi>
        <ChevronDown size={14} aria-hidden className="shrink-0 text-faint" />
      </AriaButton>
      <PopoverDialog label={variable.label} placement="bottom start" className="flex max-h-112 w-72 flex-col">
        <VariableValues
          variable={variable}
          source={sourceOf(variable, cubes)}
          choice={choice}
          chosen={chosen}
          onApply={(values) => {
            setOpen(false)
            onChange(withVariable(search, variable.name, values))
          }}
        />
      </PopoverDialog>
    </DialogTrigger>
  )
}

interface ValuesProps extends Pick<Props, 'variable' | 'choice'> {
  readonly source: ValueSource
  readonly chosen: readonly string[]
  readonly onApply: (values: readonly string[]) => void
}

/** One value counts at once; of several, all together when they are applied. */
function VariableValues({ variable, source, choice, chosen, onApply }: ValuesProps): ReactElement {
  const [draft, setDraft] = useState(chosen)
  const { isMultiple, label } = variable
  return (
    <>
      <ValuePicker
        label={label}
        source={source}
        scope={choice.scope}
        selected={draft}
        isMultiple={isMultiple}
        onChange={(values) => {
          const texts = values.map(String)
          if (isMultiple) setDraft(texts)
          else onApply(texts)
        }}
      />
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

/** Values of variables are text, so numbers are looked up as text. */
function sourceOf({ cube, dimension }: Variable, cubes: readonly CubeEntry[]): ValueSource {
  const entry = cubes.find(({ name }) => name === cube)
  const type = entry?.dimensions.find(({ name }) => name === dimension)?.type
  return { cube: entry, dimension, type: type === 'number' || type === 'boolean' ? type : 'string' }
}

function chosenWords({ dimension }: Variable, [first, ...others]: readonly string[]): string {
  if (first === undefined) return 'All'
  const words = valueWords(dimension, first)
  return others.length === 0 ? words : `${words} +${others.length}`
}
