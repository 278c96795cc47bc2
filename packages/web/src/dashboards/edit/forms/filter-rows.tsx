import type { FilterLeaf, QueryFilter } from '@almanac/core/query/filter.ts'
import { ChevronDown, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button as AriaButton, DialogTrigger } from 'react-aria-components'
import type { CubeDimension, CubeEntry } from '../../../api/cubes.ts'
import { Button } from '../../../ui/button.tsx'
import { PopoverDialog } from '../../../ui/popover.tsx'
import { operatorsFor } from '../../toolbar/filter-draft.ts'
import { ValuePicker } from '../../toolbar/value-picker.tsx'
import { filterWords, OPERATOR_WORDS } from '../../toolbar/value-words.ts'
import { useEditorWorld } from '../editor-context.ts'
import { AddPicker } from './add-picker.tsx'
import { Choice } from './choice.tsx'
import { withOperator } from './filter-operator.ts'
import { NumberInput } from './number-input.tsx'
import { withField } from './with-field.ts'

interface Props {
  readonly filters: readonly QueryFilter[]
  /** Whose dimensions can be filtered by. */
  readonly cube: CubeEntry | undefined
  readonly onChange: (filters: QueryFilter[]) => void
}

/** Conditions that all hold. Joined ones, which come from boards as code, are said in words and can be removed. */
export function FilterRows({ filters, cube, onChange }: Props): ReactElement {
  const dimensions = cube?.dimensions ?? []
  const labelOf = (name: string) => dimensions.find((one) => one.name === name)?.label ?? name
  return (
    <div className="flex flex-col gap-2">
      {filters.map((filter, index) => {
        const words = filterWords(filter, labelOf)
        const remove = () => onChange(filters.toSpliced(index, 1))
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no names.
          <div key={index} className="flex flex-col gap-1 rounded-md border border-line p-1.5 pl-2">
            <div className="flex items-center gap-1">
              <span className="min-w-0 flex-1 truncate font-medium">{words.name || 'Condition'}</span>
              <Button look="quiet" isIcon aria-label={`Remove the filter on ${words.name}`} onPress={remove}>
                <X size={13} aria-hidden />
              </Button>
            </div>
            {'op' in filter ? (
              <Leaf
                filter={filter}
                cube={cube}
                dimension={dimensions.find(({ name }) => name === filter.dimension)}
                onChange={(next) => onChange(filters.with(index, next))}
              />
            ) : (
              <p className="text-pretty text-muted">{words.values}</p>
            )}
          </div>
        )
      })}
      {filters.length < 50 && (
        <AddPicker
          label="Add filter"
          options={dimensions.map(({ name, label }) => ({ id: name, label }))}
          onPick={(name) => onChange([...filters, firstFilter(name, dimensions)])}
        />
      )}
    </div>
  )
}

/** Something that holds of all, to be changed; of yes and no there is no such thing. */
function firstFilter(dimension: string, dimensions: readonly CubeDimension[]): FilterLeaf {
  const isYesOrNo = dimensions.find(({ name }) => name === dimension)?.type === 'boolean'
  return isYesOrNo ? { dimension, op: 'in', values: [false] } : { dimension, op: 'not_empty' }
}

interface LeafProps {
  readonly filter: FilterLeaf
  readonly cube: CubeEntry | undefined
  readonly dimension: CubeDimension | undefined
  readonly onChange: (filter: FilterLeaf) => void
}

const OPERATORS = Object.entries(OPERATOR_WORDS).map(([id, label]) => ({ id: id as FilterLeaf['op'], label }))

function Leaf({ filter, cube, dimension, onChange }: LeafProps): ReactElement {
  const { scope } = useEditorWorld()
  const name = dimension?.label ?? filter.dimension
  const type = dimension?.type === 'number' || dimension?.type === 'boolean' ? dimension.type : 'string'
  const known = operatorsFor(type)
  const offered = type === 'string' ? OPERATORS : OPERATORS.filter(({ id }) => known.includes(id))
  return (
    <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-1">
      <Choice
        label={`How to filter by ${name}`}
        value={filter.op}
        options={offered}
        onChange={(op) => onChange(withOperator(filter, op))}
      />
      {'values' in filter && (
        <DialogTrigger>
          <AriaButton className={VALUES} aria-label={`Values of ${name}`}>
            <span className="min-w-0 flex-1 truncate text-left">
              {filterWords(filter, () => name).values || 'Choose…'}
            </span>
            <ChevronDown size={14} aria-hidden className="shrink-0 text-faint" />
          </AriaButton>
          <PopoverDialog label={`Values of ${name}`} placement="bottom end" className="flex w-72 flex-col">
            <ValuePicker
              label={name}
              source={{ cube, dimension: filter.dimension, type }}
              scope={scope}
              selected={filter.values}
              isMultiple
              onChange={(values) => values.length > 0 && onChange({ ...filter, values: [...values] })}
            />
          </PopoverDialog>
        </DialogTrigger>
      )}
      {filter.op === 'range' && (
        <div className="grid grid-cols-2 gap-1">
          <NumberInput
            label={`${name} from`}
            placeholder="from"
            value={typeof filter.from === 'number' ? filter.from : undefined}
            onChange={(from) => onChange(withField(filter, 'from', from))}
          />
          <NumberInput
            label={`${name} below`}
            placeholder="below"
            value={typeof filter.to === 'number' ? filter.to : undefined}
            onChange={(to) => onChange(withField(filter, 'to', to))}
          />
        </div>
      )}
    </div>
  )
}

const VALUES =
  'flex h-8 min-w-0 items-center gap-1.5 rounded-md border border-line bg-surface px-2 hover:border-line-strong'
