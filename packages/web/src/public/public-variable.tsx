import type { Variable } from '@almanac/core/boards/board.ts'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Autocomplete, ListBox } from 'react-aria-components'
import { toApiError } from '../api/api-error.ts'
import { publicValuesQuery } from '../api/public.ts'
import type { RangeProps } from '../dashboards/ranges/range-picker.tsx'
import { valueWords } from '../dashboards/toolbar/value-words.ts'
import { VariableMenu } from '../dashboards/toolbar/variable-menu.tsx'
import { containsBare } from '../ui/bare-text.ts'
import { ListSearch } from '../ui/list-search.tsx'
import { OptionItem } from '../ui/menu.tsx'

interface Props extends RangeProps {
  readonly token: string
  readonly variable: Variable
}

/** A variable of a shared board. Which values there are is looked up by the link, within the board's filters. */
export function PublicVariable({ token, variable, ...range }: Props): ReactElement {
  return (
    <VariableMenu variable={variable} {...range}>
      {(selected, onChange) => <Values token={token} variable={variable} selected={selected} onChange={onChange} />}
    </VariableMenu>
  )
}

interface ValuesProps extends Pick<Props, 'token' | 'variable'> {
  readonly selected: readonly string[]
  readonly onChange: (values: readonly string[]) => void
}

function Values({ token, variable: { name, label, isMultiple, values: own }, selected, onChange }: ValuesProps) {
  const found = useQuery(publicValuesQuery(token, name))
  // One that is taken away keeps its place while the list is open.
  const [chosen] = useState(selected)
  const items = [...new Set([...chosen, ...own, ...(found.data ?? [])])].map((id) => ({ id, text: wordsOf(id) }))
  return (
    <Autocomplete filter={containsBare}>
      <ListSearch label={`Search ${label}`} placeholder="Search values…" />
      <ListBox
        aria-label={label}
        className="h-64 min-h-0 flex-1 overflow-auto p-1 outline-none"
        items={items}
        selectionMode={isMultiple ? 'multiple' : 'single'}
        selectionBehavior="toggle"
        // Escape would take all values away instead of closing the list.
        escapeKeyBehavior="none"
        selectedKeys={selected}
        onSelectionChange={(keys) => onChange(items.map(({ id }) => id).filter((id) => keys === 'all' || keys.has(id)))}
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
  )
}

/** Which dimension it is of is not told, so a country stays its code. */
const wordsOf = (value: string) => valueWords('', value)
