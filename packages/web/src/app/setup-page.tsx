import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { Form } from 'react-aria-components'
import { setUp } from '../api/account.ts'
import { toApiError } from '../api/api-error.ts'
import { sessionQuery, setupQuery } from '../api/queries.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { EntryPage, FormError } from './entry-page.tsx'
import { fieldText } from './form-data.ts'

const route = getRouteApi('/setup')
const SHORTEST_PASSWORD = 12

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
      <Form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          attempt.mutate(new FormData(event.currentTarget))
        }}
      >
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
        <TextField
          name="password"
          type="password"
          label="Password"
          description={`At least ${SHORTEST_PASSWORD} characters. A few random words are easy to remember and hard to guess.`}
          autoComplete="new-password"
          minLength={SHORTEST_PASSWORD}
          isRequired
        />
        <FormError error={attempt.error} />
        <Button look="primary" type="submit" className="h-9" isDisabled={attempt.isPending}>
          {attempt.isPending ? 'One moment…' : 'Create account'}
        </Button>
      </Form>
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
