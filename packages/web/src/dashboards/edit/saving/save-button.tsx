import { ChevronDown } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { DialogTrigger, Form } from 'react-aria-components'
import { Button } from '../../../ui/button.tsx'
import { PopoverDialog } from '../../../ui/popover.tsx'
import { TextField } from '../../../ui/text-field.tsx'

interface Props {
  readonly isNew: boolean
  readonly isChanged: boolean
  readonly isSaving: boolean
  readonly onSave: (note?: string) => void
}

/** Saves at once, or with a note for those who look at the versions later. */
export function SaveButton({ isNew, isChanged, isSaving, onSave }: Props): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const [note, setNote] = useState('')
  return (
    <div className="flex">
      <Button
        look="primary"
        className="rounded-r-none"
        isDisabled={!isChanged || isSaving}
        onPress={() => onSave()}
        aria-keyshortcuts="Control+S Meta+S"
      >
        {isSaving ? 'Saving…' : isChanged || isNew ? 'Save' : 'Saved'}
      </Button>
      <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <Button
          look="primary"
          aria-label="Save with a note"
          isIcon
          className="rounded-l-none border-l border-on-accent/30"
          isDisabled={!isChanged || isSaving}
        >
          <ChevronDown size={14} aria-hidden />
        </Button>
        <PopoverDialog label="Save with a note" placement="bottom end" className="w-80">
          <Form
            className="flex flex-col gap-3 p-3"
            onSubmit={(event) => {
              event.preventDefault()
              setOpen(false)
              setNote('')
              onSave(note.trim() || undefined)
            }}
          >
            <TextField
              label="What has changed"
              description="Shown beside this version."
              value={note}
              maxLength={500}
              autoFocus
              onChange={setNote}
            />
            <Button look="primary" type="submit" className="self-end">
              Save
            </Button>
          </Form>
        </PopoverDialog>
      </DialogTrigger>
    </div>
  )
}
