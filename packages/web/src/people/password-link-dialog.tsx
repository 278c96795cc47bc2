import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { makePasswordLink, type Person } from '../api/people.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { OneTimeLinkView } from './one-time-link-view.tsx'

/** For somebody who has forgotten the password: an address to choose a new one by. */
export function PasswordLinkDialog({ person, onClose }: { person: Person; onClose: () => void }): ReactElement {
  const make = useMutation({ mutationFn: () => makePasswordLink(person.id) })
  const name = <bdi className="font-medium text-ink wrap-anywhere">{person.name || person.email}</bdi>
  return (
    <Dialog title={make.data ? 'Send this address' : 'A new password'} isOpen isSmall onClose={onClose}>
      {make.data ? (
        <OneTimeLinkView link={make.data} onClose={onClose}>
          {name} chooses a new password at this address. It works once, for a day; send it in a way that you trust. It
          is shown only now.
        </OneTimeLinkView>
      ) : (
        <div className="flex flex-col gap-4 p-4">
          <p className="text-pretty text-muted">
            This makes an address at which {name} can choose a new password. Until that is done, the old one goes on;
            then they are logged out everywhere else.
          </p>
          <FormError error={make.error} />
          <div className="flex justify-end gap-2">
            <Button onPress={onClose}>Cancel</Button>
            <Button look="primary" isDisabled={make.isPending} onPress={() => make.mutate()}>
              Make the address
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
