import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Form } from 'react-aria-components'
import { toApiError } from '../../api/api-error.ts'
import { dataSourcesQuery, saveDataSource } from '../../api/data-sources.ts'
import { FormError } from '../../app/sign-in/entry-page.tsx'
import { freshId } from '../../dashboards/edit/changes/fresh-id.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'

interface Props {
  readonly suggested: string
  /** The name of the one that the statement was opened from. */
  readonly source?: string | undefined
  readonly statement: { readonly sql: string; readonly parameters: Readonly<Record<string, string | string[]>> }
  readonly onClose: () => void
}

/** Saves a statement by name, for the widgets of any dashboard. */
export function SaveSourceDialog({ suggested, source: from, statement, onClose }: Props): ReactElement {
  const client = useQueryClient()
  const { data: sources = [] } = useQuery(dataSourcesQuery)
  const [label, setLabel] = useState(suggested)
  const [typed, setTyped] = useState(from)
  const name = typed ?? freshId(label, [], 'statement')
  const there = sources.find((source) => source.name === name)
  const saving = useMutation({
    mutationFn: () => saveDataSource(name, { label: label.trim(), ...statement }),
    onSuccess: () => client.invalidateQueries({ queryKey: dataSourcesQuery.queryKey }),
  })
  return (
    <Dialog title="Save as a data source" isSmall isOpen onClose={onClose}>
      {saving.isSuccess ? (
        <div className="flex flex-col gap-4 p-4">
          <p role="status" className="text-pretty">
            <bdi className="font-medium">{label.trim() || name}</bdi> is saved. In the editor of a dashboard, choose “A
            saved data source” for a widget.
          </p>
          <Button look="primary" className="self-end" onPress={onClose} autoFocus>
            Done
          </Button>
        </div>
      ) : (
        <Form
          className="flex flex-col gap-4 p-4"
          onSubmit={(event) => {
            event.preventDefault()
            saving.mutate()
          }}
        >
          <TextField label="Label" value={label} onChange={setLabel} maxLength={200} autoFocus />
          <TextField
            label="Name"
            description="Lower case letters, digits, - and _: widgets and the API know it by this."
            value={name}
            onChange={setTyped}
            isRequired
            maxLength={40}
          />
          {there && (
            <p className="rounded-md bg-warning-soft px-3 py-2 text-pretty text-warning">
              There is “{there.label}” of this name. Saving replaces it, at once for every widget that uses it.
            </p>
          )}
          <FormError error={saving.error && toApiError(saving.error)} />
          <div className="flex justify-end gap-2">
            <Button onPress={onClose}>Cancel</Button>
            <Button look="primary" type="submit" isDisabled={saving.isPending}>
              {there ? 'Replace' : 'Save'}
            </Button>
          </div>
        </Form>
      )}
    </Dialog>
  )
}
