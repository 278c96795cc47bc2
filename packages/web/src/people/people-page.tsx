import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { type Invitation, type Person, peopleQuery } from '../api/people.ts'
import { sessionQuery } from '../api/queries.ts'
import { NotForRolePage } from '../app/errors/not-for-role-page.tsx'
import { useIsAdmin } from '../app/rights.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { loadable } from '../widgets/loadable.ts'
import { InvitationList } from './invitation-list.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { PasswordLinkDialog } from './password-link-dialog.tsx'
import { PersonList } from './person-list.tsx'
import { RemoveDialog, WithdrawDialog } from './remove-dialog.tsx'
import { ROLE_CARDS } from './role-words.ts'

type Open =
  | { readonly what: 'invite' }
  | { readonly what: 'remove' | 'password'; readonly person: Person }
  | { readonly what: 'withdraw'; readonly invitation: Invitation }

/** Everybody with an account, what each may do, and who may make one. */
export function PeoplePage(): ReactElement {
  const isAdmin = useIsAdmin()
  const { data: me } = useQuery(sessionQuery)
  const people = useQuery({ ...peopleQuery, enabled: isAdmin })
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  if (!isAdmin) {
    return (
      <NotForRolePage title="People" reason="Only admins see who has an account">
        Ask one of them to invite somebody, or for a new password.
      </NotForRolePage>
    )
  }
  const now = Temporal.Now.instant()
  return (
    <Page
      title="People"
      intro="Everybody who works with Almanac has an account of their own. What each may do, their role says."
      actions={
        <Button look="primary" onPress={() => setOpen({ what: 'invite' })}>
          <UserPlus size={14} aria-hidden /> Invite
        </Button>
      }
    >
      <PersonList
        people={loadable(people, (found) => found.people)}
        me={me?.id}
        now={now}
        onPassword={(person) => setOpen({ what: 'password', person })}
        onRemove={(person) => setOpen({ what: 'remove', person })}
      />
      <InvitationList
        invitations={people.data?.invitations ?? []}
        now={now}
        onWithdraw={(invitation) => setOpen({ what: 'withdraw', invitation })}
      />
      <RoleNotes />
      {open?.what === 'invite' && <InviteDialog onClose={close} />}
      {open?.what === 'password' && <PasswordLinkDialog person={open.person} onClose={close} />}
      {open?.what === 'remove' && (
        <RemoveDialog person={open.person} isMe={open.person.id === me?.id} onClose={close} />
      )}
      {open?.what === 'withdraw' && <WithdrawDialog invitation={open.invitation} onClose={close} />}
    </Page>
  )
}

function RoleNotes(): ReactElement {
  return (
    <dl className="grid gap-x-6 gap-y-3 pt-2 sm:grid-cols-3">
      {ROLE_CARDS.map(({ id, label, note }) => (
        <div key={id}>
          <dt className="font-medium">{label}</dt>
          <dd className="text-pretty text-muted">{note}</dd>
        </div>
      ))}
    </dl>
  )
}
