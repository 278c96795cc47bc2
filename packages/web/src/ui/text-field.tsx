import { type ReactElement, useContext, useState } from 'react'
import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  FieldError,
  FieldErrorContext,
  Input,
  Label,
  Text,
  type TextFieldProps,
} from 'react-aria-components'

interface Props extends Omit<TextFieldProps, 'className' | 'style' | 'children' | 'isInvalid'> {
  readonly label: string
  readonly description?: string
  /** What the server said about this field. Give `validationBehavior="aria"` too, or the browser keeps the form back. */
  readonly problem?: string | undefined
  readonly placeholder?: string
  /** With it, the field takes many lines. */
  readonly rows?: number
}

export function TextField({ label, description, problem, placeholder = '', rows, ...props }: Props): ReactElement {
  return (
    <AriaTextField
      {...props}
      {...(problem !== undefined && { isInvalid: true })}
      className="flex min-w-0 flex-col gap-1.5"
    >
      <Label className="font-medium">{label}</Label>
      {rows === undefined ? (
        <Input className={`${INPUT} h-9`} placeholder={placeholder} />
      ) : (
        <AriaTextArea className={`${INPUT} py-1.5 font-mono text-sm`} rows={rows} placeholder={placeholder} />
      )}
      <FieldNote description={description} problem={problem} />
    </AriaTextField>
  )
}

interface NoteProps {
  readonly description: string | undefined
  readonly problem: string | undefined
}

/**
 * The description, and in its place what is wrong. The room that a problem had stays when it is gone: that is so as soon as the field
 * loses the focus, which is when the mouse goes down on a button below, and the button must still be there when it comes up.
 */
function FieldNote({ description, problem }: NoteProps): ReactElement {
  const state = useContext(FieldErrorContext)
  const isInvalid = state?.isInvalid ?? false
  const words = isInvalid ? (problem ?? state?.validationErrors.join(' ') ?? '') : ''
  const [lastWords, setLastWords] = useState('')
  if (words && words !== lastWords) setLastWords(words)
  return (
    <div className="grid text-sm *:[grid-area:1/1] empty:hidden">
      {description && (
        <Text slot="description" className={`text-muted ${isInvalid ? 'invisible' : ''}`}>
          {description}
        </Text>
      )}
      <FieldError className="text-negative">{problem}</FieldError>
      {!isInvalid && lastWords && (
        <span aria-hidden className="invisible">
          {lastWords}
        </span>
      )}
    </div>
  )
}

const INPUT = [
  'w-full rounded-md border border-line-strong bg-surface px-2.5 text-md text-ink outline-none placeholder:text-faint',
  'focus:border-accent focus:ring-1 focus:ring-accent data-[invalid]:border-negative',
].join(' ')
