import { useQuery } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { type Environment, type Source, sourceNamesQuery } from '../../api/sources.ts'
import { CopyButton } from '../../settings/copy-button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { FirstEvent } from '../live/first-event.tsx'
import type { SourceSearch } from '../source-search.ts'
import { ClientPicker } from './client-picker.tsx'
import { CLIENTS, type Client, clientsFor } from './clients.ts'
import { useFreshKey } from './fresh-key.ts'
import { KeyPanel } from './key-panel.tsx'
import { ProjectNameForm } from './project-name-form.tsx'

interface Props {
  readonly source: Source
  readonly search: SourceSearch
  readonly onChange: (search: SourceSearch) => void
}

/** In place of a key that nobody can show any more. */
const KEY_PLACEHOLDER = 'YOUR_WRITE_KEY'

/** From a key to the first event, in three steps. */
export function SetupTab({ source, search, onChange }: Props): ReactElement {
  const environment = search.environment ?? 'production'
  const { likely } = clientsFor(source.kind)
  const client = CLIENTS.find(({ id }) => id === search.client) ?? likely[0] ?? CLIENTS[0]
  return (
    <div className="flex flex-col gap-4">
      <Step
        title="1. The key"
        aside={
          <ToggleGroup
            label="Environment"
            value={environment}
            options={ENVIRONMENTS}
            onChange={(next) => onChange({ ...search, environment: next === 'sandbox' ? next : undefined })}
          />
        }
      >
        {environment === 'sandbox' && (
          <p className="text-pretty text-muted">
            Events that come with a sandbox key are in no figure unless somebody asks for them: for tests and trials.
          </p>
        )}
        <KeyPanel source={source} environment={environment} />
      </Step>
      <Step title="2. The client">
        <ClientPicker kind={source.kind} chosen={client?.id} onChoose={(id) => onChange({ ...search, client: id })} />
        {client && <Snippet key={client.id} source={source} environment={environment} client={client} />}
      </Step>
      <Step title="3. The first event">
        <FirstEvent key={environment} source={source} environment={environment} />
      </Step>
    </div>
  )
}

const ENVIRONMENTS: readonly { id: Environment; label: string }[] = [
  { id: 'production', label: 'Production' },
  { id: 'sandbox', label: 'Sandbox' },
]

function Step({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }): ReactElement {
  return (
    <section aria-label={title} className="card flex flex-col gap-3 p-4">
      <header className="flex min-h-8 flex-wrap items-center justify-between gap-2">
        <h2 className="text-md font-semibold">{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}

interface SnippetProps {
  readonly source: Source
  readonly environment: Environment
  readonly client: Client
}

function Snippet({ source, environment, client }: SnippetProps): ReactElement {
  const key = useFreshKey(source.name, environment) ?? KEY_PLACEHOLDER
  const { project } = client
  const { data: names = [] } = useQuery({ ...sourceNamesQuery, enabled: project !== undefined })
  const known = names.filter(
    (name) => name.source === source.name && name.protocol === project?.protocol && name.environment === environment,
  )
  const text = client.snippet({ server: location.origin, key, project: known.at(-1)?.name ?? key })
  return (
    <div className="flex flex-col gap-3">
      {project && <ProjectNameForm source={source} environment={environment} project={project} known={known} />}
      <p className="text-pretty text-muted">{client.place}</p>
      <CodeBlock label={`Snippet for ${client.label}`} text={text} />
      <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2">
        {text.includes(KEY_PLACEHOLDER) && (
          <p className="text-sm text-pretty text-muted">
            <code className="font-mono">{KEY_PLACEHOLDER}</code> stands for a key of this source: yours, or a new one
            from step 1.
          </p>
        )}
        <CopyButton key={text} text={text} label="Copy" />
      </div>
    </div>
  )
}
