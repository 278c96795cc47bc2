import type { Variable } from '@almanac/core/boards/board.ts'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown, Search } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import {
  Button as AriaButton,
  Autocomplete,
  DialogTrigger,
  Input,
  ListBox,
  SearchField,
  useFilter,
} from 'react-aria-components'
import { toApiError } from '../api/api-error.ts'
import { publicValuesQuery } from '../api/public.ts'
import { withVariable } from '../dashboards/board/board-search.ts'
import type { RangeProps } from '../dashboards/ranges/range-picker.tsx'
import { valueWords } from '../dashboards/toolbar/value-words.ts'
import { Button } from '../ui/button.tsx'
import { OptionItem } from '../ui/menu.tsx'
import { PopoverDialog } from '../ui/popover.tsx'
import { SEARCH_INPUT } from '../ui/search-select.tsx'
import { TRIGGER } from '../ui/select.tsx'

interface Props extends RangeProps {
  readonly token: string
  readonly variable: Variable
}

/** Values of a dimension, for everything on a shared board. Which there are is looked up by the link, within the board's filters. */
export function PublicVariable({ token, variable, choice, search, onChange }: Props): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const { name, label } = variable
  const chosen = choice.scope.variables[name] ?? []
  const words = chosenWords(chosen)
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <AriaButton className={`${TRIGGER} min-w-0`} aria-label={`${label}: ${words}`}>
        <bdi className="max-w-40 truncate text-muted">{label}</bdi> <bdi className="max-w-40 truncate">{words}</bdi>
        <ChevronDown size={14} aria-hidden className="shrink-0 text-faint" />
      </AriaButton>
      <PopoverDialog label={label} placement="bottom start" className="flex max-h-112 w-72 flex-col">
        <Values
          token={token}
          variable={variable}
          chosen={chosen}
          onApply={(values) => {
            setOpen(false)
            onChange(withVariable(search, name, values))
          }}
        />
      </PopoverDialog>
    </DialogTrigger>
  )
}

interface ValuesProps extends Pick<Props, 'token' | 'variable'> {
  readonly chosen: readonly string[]
  readonly onApply: (values: readonly string[]) => void
}

/** One value counts at once; of several, all together when they are applied. */
function Values({ token, variable: { name, label, isMultiple, values: own }, chosen, onApply }: ValuesProps) {
  const found = useQuery(publicValuesQuery(token, name))
  const [draft, setDraft] = useState(chosen)
  const { contains } = useFilter({ sensitivity: 'base' })
  const items = [...new Set([...chosen, ...own, ...(found.data ?? [])])].map((id) => ({ id, text: wordsOf(id) }))
  return (
    <>
      <Autocomplete filter={contains}>
        <SearchField aria-label={`Search ${label}`} autoFocus className="relative border-b border-line p-2">
          <Search size={14} aria-hidden className="absolute top-4.5 left-4.5 text-faint" />
          <Input placeholder="Search values…" className={SEARCH_INPUT} />
        </SearchField>
        <ListBox
          aria-label={label}
          className="h-64 min-h-0 flex-1 overflow-auto p-1 outline-none"
          items={items}
          selectionMode={isMultiple ? 'multiple' : 'single'}
          selectionBehavior="toggle"
          // Escape would take all values away instead of closing the list.
          escapeKeyBehavior="none"
          selectedKeys={draft}
          onSelectionChange={(keys) => {
            const values = items.map(({ id }) => id).filter((id) => keys === 'all' || keys.has(id))
            if (isMultiple) setDraft(values)
            else onApply(values)
          }}
          renderEmptyState={() => (
            <p className="p-3 text-muted">
              {found.error
                ? toApiError(found.error).message
                : found.data
                  ? 'No value has this in it.'
                  : 'Looking for values…'}
            </p>
          )}
        >
          {({ id, text }) => <OptionItem id={id} text={text} />}
        </ListBox>
      </Autocomplete>
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

/** Which dimension it is of is not told, so a country stays its code. */
const wordsOf = (value: string) => valueWords('', value)

function chosenWords([first, ...others]: readonly string[]): string {
  if (first === undefined) return 'All'
  return others.length === 0 ? wordsOf(first) : `${wordsOf(first)} +${others.length}`
}
