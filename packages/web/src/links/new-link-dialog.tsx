import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Form } from 'react-aria-components'
import { type ApiError, toApiError } from '../api/api-error.ts'
import { createLink, linksQuery } from '../api/links.ts'
import type { Environment, Source } from '../api/sources.ts'
import { FormProblem } from '../app/form-problem.tsx'
import { CopyButton } from '../settings/copy-button.tsx'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Labelled } from '../ui/labelled.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useFocusProblem } from '../ui/use-focus-problem.ts'
import { type LinkDraft, linkOf, previewTarget, previewUrl } from './link-draft.ts'

interface Props {
  readonly sources: readonly Source[]
  readonly onClose: () => void
}

/** Asks where the link leads and what it stands for, makes it, and shows the address to give away. */
export function NewLinkDialog({ sources, onClose }: Props): ReactElement {
  const client = useQueryClient()
  const make = useMutation({
    mutationFn: (draft: LinkDraft) => createLink(linkOf(draft)),
    onSuccess: () => void client.invalidateQueries({ queryKey: linksQuery.queryKey }),
  })
  return (
    <Dialog
      title={make.data ? 'The link is made' : 'New tracking link'}
      isOpen
      isSmall={make.data !== undefined}
      onClose={onClose}
    >
      {make.data ? (
        <div className="flex flex-col gap-4 p-4">
          <p className="text-pretty text-muted">It works from now on. This is the address to give away:</p>
          <CodeBlock label="Address" text={make.data.url} />
          <div className="flex justify-end gap-2">
            <CopyButton text={make.data.url} label="Copy" />
            <Button look="primary" onPress={onClose}>
              Done
            </Button>
          </div>
        </div>
      ) : (
        <LinkForm
          sources={sources}
          error={make.error ? toApiError(make.error) : undefined}
          isPending={make.isPending}
          onSubmit={make.mutate}
        />
      )}
    </Dialog>
  )
}

interface FormProps {
  readonly sources: readonly Source[]
  readonly error: ApiError | undefined
  readonly isPending: boolean
  readonly onSubmit: (draft: LinkDraft) => void
}

function LinkForm({ sources, error, isPending, onSubmit }: FormProps): ReactElement {
  const [draft, setDraft] = useState<LinkDraft>(() => ({
    ...EMPTY,
    source: (sources.find(({ kind }) => kind === 'app') ?? sources[0])?.name ?? '',
  }))
  const change = (part: Partial<LinkDraft>) => setDraft({ ...draft, ...part })
  const field = (name: TextName) => ({
    value: draft[name],
    onChange: (value: string) => change({ [name]: value }),
    problem: error?.issues.find(({ path }) => path[0] === name)?.message,
    validationBehavior: 'aria' as const,
  })
  const isComplete = draft.source !== '' && draft.target.trim() !== ''
  return (
    <Form
      ref={useFocusProblem(error)}
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete) onSubmit(draft)
      }}
    >
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4">
        <TextField
          label="Where it leads"
          description="May have placeholders in braces: {click_id}, which an install brings back, {network}, {campaign}, {adgroup}, {creative}, and any parameter."
          placeholder="https://example.com/app?click={click_id}"
          autoFocus
          isRequired
          {...field('target')}
        />
        <div className="flex flex-wrap gap-4">
          <Labelled label="Source">
            <Select
              label="Source"
              value={draft.source}
              options={sources.map(({ name, label }) => ({ id: name, label: label || name }))}
              onChange={(source) => change({ source })}
            />
          </Labelled>
          <Labelled label="Environment">
            <Select
              label="Environment"
              value={draft.environment}
              options={ENVIRONMENTS}
              onChange={(environment) => change({ environment })}
            />
          </Labelled>
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Label" placeholder="Spring newsletter" {...field('label')} />
          <TextField label="Code" placeholder="made for you" spellCheck="false" {...field('code')} />
          <TextField label="Network" placeholder="Newsletter" {...field('network')} />
          <TextField label="Campaign" placeholder="Spring" {...field('campaign')} />
          <TextField label="Ad group" {...field('adgroup')} />
          <TextField label="Creative" {...field('creative')} />
        </div>
        <TextField
          label="Parameters"
          description="Properties of every click, name=value, one a line. A value that the ad network fills in, such as {site_id}, stays in the address."
          placeholder={'publisher=own\nsite={site_id}'}
          rows={3}
          spellCheck="false"
          {...field('parameters')}
        />
      </div>
      <footer className="flex flex-col gap-3 border-t border-line p-4">
        <Preview draft={draft} />
        <FormProblem error={error} />
        <Button look="primary" type="submit" className="self-end" isDisabled={isPending || !isComplete}>
          {isPending ? 'One moment…' : 'Make link'}
        </Button>
      </footer>
    </Form>
  )
}

type TextName = Exclude<keyof LinkDraft, 'source' | 'environment'>

const EMPTY: LinkDraft = {
  code: '',
  source: '',
  environment: 'production',
  label: '',
  target: '',
  network: '',
  campaign: '',
  adgroup: '',
  creative: '',
  parameters: '',
}

const ENVIRONMENTS: readonly { id: Environment; label: string }[] = [
  { id: 'production', label: 'Production' },
  { id: 'sandbox', label: 'Sandbox' },
]

function Preview({ draft }: { draft: LinkDraft }): ReactElement {
  return (
    <dl aria-label="Preview" className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
      <dt className="text-muted">Address</dt>
      <dd className="max-h-16 overflow-y-auto font-mono wrap-anywhere">{previewUrl(location.origin, draft)}</dd>
      <dt className="text-muted">Leads to</dt>
      <dd className="max-h-16 overflow-y-auto font-mono wrap-anywhere">
        {previewTarget(draft).map(({ text, isFilled }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces have no state.
          <span key={index} className={isFilled ? 'rounded-sm bg-accent-soft text-accent-ink' : ''}>
            {text}
          </span>
        ))}
        {draft.target === '' && '…'}
      </dd>
    </dl>
  )
}
