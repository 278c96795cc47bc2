import { type LucideIcon, Search } from 'lucide-react'
import type { ReactElement } from 'react'
import { Input, SearchField, type SearchFieldProps } from 'react-aria-components'

interface Props extends Pick<SearchFieldProps, 'value' | 'onChange' | 'autoFocus'> {
  readonly label: string
  readonly placeholder?: string
  readonly icon?: LucideIcon
  /** The arrow keys choose in the list below while one types. */
  readonly isCombobox?: boolean
}

/** Above a list: what is typed is looked for in it. */
export function ListSearch({
  label,
  placeholder = 'Search…',
  icon: Icon = Search,
  isCombobox = false,
  autoFocus = true,
  ...typed
}: Props): ReactElement {
  return (
    <SearchField {...typed} aria-label={label} autoFocus={autoFocus} className="relative border-b border-line p-2">
      <Icon size={14} aria-hidden className="absolute top-4.5 left-4.5 text-faint" />
      <Input
        {...(isCombobox && { role: 'combobox', 'aria-expanded': true })}
        placeholder={placeholder}
        className={SEARCH_INPUT}
      />
    </SearchField>
  )
}

export const SEARCH_INPUT =
  'h-8 w-full rounded-md bg-sunken pr-2 pl-7.5 outline-none placeholder:text-faint focus:ring-1 focus:ring-accent [&::-webkit-search-cancel-button]:hidden'
