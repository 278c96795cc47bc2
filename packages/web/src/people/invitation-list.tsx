import { formatAgo } from '@almanac/core/charts/format/format-time.ts'
import { X } from 'lucide-react'
import { type ReactElement, useId } from 'react'
import type { Invitation } from '../api/people.ts'
import { Button } from '../ui/button.tsx'
import { expiryWords } from './expiry-words.ts'
import { PersonTable } from './person-table.tsx'
import { ROLE_WORDS } from './role-words.ts'

interface Props {
  readonly invitations: readonly Invitation[]
  readonly now: Temporal.Instant
  readonly onWithdraw: (invitation: Invitation) => void
}

/** Who may make an account; nothing while nobody may. */
export function InvitationList({ invitations, now, onWithdraw }: Props): ReactElement | null {
  const id = useId()
  if (invitations.length === 0) return null
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h2 id={id} className="font-semibold">
        Invited
      </h2>
      <div className="card overflow-x-auto">
        <PersonTable since="Link">
          {invitations.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} now={now} onWithdraw={onWithdraw} />
          ))}
        </PersonTable>
      </div>
    </section>
  )
}

interface RowProps extends Omit<Props, 'invitations'> {
  readonly invitation: Invitation
}

function InvitationRow({ invitation, now, onWithdraw }: RowProps): ReactElement {
  const { email, name, role, invitedBy, createdAt, expiresAt } = invitation
  const by = `${invitedBy ?? 'Somebody who is gone'}, ${formatAgo(Temporal.Instant.from(createdAt), now)}`
  return (
    <tr className="border-t border-line">
      <th scope="row" className="px-4 py-2 font-medium">
        <bdi title={name} className="block truncate">
          {name}
        </bdi>
        <span title={email} className="block truncate text-sm font-normal text-muted">
          {email}
        </span>
        <span className="figures block truncate text-sm font-normal text-faint md:hidden">
          {expiryWords(expiresAt, now)}
        </span>
      </th>
      <td className="figures px-4 py-2 max-md:hidden">
        <span className="block truncate text-muted">{expiryWords(expiresAt, now)}</span>
        <span title={`Invited by ${by}`} className="block truncate text-sm text-faint">
          {by}
        </span>
      </td>
      <td className="px-4.5 py-2">{ROLE_WORDS[role].label}</td>
      <td className="py-2 pr-2 text-right">
        <Button look="quiet" aria-label={`Withdraw the invitation of ${name}`} onPress={() => onWithdraw(invitation)}>
          <span className="max-md:hidden">Withdraw</span>
          <X size={16} aria-hidden className="md:hidden" />
        </Button>
      </td>
    </tr>
  )
}
