import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Form } from 'react-aria-components'
import { FormError } from '../../app/sign-in/entry-page.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'

interface Props {
  readonly title: string
  readonly label: string
  readonly value?: string
  readonly action: string
  readonly save: (name: string) => Promise<unknown>
  readonly onClose: () => void
}

/** Asks for a name, and stays open until the server has taken it. */
export function NameDialog({ title, label, value = '', action, save, onClose }: Props): ReactElement {
  const [name, setName] = useState(value)
  const saving = useMutation({ mutationFn: () => save(name.trim()), onSuccess: onClose })
  return (
    <Dialog title={title} isOpen isSmall onClose={onClose}>
      <Form
        className="flex flex-col gap-4 p-4"
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <TextField label={label} value={name} maxLength={500} autoFocus onChange={setName} />
        <FormError error={saving.error} />
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            isDisabled={name.trim() === '' || name.trim() === value || saving.isPending}
          >
            {action}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
