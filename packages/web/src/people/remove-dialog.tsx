import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { type Invitation, type Person, peopleQuery, removePerson, withdrawInvitation } from '../api/people.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

interface RemoveProps {
  readonly person: Person
  readonly isMe: boolean
  readonly onClose: () => void
}

export function RemoveDialog({ person, isMe, onClose }: RemoveProps): ReactElement {
  const name = <bdi className="font-medium wrap-anywhere">{person.name || person.email}</bdi>
  return (
    <EndDialog
      title={isMe ? 'Remove yourself?' : 'Remove this person?'}
      verb="Remove"
      onClose={onClose}
      end={async () => {
        await removePerson(person.id)
        if (isMe) location.assign('/login')
      }}
    >
      {isMe ? 'You are' : <>{name} is</>} logged out at once, everywhere. Boards that others can see stay, private ones
      become the admins’; links to boards and API keys go on.
    </EndDialog>
  )
}

export function WithdrawDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }): ReactElement {
  return (
    <EndDialog
      title="Withdraw this invitation?"
      verb="Withdraw"
      onClose={onClose}
      end={() => withdrawInvitation(invitation.id)}
    >
      The address that was made for <bdi className="font-medium wrap-anywhere">{invitation.email}</bdi> leads nowhere
      from then on.
    </EndDialog>
  )
}

interface EndProps {
  readonly title: string
  readonly verb: string
  readonly end: () => Promise<void>
  readonly onClose: () => void
  readonly children: ReactNode
}

function EndDialog({ title, verb, end, onClose, children }: EndProps): ReactElement {
  const client = useQueryClient()
  const ending = useMutation({
    mutationFn: end,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: peopleQuery.queryKey })
      onClose()
    },
  })
  return (
    <Dialog title={title} isOpen isSmall onClose={onClose}>
      <div className="flex flex-col gap-4 p-4">
        <p className="text-pretty">{children}</p>
        <FormError error={ending.error} />
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>Cancel</Button>
          <Button look="danger" isDisabled={ending.isPending} onPress={() => ending.mutate()}>
            {verb}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
