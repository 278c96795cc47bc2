import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Form } from 'react-aria-components'
import { ANNOTATIONS, createAnnotation } from '../../api/annotations.ts'
import { FormError } from '../../app/sign-in/entry-page.tsx'
import { fieldText } from '../../app/sign-in/form-data.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { annotationOfForm, localText } from './annotation-form.ts'

interface Props {
  /** Where it is entered first: RFC 3339. */
  readonly at: string
  readonly timezone: string
  /** The slug of the board, if it is saved. */
  readonly board: string | undefined
  readonly onClose: () => void
}

/** A moment, or a stretch of time, with a name: for all charts over time. */
export function AnnotationDialog({ at, timezone, board, onClose }: Props): ReactElement {
  const client = useQueryClient()
  const [isOwn, setOwn] = useState(false)
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      createAnnotation(
        annotationOfForm(
          {
            at: fieldText(form, 'at'),
            until: fieldText(form, 'until'),
            title: fieldText(form, 'title'),
            text: fieldText(form, 'text'),
            tags: fieldText(form, 'tags'),
          },
          timezone,
          isOwn ? board : undefined,
        ),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [ANNOTATIONS] })
      onClose()
    },
  })
  return (
    <Dialog title="Add an annotation" isOpen isSmall onClose={onClose}>
      <Form
        className="flex flex-col gap-4 overflow-auto p-4"
        onSubmit={(event) => {
          event.preventDefault()
          attempt.mutate(new FormData(event.currentTarget))
        }}
      >
        <TextField name="title" label="What happened" placeholder="Release 1.4" maxLength={500} isRequired autoFocus />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField name="at" type="datetime-local" label="When" defaultValue={localText(at, timezone)} isRequired />
          <TextField name="until" type="datetime-local" label="Until, if it lasted" />
        </div>
        <p className="-mt-2 text-sm text-muted">Times are those of {timezone}.</p>
        <TextField name="tags" label="Tags" placeholder="deploy, campaign" />
        <TextField name="text" label="More about it" rows={2} />
        {board !== undefined && (
          <Checkbox
            label="Only on this board"
            note="Otherwise every board shows it that covers its time."
            isSelected={isOwn}
            onChange={setOwn}
          />
        )}
        <FormError error={attempt.error} />
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isDisabled={attempt.isPending}>
            Add
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
