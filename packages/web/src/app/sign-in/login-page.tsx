import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { login } from '../../api/account.ts'
import { sessionQuery, setupQuery } from '../../api/queries.ts'
import { TextField } from '../../ui/text-field.tsx'
import { EntryForm, EntryPage } from './entry-page.tsx'
import { fieldText } from './form-data.ts'

const route = getRouteApi('/login')

export function LoginPage(): ReactElement {
  const { to = '/' } = route.useSearch()
  const client = useQueryClient()
  const router = useRouter()
  const setup = useQuery(setupQuery)
  const attempt = useMutation({
    mutationFn: (form: FormData) => login(fieldText(form, 'email'), fieldText(form, 'password')),
    onSuccess: (user) => {
      client.setQueryData(sessionQuery.queryKey, user)
      router.history.push(to)
    },
  })
  if (setup.data?.needed) return <SetupNeeded />
  return (
    <EntryPage title="Sign in">
      <EntryForm attempt={attempt} button="Sign in" pending="Signing in…">
        <TextField name="email" type="email" label="E-mail" autoComplete="username" isRequired autoFocus />
        <TextField name="password" type="password" label="Password" autoComplete="current-password" isRequired />
      </EntryForm>
    </EntryPage>
  )
}

function SetupNeeded(): ReactElement {
  return (
    <EntryPage title="Almost there">
      <div className="flex flex-col gap-3 text-pretty text-muted">
        <p>
          This Almanac has no account yet. The first one is made with the address that the server printed when it
          started:
        </p>
        <code className="rounded-sm bg-sunken px-2 py-1.5 font-mono text-sm break-all text-ink">
          {location.origin}/setup?token=…
        </code>
        <p>Look for it in the terminal in which Almanac runs.</p>
      </div>
    </EntryPage>
  )
}
