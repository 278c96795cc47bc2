import type { ReactElement } from 'react'
import { TextField as AriaTextField, Input, Label, Text, type TextFieldProps } from 'react-aria-components'

interface Props extends Omit<TextFieldProps, 'className' | 'style' | 'children'> {
  readonly label: string
  readonly description?: string
}

export function TextField({ label, description, ...props }: Props): ReactElement {
  return (
    <AriaTextField {...props} className="flex flex-col gap-1.5">
      <Label className="font-medium">{label}</Label>
      <Input className={INPUT} />
      {description && (
        <Text slot="description" className="text-sm text-muted">
          {description}
        </Text>
      )}
    </AriaTextField>
  )
}

const INPUT =
  'h-9 w-full rounded-md border border-line-strong bg-surface px-2.5 text-md text-ink outline-none placeholder:text-faint focus:border-accent focus:ring-1 focus:ring-accent'
