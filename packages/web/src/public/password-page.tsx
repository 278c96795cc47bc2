import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { unlockPublicBoard } from '../api/public.ts'
import { EntryForm, EntryPage } from '../app/sign-in/entry-page.tsx'
import { fieldText } from '../app/sign-in/form-data.ts'
import { TextField } from '../ui/text-field.tsx'
import { useTitle } from '../ui/use-title.ts'

interface Props {
  readonly token: string
  readonly isEmbedded: boolean
  /** The password was right. When the page is still shown after it, the browser has kept nothing. */
  readonly onUnlocked: () => void
}

/** Before anything of the board is told. */
export function PasswordPage({ token, isEmbedded, onUnlocked }: Props): ReactElement {
  useTitle('Password needed')
  const unlock = useMutation({
    mutationFn: (form: FormData) => unlockPublicBoard(token, fieldText(form, 'password')),
    onSuccess: onUnlocked,
  })
  return (
    <EntryPage title="This board needs a password" intro="Whoever gave you the address knows it.">
      <EntryForm attempt={unlock} button="Show the board">
        <TextField
          name="password"
          type="password"
          label="Password"
          autoComplete="current-password"
          isRequired
          autoFocus={!isEmbedded}
        />
        {unlock.isSuccess && isEmbedded && (
          <p role="alert" className="rounded-md bg-warning-soft px-3 py-2 text-pretty text-warning">
            The password is right, but inside of this page your browser keeps nothing. If the board does not appear,{' '}
            <a href={`/public/${token}`} target="_blank" rel="noreferrer" className="font-medium underline">
              open it in a window of its own
            </a>
            .
          </p>
        )}
      </EntryForm>
    </EntryPage>
  )
}
