import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { changePassword, renameAccount } from '../api/account.ts'
import { boardsQuery } from '../api/boards.ts'
import { peopleQuery } from '../api/people.ts'
import { sessionQuery } from '../api/queries.ts'
import { fieldText } from '../app/sign-in/form-data.ts'
import { NewPasswordField } from '../people/new-password-field.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import { AccountForm } from './account-form.tsx'

/** What people change about their own account: the name, and the password. */
export default function AccountDialog({ onClose }: { onClose: () => void }): ReactElement {
  return (
    <Dialog title="Account" isOpen isSmall onClose={onClose}>
      <div className="flex min-h-0 flex-col divide-y divide-line overflow-y-auto">
        <NameForm />
        <PasswordForm />
      </div>
    </Dialog>
  )
}

function NameForm(): ReactElement {
  const client = useQueryClient()
  const { data: user } = useQuery(sessionQuery)
  const rename = useMutation({
    mutationFn: (form: HTMLFormElement) => renameAccount(fieldText(new FormData(form), 'name').trim()),
    onSuccess: (renamed) => {
      client.setQueryData(sessionQuery.queryKey, renamed)
      // Where the names of people stand.
      void client.invalidateQueries({ queryKey: peopleQuery.queryKey })
      void client.invalidateQueries({ queryKey: boardsQuery.queryKey })
    },
  })
  return (
    <AccountForm attempt={rename} button="Save the name" done="The name is saved.">
      <TextField
        name="name"
        label="Name"
        autoComplete="name"
        defaultValue={user?.name ?? ''}
        maxLength={200}
        isRequired
      />
    </AccountForm>
  )
}

function PasswordForm(): ReactElement {
  const { data: user } = useQuery(sessionQuery)
  const change = useMutation({
    mutationFn: (form: HTMLFormElement) => {
      const fields = new FormData(form)
      return changePassword(fieldText(fields, 'current'), fieldText(fields, 'next'))
    },
    onSuccess: (_, form) => form.reset(),
  })
  return (
    <AccountForm
      attempt={change}
      button="Change the password"
      done="The password is changed. Wherever else you were logged in, you are logged out."
    >
      {/* Not shown: a manager of passwords keeps the new one under it. */}
      <input type="text" name="email" autoComplete="username" value={user?.email ?? ''} readOnly hidden />
      <TextField
        name="current"
        type="password"
        label="Current password"
        autoComplete="current-password"
        maxLength={1024}
        isRequired
      />
      <NewPasswordField name="next" label="New password" />
    </AccountForm>
  )
}
