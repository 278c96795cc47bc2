import { type ReactElement, useState } from 'react'
import { Form } from 'react-aria-components'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/text-field.tsx'

interface Props {
  readonly title: string
  readonly label: string
  readonly value: string
  /** `undefined`: it keeps its name. */
  readonly onDone: (value: string | undefined) => void
}

export function RenameDialog({ title, label, value, onDone }: Props): ReactElement {
  const [text, setText] = useState(value)
  return (
    <Dialog title={title} isOpen isSmall onClose={() => onDone(undefined)}>
      <Form
        className="flex flex-col gap-4 p-4"
        onSubmit={(event) => {
          event.preventDefault()
          onDone(text.trim())
        }}
      >
        <TextField label={label} value={text} maxLength={500} autoFocus onChange={setText} />
        <Button look="primary" type="submit" className="self-end" isDisabled={text.trim() === ''}>
          Rename
        </Button>
      </Form>
    </Dialog>
  )
}
