import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { Form } from 'react-aria-components'
import { choosePassword, passwordLinkQuery } from '../api/people.ts'
import { sessionQuery } from '../api/queries.ts'
import { EntryPage, FormError } from '../app/entry-page.tsx'
import { fieldText } from '../app/form-data.ts'
import { Button } from '../ui/button.tsx'
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
      <Form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          choose.mutate(new FormData(event.currentTarget))
        }}
      >
        <input type="text" name="email" autoComplete="username" value={email} readOnly hidden />
        <NewPasswordField autoFocus />
        <FormError error={choose.error} />
        <Button look="primary" type="submit" className="h-9" isDisabled={choose.isPending}>
          {choose.isPending ? 'One moment…' : 'Set the password'}
        </Button>
      </Form>
    </EntryPage>
  )
}
