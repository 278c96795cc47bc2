import type { ReactElement } from 'react'
import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  FieldError,
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
      <FieldError className="text-sm text-negative">{problem}</FieldError>
      {description && (
        <Text slot="description" className="text-sm text-muted">
          {description}
        </Text>
      )}
    </AriaTextField>
  )
}

const INPUT = [
  'w-full rounded-md border border-line-strong bg-surface px-2.5 text-md text-ink outline-none placeholder:text-faint',
  'focus:border-accent focus:ring-1 focus:ring-accent data-[invalid]:border-negative',
].join(' ')
