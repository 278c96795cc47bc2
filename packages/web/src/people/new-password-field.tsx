import type { ReactElement } from 'react'
import { TextField } from '../ui/text-field.tsx'

const SHORTEST_PASSWORD = 12

interface Props {
  readonly name?: string
  readonly label?: string
  readonly autoFocus?: boolean
}

export function NewPasswordField({ name = 'password', label = 'Password', autoFocus = false }: Props): ReactElement {
  return (
    <TextField
      name={name}
      type="password"
      label={label}
      description={`At least ${SHORTEST_PASSWORD} characters. A few random words are easy to remember and hard to guess.`}
      autoComplete="new-password"
      minLength={SHORTEST_PASSWORD}
      isRequired
      autoFocus={autoFocus}
    />
  )
}
