import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import { formatNumber } from '@almanac/core/charts/format/format-number.ts'
import { type ReactElement, useDeferredValue, useState } from 'react'
import { Autocomplete, ListBox } from 'react-aria-components'
import { ListSearch } from '../../ui/list-search.tsx'
import { OptionItem } from '../../ui/menu.tsx'
import { useValues, type ValueSource } from './use-values.ts'
import { valueWords } from './value-words.ts'

type Scalar = string | number | boolean

interface Props {
  readonly label: string
  readonly source: ValueSource
  readonly scope: BoardScope
  readonly selected: readonly Scalar[]
  readonly isMultiple: boolean
  readonly onChange: (values: readonly Scalar[]) => void
}

/** Values of a dimension to choose from, with how often each occurs; what is typed can be chosen, too. */
export function ValuePicker({ label, source, scope, selected, isMultiple, onChange }: Props): ReactElement {
  const [typed, setTyped] = useState('')
  const found = useValues(source, scope, useDeferredValue(typed))
  const items = itemsOf(source, found.values ?? [], selected, typed)
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <ListSearch label={`Search ${label}`} placeholder="Search values…" isCombobox />
      <ListBox
        aria-label={label}
        className="h-64 min-h-0 flex-1 overflow-auto p-1 outline-none"
        items={items}
        selectionMode={isMultiple ? 'multiple' : 'single'}
        selectionBehavior="toggle"
        // Escape would take all values away instead of closing the list.
        escapeKeyBehavior="none"
        selectedKeys={selected.map(keyOf)}
        onSelectionChange={(keys) => {
          if (keys === 'all') return
          onChange(items.filter(({ id }) => keys.has(id)).map(({ value }) => value))
        }}
        renderEmptyState={() => <p className="p-3 text-muted">{emptyWords(found)}</p>}
      >
        {({ id, words, note }) => <OptionItem id={id} text={words} {...(note !== undefined && { note })} />}
      </ListBox>
      {found.hasMore && (
        <p className="border-t border-line px-3 py-1.5 text-sm text-muted">
          The most frequent; search finds the others.
        </p>
      )}
    </Autocomplete>
  )
}

const keyOf = (value: Scalar) => `${typeof value}:${value}`

/** The chosen ones first, also those that do not occur in this range. */
function itemsOf(
  { dimension, type }: ValueSource,
  values: readonly { readonly value: Scalar; readonly count: number }[],
  selected: readonly Scalar[],
  typed: string,
) {
  const wanted = typed.trim()
  const own = ownValue(wanted, type)
  const counts = new Map(values.map(({ value, count }) => [value, count]))
  const all = new Set([...selected, ...values.map(({ value }) => value), ...(own === undefined ? [] : [own])])
  return [...all]
    .map((value) => {
      const words = valueWords(dimension, value)
      const count = counts.get(value)
      return { id: keyOf(value), value, words, note: count === undefined ? undefined : formatNumber(count, 'integer') }
    })
    .filter(({ value, words }) => `${value} ${words}`.toLowerCase().includes(wanted.toLowerCase()))
}

/** What was typed as a value: a value that nobody has had yet can be filtered by. */
function ownValue(typed: string, type: ValueSource['type']): Scalar | undefined {
  if (typed === '' || type === 'boolean') return undefined
  if (type === 'string') return typed
  return Number.isFinite(Number(typed)) ? Number(typed) : undefined
}

function emptyWords({ values, problem }: ReturnType<typeof useValues>): string {
  if (problem) return problem
  return values === undefined ? 'Looking for values…' : 'No value has this in it.'
}
