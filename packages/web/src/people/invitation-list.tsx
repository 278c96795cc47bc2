import { formatAgo } from '@almanac/core/charts/format/format-time.ts'
import { type ReactElement, useId } from 'react'
import type { Invitation } from '../api/people.ts'
import { Button } from '../ui/button.tsx'
import { expiryWords } from './expiry-words.ts'
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
      <ul className="card divide-y divide-line">
        {invitations.map((invitation) => {
          const { email, name, role, invitedBy, createdAt, expiresAt } = invitation
          return (
            <li key={invitation.id} className="flex items-center gap-4 py-2 pr-2 pl-4">
              <div className="min-w-0 flex-1">
                <bdi title={name} className="block truncate font-medium">
                  {name}
                </bdi>
                <span title={email} className="block truncate text-sm text-muted">
                  {email}
                </span>
              </div>
              <div className="text-sm text-muted max-sm:hidden">
                <span className="block text-ink">{ROLE_WORDS[role].label}</span>
                <span className="figures block">
                  {invitedBy ?? 'Somebody who is gone'}, {formatAgo(Temporal.Instant.from(createdAt), now)}
                </span>
              </div>
              <span className="figures text-sm whitespace-nowrap text-muted sm:w-32">
                {expiryWords(expiresAt, now)}
              </span>
              <Button
                look="quiet"
                aria-label={`Withdraw the invitation of ${name}`}
                onPress={() => onWithdraw(invitation)}
              >
                Withdraw
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
