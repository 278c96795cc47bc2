import { Check, Search } from 'lucide-react'
import { type ReactElement, useId, useState } from 'react'
import { GridList, GridListItem, Input, SearchField } from 'react-aria-components'
import type { CubeEntry } from '../../api/cubes.ts'
import { SEARCH_INPUT } from '../../ui/list-search.tsx'

interface Props {
  readonly cube: CubeEntry
  readonly measures: readonly string[]
  readonly dimensions: readonly string[]
  readonly hasTime: boolean
  /** Why a name can't be chosen beside the others. */
  readonly refusals: ReadonlyMap<string, string>
  readonly onMeasures: (measures: string[]) => void
  readonly onDimensions: (dimensions: string[]) => void
  readonly onTime: (hasTime: boolean) => void
}

/** All that a cube can be asked: what is chosen is shown at once. */
export function FieldList(props: Props): ReactElement {
  const { cube, measures, dimensions, hasTime, refusals, onMeasures, onDimensions, onTime } = props
  const [typed, setTyped] = useState('')
  const found = <T extends Field>(fields: readonly T[]) => fields.filter((field) => isNamed(field, typed))
  const time = { name: TIME, label: 'Time', description: 'One row for each hour, day, week…' }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <SearchField
        aria-label="Search measures and dimensions"
        value={typed}
        onChange={setTyped}
        className="relative px-3 pb-2"
      >
        <Search size={14} aria-hidden className="absolute top-2.5 left-5.5 text-faint" />
        <Input placeholder="Search measures, dimensions…" className={SEARCH_INPUT} />
      </SearchField>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
        <Fields
          title="Measures"
          fields={found(cube.measures)}
          chosen={measures}
          refusals={refusals}
          isLastKept
          onChange={onMeasures}
        />
        <Fields
          title="Split by"
          fields={found([time, ...cube.dimensions])}
          chosen={[...(hasTime ? [TIME] : []), ...dimensions]}
          refusals={refusals}
          onChange={(names) => {
            if (names.includes(TIME) !== hasTime) onTime(!hasTime)
            else onDimensions(names.filter((name) => name !== TIME))
          }}
        />
      </div>
    </div>
  )
}

/** No dimension is called that. */
const TIME = ' time'

interface Field {
  readonly name: string
  readonly label: string
  readonly description?: string
}

interface FieldsProps {
  readonly title: string
  readonly fields: readonly Field[]
  readonly chosen: readonly string[]
  readonly refusals: ReadonlyMap<string, string>
  /** At least one is chosen. */
  readonly isLastKept?: boolean
  readonly onChange: (names: string[]) => void
}

function Fields({ title, fields, chosen, refusals, isLastKept = false, onChange }: FieldsProps): ReactElement {
  const id = useId()
  return (
    <section aria-labelledby={id} className="pt-2">
      <h2 id={id} className="px-2 pb-1 text-sm font-medium text-muted">
        {title}
      </h2>
      <GridList
        aria-labelledby={id}
        items={fields.map((field) => ({ ...field, id: field.name }))}
        dependencies={[refusals, chosen]}
        selectionMode="multiple"
        selectedKeys={chosen}
        // Escape would empty the question.
        escapeKeyBehavior="none"
        disallowEmptySelection={isLastKept}
        disabledKeys={fields.map(({ name }) => name).filter((name) => refusals.has(name) && !chosen.includes(name))}
        // What can't be chosen can be read.
        disabledBehavior="selection"
        onSelectionChange={(keys) => keys !== 'all' && onChange(inOrder(chosen, keys))}
        renderEmptyState={() => <p className="px-2 py-1 text-faint">Nothing has this in its name.</p>}
        className="flex flex-col outline-none"
      >
        {({ name, label, description }) => {
          const reason = chosen.includes(name) ? undefined : refusals.get(name)
          return (
            <GridListItem id={name} textValue={reason ? `${label}: ${reason}` : label} className={ITEM}>
              {({ isSelected }) => (
                <FieldLine
                  label={label}
                  note={reason ?? description}
                  isSelected={isSelected}
                  isRefused={reason !== undefined}
                />
              )}
            </GridListItem>
          )
        }}
      </GridList>
    </section>
  )
}

interface LineProps {
  readonly label: string
  readonly note: string | undefined
  readonly isSelected: boolean
  readonly isRefused: boolean
}

function FieldLine({ label, note, isSelected, isRefused }: LineProps): ReactElement {
  return (
    <>
      <span
        aria-hidden
        className={`${BOX} ${isSelected ? 'border-accent bg-accent' : 'border-line-strong bg-surface'}`}
      >
        {isSelected && <Check size={11} strokeWidth={3} />}
      </span>
      <span className="min-w-0 flex-1">
        <bdi
          className={`block truncate ${isRefused ? 'cursor-not-allowed' : ''} ${isSelected ? 'font-medium' : ''} ${isRefused ? 'text-faint' : ''}`}
        >
          {label}
        </bdi>
        {note && (
          <span className={`block text-sm text-pretty ${isRefused ? 'text-warning' : 'text-faint'}`}>{note}</span>
        )}
      </span>
    </>
  )
}

/** What was chosen before stays in its order; what is new comes last. */
export function inOrder(chosen: readonly string[], keys: ReadonlySet<string | number>): string[] {
  const names = [...keys].map(String)
  return [...chosen.filter((name) => names.includes(name)), ...names.filter((name) => !chosen.includes(name))]
}

/** All words that were typed, anywhere in its name or description. */
function isNamed({ name, label, description = '' }: Field, typed: string): boolean {
  const text = `${label} ${name.replaceAll('_', ' ')} ${description}`.toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

const BOX = 'mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border text-on-accent'
const ITEM = [
  'flex cursor-pointer items-start gap-2 rounded-md px-2 py-1.5 outline-none hover:bg-hover',
  'data-[focus-visible]:outline-2 data-[focus-visible]:-outline-offset-2',
].join(' ')
