import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { setUp } from '../../api/account.ts'
import { toApiError } from '../../api/api-error.ts'
import { sessionQuery, setupQuery } from '../../api/queries.ts'
import { NewPasswordField } from '../../people/new-password-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { EntryForm, EntryPage } from './entry-page.tsx'
import { fieldText } from './form-data.ts'

const route = getRouteApi('/setup')

/** Makes the first account. The token in the address shows that one can read the server's console. */
export function SetupPage(): ReactElement {
  const { token = '' } = route.useSearch()
  const client = useQueryClient()
  const router = useRouter()
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      setUp({
        token: token || fieldText(form, 'token').trim(),
        name: fieldText(form, 'name'),
        email: fieldText(form, 'email'),
        password: fieldText(form, 'password'),
      }),
    onSuccess: (user) => {
      client.setQueryData(sessionQuery.queryKey, user)
      client.setQueryData(setupQuery.queryKey, { needed: false })
      // The token is used up; it need not stay in the history.
      void router.navigate({ to: '/', replace: true })
    },
  })
  if (attempt.error && toApiError(attempt.error).code === 'conflict') return <AlreadyDone />
  return (
    <EntryPage title="Welcome to Almanac" intro="Make the first account. It is the administrator of this server.">
      <EntryForm attempt={attempt} button="Create account">
        {token === '' && (
          <TextField
            name="token"
            label="Token"
            description="From the address that the server printed when it started."
            autoComplete="off"
            isRequired
          />
        )}
        <TextField name="name" label="Name" autoComplete="name" isRequired autoFocus />
        <TextField name="email" type="email" label="E-mail" autoComplete="username" isRequired />
        <NewPasswordField />
      </EntryForm>
    </EntryPage>
  )
}

function AlreadyDone(): ReactElement {
  return (
    <EntryPage title="Already set up" intro="The first account was made before, so this address does nothing any more.">
      <Link to="/login" className="font-medium text-accent-ink underline underline-offset-2">
        Go to the sign-in page
      </Link>
    </EntryPage>
  )
}
