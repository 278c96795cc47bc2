import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Form } from 'react-aria-components'
import { invitePerson, type NewInvitation, peopleQuery, type Role } from '../api/people.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { fieldText } from '../app/sign-in/form-data.ts'
import { Button } from '../ui/button.tsx'
import { ChoiceCards } from '../ui/choice-cards.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import { OneTimeLinkView } from './one-time-link-view.tsx'
import { ROLE_CARDS } from './role-words.ts'

/** Asks whom, makes the invitation, and shows its address once. */
export function InviteDialog({ onClose }: { onClose: () => void }): ReactElement {
  const client = useQueryClient()
  const invite = useMutation({
    mutationFn: invitePerson,
    onSuccess: () => void client.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  })
  return (
    <Dialog title={invite.data ? 'Send this address' : 'Invite somebody'} isOpen isSmall onClose={onClose}>
      {invite.data ? (
        <OneTimeLinkView link={invite.data} onClose={onClose}>
          <bdi className="font-medium wrap-anywhere">{invite.variables.name}</bdi> chooses a password at this address.
          It works once, for a week; send it in a way that you trust. It is shown only now.
        </OneTimeLinkView>
      ) : (
        <InviteForm error={invite.error} isPending={invite.isPending} onSubmit={invite.mutate} />
      )}
    </Dialog>
  )
}

interface FormProps {
  readonly error: unknown
  readonly isPending: boolean
  readonly onSubmit: (invitation: NewInvitation) => void
}

function InviteForm({ error, isPending, onSubmit }: FormProps): ReactElement {
  const [role, setRole] = useState<Role>('viewer')
  return (
    <Form
      className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4"
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        onSubmit({ email: fieldText(form, 'email').trim(), name: fieldText(form, 'name').trim(), role })
      }}
    >
      <TextField name="email" type="email" label="E-mail" autoComplete="off" isRequired autoFocus />
      <TextField name="name" label="Name" autoComplete="off" maxLength={200} isRequired />
      <ChoiceCards label="Role" value={role} options={ROLE_CARDS} onChange={setRole} />
      <FormError error={error} />
      <Button look="primary" type="submit" className="self-end" isDisabled={isPending}>
        {isPending ? 'One moment…' : 'Make the invitation'}
      </Button>
    </Form>
  )
}
