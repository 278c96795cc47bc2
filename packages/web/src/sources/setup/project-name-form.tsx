import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Form } from 'react-aria-components'
import { addSourceName, type Environment, type Source, type SourceName, sourceNamesQuery } from '../../api/sources.ts'
import { useIsAdmin } from '../../app/rights.ts'
import { FormError } from '../../app/sign-in/entry-page.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { Client } from './clients.ts'

interface Props {
  readonly source: Source
  readonly environment: Environment
  readonly project: NonNullable<Client['project']>
  /** The names that this source has for the protocol already. */
  readonly known: readonly SourceName[]
}

/** Says what the client calls this source, so that the client can keep the id that it has. */
export function ProjectNameForm({ source, environment, project, known }: Props): ReactElement {
  const client = useQueryClient()
  const isAdmin = useIsAdmin()
  const [name, setName] = useState('')
  const add = useMutation({
    mutationFn: (text: string) =>
      addSourceName({ protocol: project.protocol, name: text, source: source.name, environment }),
    onSuccess: () => {
      setName('')
      void client.invalidateQueries({ queryKey: sourceNamesQuery.queryKey })
    },
  })
  const id = project.label.toLowerCase()
  return (
    <div className="flex flex-col gap-3 rounded-md border border-line bg-canvas p-3">
      <p className="text-pretty text-muted">
        {known.length > 0 ? (
          <>
            Known by the {id}{' '}
            {known.map((one, index) => (
              <span key={one.name}>
                {index > 0 && ', '}
                <bdi className="font-mono text-sm text-ink wrap-anywhere">{one.name}</bdi>
              </span>
            ))}
            {known.length > 1 ? '. The snippet has the last one.' : ', as in the snippet.'}
          </>
        ) : (
          `Say which ${id} is this source, and it can stay as it is. Without one, the key takes its place.`
        )}
      </p>
      {isAdmin && (
        <Form
          className="flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            add.mutate(name.trim())
          }}
        >
          <div className="min-w-0 flex-1 basis-56 sm:max-w-80">
            <TextField
              label={project.label}
              placeholder={project.example}
              value={name}
              onChange={setName}
              maxLength={500}
              isRequired
            />
          </div>
          <Button type="submit" className="h-9" isDisabled={add.isPending}>
            {known.length > 0 ? 'Add' : 'Use it'}
          </Button>
        </Form>
      )}
      <FormError error={add.error} />
    </div>
  )
}
