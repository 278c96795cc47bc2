import { type ReactElement, useState } from 'react'
import { TextInput } from './text-input.tsx'

interface Props {
  readonly label: string
  readonly value: readonly string[]
  readonly placeholder?: string
  readonly onChange: (value: string[]) => void
}

/** Names with commas between them. What is typed stays as it is, also a comma that no name follows yet. */
export function NamesInput({ label, value, placeholder, onChange }: Props): ReactElement {
  const [text, setText] = useState(value.join(', '))
  const isOurs = namesIn(text).join('\n') === value.join('\n')
  return (
    <TextInput
      label={label}
      value={isOurs ? text : value.join(', ')}
      placeholder={placeholder}
      onChange={(next) => {
        setText(next)
        onChange(namesIn(next))
      }}
    />
  )
}

function namesIn(text: string): string[] {
  const names = text.split(',').map((name) => name.trim())
  return [...new Set(names.filter(Boolean))]
}
