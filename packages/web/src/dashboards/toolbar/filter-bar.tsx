import type { FilterLeaf, QueryFilter } from '@almanac/core/query/filter.ts'
import { ListFilter, X } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Button as AriaButton, Autocomplete, DialogTrigger, ListBox } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { ListSearch } from '../../ui/list-search.tsx'
import { OptionItem } from '../../ui/menu.tsx'
import { PopoverDialog } from '../../ui/popover.tsx'
import { TRIGGER } from '../../ui/select.tsx'
import { withFilters } from '../board/choice/board-search.ts'
import { inverted, replaced } from '../board/choice/filter-edits.ts'
import type { RangeProps } from '../ranges/range-picker.tsx'
import type { BoardDimension } from './board-dimensions.ts'
import { FilterEditor } from './filter-editor.tsx'
import { filterWords } from './value-words.ts'

export interface FilterProps extends RangeProps {
  /** The board's own, which an address need not repeat. */
  readonly ownFilters: readonly QueryFilter[]
  readonly dimensions: readonly BoardDimension[]
}

/** All conditions that hold for the whole board, and the way to another one. */
export function FilterBar({ choice, search, onChange, ownFilters, dimensions }: FilterProps): ReactElement {
  const { filters } = choice.scope
  const go = (next: readonly QueryFilter[]) => onChange(withFilters(search, next, ownFilters))
  return (
    <>
      {filters.map((filter, index) => (
        <FilterChip
          // biome-ignore lint/suspicious/noArrayIndexKey: the same condition may be there twice, and the place is what is changed.
          key={`${index} ${JSON.stringify(filter)}`}
          filter={filter}
          dimensions={dimensions}
          choice={choice}
          onChange={(next) => go(replaced(filters, index, next))}
        />
      ))}
      <AddFilter choice={choice} dimensions={dimensions} onAdd={(filter) => go([...filters, filter])} />
      {filters.length > 1 && (
        <Button look="quiet" onPress={() => go([])}>
          Clear filters
        </Button>
      )}
    </>
  )
}

interface ChipProps extends Pick<FilterProps, 'choice' | 'dimensions'> {
  readonly filter: QueryFilter
  readonly onChange: (filter: QueryFilter | undefined) => void
}

function FilterChip({ filter, dimensions, choice, onChange }: ChipProps): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const words = filterWords(filter, (name) => dimensions.find((one) => one.name === name)?.label ?? name)
  const text = [words.name, words.operator, words.values].filter(Boolean).join(' ')
  const apply = (next: QueryFilter) => {
    setOpen(false)
    onChange(next)
  }
  return (
    <span className="inline-flex h-8 max-w-full min-w-0 items-stretch rounded-md bg-accent-soft">
      <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <AriaButton aria-label={`Filter: ${text}`} className={CHIP}>
          <bdi className="max-w-56 shrink-0 truncate text-muted">
            {[words.name, words.operator].filter(Boolean).join(' ')}
          </bdi>{' '}
          <bdi title={words.values} className="min-w-0 max-w-64 truncate font-medium">
            {words.values}
          </bdi>
        </AriaButton>
        <PopoverDialog label={`Filter: ${text}`} placement="bottom start" className="flex max-h-112 w-76 flex-col">
          <ChipEditor filter={filter} dimensions={dimensions} choice={choice} onApply={apply} />
        </PopoverDialog>
      </DialogTrigger>
      <AriaButton aria-label={`Remove the filter: ${text}`} onPress={() => onChange(undefined)} className={REMOVE}>
        <X size={13} aria-hidden />
      </AriaButton>
    </span>
  )
}

interface EditorProps extends Pick<FilterProps, 'choice' | 'dimensions'> {
  readonly filter: QueryFilter
  readonly onApply: (filter: QueryFilter) => void
}

/** A condition that is made of others can only be turned round here; it came with a link or with the board. */
function ChipEditor({ filter, dimensions, choice, onApply }: EditorProps): ReactElement {
  const dimension = 'dimension' in filter ? dimensions.find(({ name }) => name === filter.dimension) : undefined
  return (
    <>
      {dimension && 'dimension' in filter ? (
        <FilterEditor dimension={dimension} scope={choice.scope} filter={filter} onApply={onApply} />
      ) : (
        <p className="p-3 text-pretty text-muted">
          {'dimension' in filter
            ? 'No widget of this board has this dimension, so the filter changes nothing.'
            : 'This condition is made of several; it can be turned round or removed.'}
        </p>
      )}
      <div className="border-t border-line p-2">
        <Button look="quiet" className="w-full" onPress={() => onApply(inverted(filter))}>
          Turn round: everything but this
        </Button>
      </div>
    </>
  )
}

interface AddProps extends Pick<FilterProps, 'choice' | 'dimensions'> {
  readonly onAdd: (filter: FilterLeaf) => void
}

function AddFilter({ choice, dimensions, onAdd }: AddProps): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const [dimension, setDimension] = useState<BoardDimension>()
  const close = () => {
    setOpen(false)
    setDimension(undefined)
  }
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={(open) => (open ? setOpen(true) : close())}>
      <AriaButton className={TRIGGER} aria-label="Add a filter">
        <ListFilter size={14} aria-hidden className="text-faint" /> Filter
      </AriaButton>
      <PopoverDialog label="Add a filter" placement="bottom start" className="flex max-h-112 w-76 flex-col">
        {dimension ? (
          <FilterEditor
            dimension={dimension}
            scope={choice.scope}
            onApply={(filter) => {
              close()
              onAdd(filter)
            }}
          />
        ) : (
          <DimensionList dimensions={dimensions} onChoose={setDimension} />
        )}
      </PopoverDialog>
    </DialogTrigger>
  )
}

interface ListProps {
  readonly dimensions: readonly BoardDimension[]
  readonly onChoose: (dimension: BoardDimension) => void
}

/** With the cubes that have it, where not all of the board's do: the others are not filtered. */
function DimensionList({ dimensions, onChoose }: ListProps): ReactElement {
  const [typed, setTyped] = useState('')
  const most = dimensions[0]?.cubes.length ?? 0
  const wanted = typed.trim().toLowerCase()
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <ListSearch label="Search dimensions" placeholder="Filter by…" icon={ListFilter} isCombobox />
      <ListBox
        aria-label="Dimensions"
        className="h-80 min-h-0 flex-1 overflow-auto p-1 outline-none"
        items={dimensions
          .filter(({ name, label }) => `${name} ${label}`.toLowerCase().includes(wanted))
          .map((dimension) => ({ ...dimension, id: dimension.name }))}
        onAction={(key) => {
          const dimension = dimensions.find(({ name }) => name === key)
          if (dimension) onChoose(dimension)
        }}
        renderEmptyState={() => <p className="p-3 text-muted">No dimension has this in its name.</p>}
      >
        {({ id, label, cubes }) => (
          <OptionItem
            id={id}
            text={label}
            {...(cubes.length < most && { note: `${cubes.map((cube) => cube.label).join(', ')} only` })}
          />
        )}
      </ListBox>
    </Autocomplete>
  )
}

const CHIP =
  'flex min-w-0 items-center gap-1.5 rounded-l-md pr-1.5 pl-2.5 transition-colors duration-100 hover:bg-hover data-[focus-visible]:-outline-offset-2'
const REMOVE =
  'grid w-7 shrink-0 place-items-center rounded-r-md text-muted transition-colors duration-100 hover:bg-hover hover:text-ink data-[focus-visible]:-outline-offset-2'
