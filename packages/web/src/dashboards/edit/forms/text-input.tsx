import type { ReactElement } from 'react'
import { Input, TextArea, TextField } from 'react-aria-components'
import { INPUT } from './number-input.tsx'

interface Props {
  readonly label: string
  readonly value: string
  readonly placeholder?: string | undefined
  /** With it, the field takes many lines. */
  readonly rows?: number | undefined
  readonly isCode?: boolean
  readonly isInvalid?: boolean
  readonly onChange: (value: string) => void
  readonly onBlur?: () => void
}

/** A small text field without a name of its own to see (see `Field`). */
export function TextInput({
  label,
  value,
  placeholder,
  rows,
  isCode,
  isInvalid,
  onChange,
  onBlur,
}: Props): ReactElement {
  const look = isCode ? 'font-mono text-sm' : ''
  return (
    <TextField
      aria-label={label}
      value={value}
      onChange={onChange}
      validationBehavior="aria"
      {...(isInvalid && { isInvalid })}
      {...(onBlur && { onBlur })}
      className="min-w-0 flex-1"
    >
      {rows === undefined ? (
        <Input className={`${INPUT} ${look}`} placeholder={placeholder ?? ''} spellCheck={!isCode} />
      ) : (
        <TextArea
          className={`${INPUT} h-auto resize-y py-1.5 ${look}`}
          rows={rows}
          placeholder={placeholder ?? ''}
          spellCheck={!isCode}
        />
      )}
    </TextField>
  )
}
