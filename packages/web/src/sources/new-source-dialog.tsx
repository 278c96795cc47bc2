import type { PrivacyMode, SourceKind } from '@almanac/core/sources/source-settings.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useRef, useState } from 'react'
import { Form } from 'react-aria-components'
import { createKey, keysQuery } from '../api/keys.ts'
import { createSource, sourcesQuery } from '../api/sources.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { CopyButton } from '../settings/copy-button.tsx'
import { Button } from '../ui/button.tsx'
import { ChoiceCards } from '../ui/choice-cards.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import { PRIVACY_CHOICES } from './settings/privacy-modes.ts'
import { rememberFreshKey } from './setup/fresh-key.ts'
import { KINDS } from './source-kinds.tsx'
import { MAX_LENGTH, sourceSlug } from './source-slug.ts'

interface Answers {
  readonly kind: SourceKind
  readonly label: string
  readonly name: string
  readonly privacy: PrivacyMode
}

/** Makes a source and its first key, shows the key, and goes on to what has to be done with it. */
export function NewSourceDialog({ onClose }: { onClose: () => void }): ReactElement {
  const client = useQueryClient()
  const navigate = useNavigate()
  // When the key fails, another try must not make the source again.
  const madeName = useRef<string>(undefined)
  const make = useMutation({
    mutationFn: async ({ kind, label, name, privacy }: Answers) => {
      if (madeName.current !== name) await createSource({ name, label, kind, settings: { privacy } })
      madeName.current = name
      return createKey({ name: label, scopes: ['ingest'], source: name, environment: 'production' })
    },
    onSuccess: (secret, { name }) => rememberFreshKey(client, name, 'production', secret),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: sourcesQuery.queryKey })
      void client.invalidateQueries({ queryKey: keysQuery.queryKey })
    },
  })
  const goOn = () => {
    onClose()
    if (make.variables) void navigate({ to: '/sources/$name', params: { name: make.variables.name } })
  }
  return (
    <Dialog
      title={make.data ? 'Copy the key now' : 'New source'}
      isOpen
      isSmall={make.data !== undefined}
      onClose={onClose}
    >
      {make.data ? (
        <KeyView secret={make.data} onGoOn={goOn} />
      ) : (
        <SourceForm error={make.error} isPending={make.isPending} onSubmit={make.mutate} />
      )}
    </Dialog>
  )
}

interface FormProps {
  readonly error: unknown
  readonly isPending: boolean
  readonly onSubmit: (answers: Answers) => void
}

function SourceForm({ error, isPending, onSubmit }: FormProps): ReactElement {
  const [kind, setKind] = useState<SourceKind>('website')
  const [privacy, setPrivacy] = useState<PrivacyMode>('full')
  const [label, setLabel] = useState('')
  const [ownName, setOwnName] = useState<string>()
  const name = ownName ?? sourceSlug(label)
  return (
    <Form
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit({ kind, label: label.trim(), name, privacy })
      }}
    >
      <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4">
        <ChoiceCards label="What sends the events?" value={kind} options={KIND_CHOICES} isPaired onChange={setKind} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Label"
            description="What people call it."
            placeholder="Our website"
            value={label}
            onChange={setLabel}
            maxLength={200}
            isRequired
          />
          <TextField
            label="Name"
            description="For keys, commands and filters. It can’t be changed later."
            value={name}
            onChange={setOwnName}
            validate={(text) =>
              text === '' || NAME.test(text) || 'Use small letters, digits, - and _, such as our-website.'
            }
            maxLength={MAX_LENGTH}
            isRequired
          />
        </div>
        <ChoiceCards label="Privacy" value={privacy} options={PRIVACY_CHOICES} onChange={setPrivacy} />
      </div>
      <footer className="flex flex-col gap-3 border-t border-line p-4">
        <FormError error={error} />
        <Button look="primary" type="submit" className="self-end" isDisabled={isPending}>
          {isPending ? 'One moment…' : 'Make source and key'}
        </Button>
      </footer>
    </Form>
  )
}

const NAME = /^[a-z0-9][a-z0-9_-]*$/

const KIND_CHOICES = Object.entries(KINDS).map(([id, { label, note, Icon }]) => ({
  id: id as SourceKind,
  label,
  note,
  icon: <Icon size={16} aria-hidden />,
}))

function KeyView({ secret, onGoOn }: { secret: string; onGoOn: () => void }): ReactElement {
  return (
    <div className="flex flex-col gap-4 overflow-y-auto p-4">
      <p className="text-pretty text-muted">
        The source is made, and this is its key. Only a fingerprint of it is kept on the server: it is shown this once.
        The next page has it in every snippet, until you leave or reload it.
      </p>
      <CodeBlock label="Key" text={secret} />
      <div className="flex flex-wrap justify-end gap-2">
        <CopyButton text={secret} label="Copy the key" />
        <Button look="primary" onPress={onGoOn}>
          Continue to the set-up
        </Button>
      </div>
    </div>
  )
}
