import type { ReactElement } from 'react'
import { TextField } from '../ui/text-field.tsx'

const SHORTEST_PASSWORD = 12

export function NewPasswordField({ autoFocus = false }: { autoFocus?: boolean }): ReactElement {
  return (
    <TextField
      name="password"
      type="password"
      label="Password"
      description={`At least ${SHORTEST_PASSWORD} characters. A few random words are easy to remember and hard to guess.`}
      autoComplete="new-password"
      minLength={SHORTEST_PASSWORD}
      isRequired
      autoFocus={autoFocus}
    />
  )
}
