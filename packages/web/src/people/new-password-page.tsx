import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { choosePassword, passwordLinkQuery } from '../api/people.ts'
import { sessionQuery } from '../api/queries.ts'
import { EntryForm, EntryPage } from '../app/sign-in/entry-page.tsx'
import { fieldText } from '../app/sign-in/form-data.ts'
import { useTitle } from '../ui/use-title.ts'
import { NewPasswordField } from './new-password-field.tsx'
import { WaitingForLink } from './waiting-for-link.tsx'

const route = getRouteApi('/password/$token')

/** For somebody who has forgotten the password and got this address from an admin. */
export function NewPasswordPage(): ReactElement {
  const { token } = route.useParams()
  const client = useQueryClient()
  const router = useRouter()
  const found = useQuery(passwordLinkQuery(token))
  useTitle('A new password')
  const choose = useMutation({
    mutationFn: (form: FormData) => choosePassword(token, fieldText(form, 'password')),
    onSuccess: async (user) => {
      client.clear()
      client.setQueryData(sessionQuery.queryKey, user)
      await router.navigate({ to: '/', replace: true })
    },
  })
  if (!found.data) return <WaitingForLink error={found.error} what="address" retry={() => void found.refetch()} />
  const { email } = found.data
  return (
    <EntryPage
      title="A new password"
      intro={
        <>
          For <bdi className="font-medium text-ink wrap-anywhere">{email}</bdi>. Wherever else you are logged in, you
          are logged out.
        </>
      }
    >
      <EntryForm attempt={choose} button="Set the password">
        <input type="text" name="email" autoComplete="username" value={email} readOnly hidden />
        <NewPasswordField autoFocus />
      </EntryForm>
    </EntryPage>
  )
}
