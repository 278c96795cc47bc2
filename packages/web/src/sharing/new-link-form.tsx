import type { Board } from '@almanac/core/boards/board.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Form } from 'react-aria-components'
import { createShareLink, type MadeShareLink, type NewShareLink, shareLinksQuery } from '../api/sharing.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { fieldText } from '../app/sign-in/form-data.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Labelled } from '../ui/labelled.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { choicesOf, EXPIRIES, type Expiry, expiresAtOf } from './share-words.ts'

interface Props {
  readonly slug: string
  readonly board: Board
  readonly onBack: () => void
  readonly onMade: (made: MadeShareLink) => void
}

/** For whom a link is, for how long, and what may be chosen with it. */
export function NewLinkForm({ slug, board, onBack, onMade }: Props): ReactElement {
  const client = useQueryClient()
  const [allow, setAllow] = useState<readonly string[]>([])
  const [expiry, setExpiry] = useState<Expiry>('never')
  const make = useMutation({
    mutationFn: (link: NewShareLink) => createShareLink(slug, link),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: shareLinksQuery(slug).queryKey })
      onMade(made)
    },
  })
  const submit = (form: FormData) => {
    const password = fieldText(form, 'password')
    const expiresAt = expiresAtOf(expiry, Temporal.Now.zonedDateTimeISO())
    make.mutate({
      label: fieldText(form, 'label').trim(),
      ...(password && { password }),
      ...(expiresAt && { expiresAt }),
      allow,
      timezone: board.timezone ?? Temporal.Now.timeZoneId(),
    })
  }
  return (
    <Form
      className="flex flex-col gap-5 p-4"
      onSubmit={(event) => {
        event.preventDefault()
        submit(new FormData(event.currentTarget))
      }}
    >
      <TextField
        name="label"
        label="For whom"
        description="To tell links apart; its readers do not see it."
        maxLength={200}
        autoFocus
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 font-medium">They may choose</legend>
        <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
          {choicesOf(board).map(({ id, label }) => (
            <Checkbox
              key={id}
              label={label}
              isSelected={allow.includes(id)}
              onChange={(isChosen) => setAllow(isChosen ? [...allow, id] : allow.filter((one) => one !== id))}
            />
          ))}
        </div>
        <p className="text-sm text-pretty text-muted">
          All else stays as it is on the board: its filters always hold, and other figures can’t be asked for.
        </p>
      </fieldset>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Labelled label="Expires">
          <Select label="Expires" value={expiry} options={EXPIRIES} isField onChange={setExpiry} />
        </Labelled>
        <TextField
          name="password"
          label="Password, if you want one"
          description="At least 6 characters. Tell it by another way than the link."
          autoComplete="off"
          minLength={6}
          maxLength={1024}
        />
      </div>
      <FormError error={make.error} />
      <div className="flex justify-end gap-2">
        <Button onPress={onBack}>Back</Button>
        <Button look="primary" type="submit" isDisabled={make.isPending}>
          {make.isPending ? 'One moment…' : 'Make the link'}
        </Button>
      </div>
    </Form>
  )
}
