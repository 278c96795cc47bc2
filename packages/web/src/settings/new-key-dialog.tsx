import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Form } from 'react-aria-components'
import { createKey, type KeyScope, keysQuery } from '../api/keys.ts'
import { createSource, sourcesQuery } from '../api/sources.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { fieldText } from '../app/sign-in/form-data.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Labelled } from '../ui/labelled.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { CopyButton } from './copy-button.tsx'
import { SCOPE_LABELS } from './key-list.tsx'
import { trackerSnippet } from './tracker-snippet.ts'

const SCOPES = (['ingest', 'read', 'admin'] as const).map((id) => ({ id, label: SCOPE_LABELS[id] }))
/** Not a name that a source can have. */
const NEW_SOURCE = ' '

/** Asks what the key is for, makes it, and shows it once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }): ReactElement {
  const client = useQueryClient()
  const make = useMutation({
    mutationFn: async ({ name, scope, source, isNewSource }: Answers) => {
      if (scope !== 'ingest') return createKey({ name, scopes: [scope] })
      if (isNewSource) await createSource({ name: source, label: source })
      return createKey({ name, scopes: [scope], source })
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keysQuery.queryKey })
      void client.invalidateQueries({ queryKey: sourcesQuery.queryKey })
    },
  })
  return (
    <Dialog title={make.data ? 'Copy the key now' : 'New key'} isOpen isSmall onClose={onClose}>
      {make.data ? (
        <SecretView secret={make.data} canSend={make.variables.scope === 'ingest'} onClose={onClose} />
      ) : (
        <KeyForm error={make.error} isPending={make.isPending} onSubmit={make.mutate} />
      )}
    </Dialog>
  )
}

interface Answers {
  readonly name: string
  readonly scope: KeyScope
  readonly source: string
  readonly isNewSource: boolean
}

interface FormProps {
  readonly error: unknown
  readonly isPending: boolean
  readonly onSubmit: (answers: Answers) => void
}

function KeyForm({ error, isPending, onSubmit }: FormProps): ReactElement {
  const { data: sources = [] } = useQuery(sourcesQuery)
  const [scope, setScope] = useState<KeyScope>('ingest')
  const [chosen, setChosen] = useState<string>()
  const source = chosen ?? sources[0]?.name ?? NEW_SOURCE
  const isNewSource = source === NEW_SOURCE
  return (
    <Form
      className="flex flex-col gap-4 p-4"
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        const name = fieldText(form, 'name').trim()
        onSubmit({ name, scope, source: isNewSource ? fieldText(form, 'source').trim() : source, isNewSource })
      }}
    >
      <TextField
        name="name"
        label="Name"
        description="Which program will use it."
        maxLength={200}
        isRequired
        autoFocus
      />
      <Labelled label="Access">
        <Select label="Access" value={scope} options={SCOPES} onChange={setScope} />
      </Labelled>
      {scope === 'ingest' && (
        <Labelled label="Source">
          <Select
            label="Source"
            value={source}
            options={[
              ...sources.map(({ name, label }) => ({ id: name, label: label || name })),
              { id: NEW_SOURCE, label: 'A new source…' },
            ]}
            onChange={setChosen}
          />
        </Labelled>
      )}
      {scope === 'ingest' && isNewSource && (
        <TextField
          name="source"
          label="Name of the new source"
          description="Where the events come from, such as website or mobile-app."
          maxLength={63}
          isRequired
        />
      )}
      <FormError error={error} />
      <Button look="primary" type="submit" className="self-end" isDisabled={isPending}>
        {isPending ? 'One moment…' : 'Make key'}
      </Button>
    </Form>
  )
}

function SecretView({
  secret,
  canSend,
  onClose,
}: {
  secret: string
  canSend: boolean
  onClose: () => void
}): ReactElement {
  return (
    <div className="flex flex-col gap-4 overflow-y-auto p-4">
      <p className="text-pretty text-muted">
        This is the only time that it is shown. Only its fingerprint is kept on the server.
      </p>
      <Code text={secret} />
      {canSend && (
        <>
          <div className="flex justify-end">
            <CopyButton text={secret} label="Copy" />
          </div>
          <WebsiteSnippet snippet={trackerSnippet(location.origin, secret)} />
        </>
      )}
      <div className="flex justify-end gap-2">
        {!canSend && <CopyButton text={secret} label="Copy" />}
        <Button look="primary" onPress={onClose}>
          Done
        </Button>
      </div>
    </div>
  )
}

function WebsiteSnippet({ snippet }: { snippet: string }): ReactElement {
  return (
    <section aria-labelledby="website-snippet" className="flex flex-col gap-3 border-t border-line pt-4">
      <h3 id="website-snippet" className="font-medium">
        To count a website’s visitors
      </h3>
      <p className="text-pretty text-muted">
        Put this line into the head of its pages. The key is public there: it can send events to this source and do
        nothing else.
      </p>
      <Code text={snippet} />
      <div className="flex justify-end border-b border-line pb-4">
        <CopyButton text={snippet} label="Copy the line" />
      </div>
    </section>
  )
}

function Code({ text }: { text: string }): ReactElement {
  return (
    <code className="rounded-md border border-line bg-sunken px-3 py-2 font-mono text-sm break-all select-all">
      {text}
    </code>
  )
}
