import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { acceptInvitation, invitationQuery } from '../api/people.ts'
import { sessionQuery } from '../api/queries.ts'
import { EntryForm, EntryPage } from '../app/sign-in/entry-page.tsx'
import { fieldText } from '../app/sign-in/form-data.ts'
import { TextField } from '../ui/text-field.tsx'
import { useTitle } from '../ui/use-title.ts'
import { NewPasswordField } from './new-password-field.tsx'
import { ROLE_WORDS } from './role-words.ts'
import { WaitingForLink } from './waiting-for-link.tsx'

const route = getRouteApi('/invitations/$token')

/** Whoever has the address makes the account that it is for. */
export function InvitationPage(): ReactElement {
  const { token } = route.useParams()
  const client = useQueryClient()
  const router = useRouter()
  const invited = useQuery(invitationQuery(token))
  useTitle('Invitation')
  const accept = useMutation({
    mutationFn: (form: FormData) =>
      acceptInvitation(token, { name: fieldText(form, 'name').trim(), password: fieldText(form, 'password') }),
    onSuccess: async (user) => {
      client.clear()
      client.setQueryData(sessionQuery.queryKey, user)
      // The token is used up; it need not stay in the history.
      await router.navigate({ to: '/', replace: true })
    },
  })
  if (!invited.data) {
    return <WaitingForLink error={invited.error} what="invitation" retry={() => void invited.refetch()} />
  }
  const { email, name, role } = invited.data
  return (
    <EntryPage
      title="Welcome to Almanac"
      intro={
        <>
          You are invited as <bdi className="font-medium text-ink wrap-anywhere">{email}</bdi>, with the role{' '}
          {ROLE_WORDS[role].label}.
        </>
      }
    >
      <EntryForm attempt={accept} button="Create account">
        {/* Not shown: a manager of passwords keeps the new one under it. */}
        <input type="text" name="email" autoComplete="username" value={email} readOnly hidden />
        <TextField name="name" label="Name" autoComplete="name" defaultValue={name} maxLength={200} isRequired />
        <NewPasswordField autoFocus />
      </EntryForm>
    </EntryPage>
  )
}
