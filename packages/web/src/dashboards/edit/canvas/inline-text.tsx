import type { ReactElement } from 'react'
import { Input, TextField } from 'react-aria-components'

interface Props {
  readonly label: string
  readonly value: string
  readonly placeholder: string
  readonly isHeading?: boolean
  /** It was not written by anybody yet: it is selected, to be written over. */
  readonly isDefault?: boolean
  readonly onChange: (value: string) => void
}

/** Text that is written where it stands, as large as it will be. */
export function InlineText({
  label,
  value,
  placeholder,
  isHeading = false,
  isDefault = false,
  onChange,
}: Props): ReactElement {
  return (
    <TextField
      aria-label={label}
      value={value}
      onChange={(text) => onChange(text.slice(0, 500))}
      className={isHeading ? 'min-w-0 flex-1' : 'max-w-full min-w-0 grow'}
    >
      <Input
        placeholder={placeholder}
        onFocus={(event) => isDefault && event.currentTarget.select()}
        // The click that brings the focus would put the caret into the selected words.
        onMouseDown={(event) => {
          if (!isDefault || document.activeElement === event.currentTarget) return
          event.preventDefault()
          event.currentTarget.focus()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
        }}
        className={`${INPUT} ${isHeading ? 'h-8 text-lg font-semibold tracking-tight' : 'h-7'}`}
      />
    </TextField>
  )
}

const INPUT = [
  '-mx-1.5 w-full max-w-full min-w-24 field-sizing-content rounded-md border border-transparent bg-transparent px-1.5 outline-none',
  'placeholder:text-faint hover:border-line hover:bg-surface focus:border-accent focus:bg-surface',
].join(' ')
