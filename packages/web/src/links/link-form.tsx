import { type ReactElement, type ReactNode, useState } from 'react'
import { Form } from 'react-aria-components'
import type { ApiError } from '../api/api-error.ts'
import type { Environment, Source } from '../api/sources.ts'
import { FormProblem } from '../app/sign-in/form-problem.tsx'
import { Button } from '../ui/button.tsx'
import { Labelled } from '../ui/labelled.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useFocusProblem } from '../ui/use-focus-problem.ts'
import { type LinkDraft, previewTarget, previewUrl } from './link-draft.ts'

interface Props {
  readonly initial: LinkDraft
  /** Empty: whose link it is stays, and so does its code. */
  readonly sources: readonly Source[]
  readonly error: ApiError | undefined
  readonly isPending: boolean
  readonly submitLabel: string
  readonly onSubmit: (draft: LinkDraft) => void
  /** Below the fields. */
  readonly children?: ReactNode
}

/** Where a link leads and what it stands for, with what comes of that. */
export function LinkForm({ initial, sources, error, isPending, submitLabel, onSubmit, children }: Props): ReactElement {
  const [draft, setDraft] = useState(initial)
  const change = (part: Partial<LinkDraft>) => setDraft({ ...draft, ...part })
  const field = (name: TextName) => ({
    value: draft[name],
    onChange: (value: string) => change({ [name]: value }),
    problem: error?.issues.find(({ path }) => path[0] === name)?.message,
    validationBehavior: 'aria' as const,
  })
  const isNew = sources.length > 0
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
        {isNew && (
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
            <Labelled label="Source">
              <Select
                label="Source"
                value={draft.source}
                options={sources.map(({ name, label }) => ({ id: name, label: label || name }))}
                isField
                onChange={(source) => change({ source })}
              />
            </Labelled>
            <Labelled label="Environment">
              <Select
                label="Environment"
                value={draft.environment}
                options={ENVIRONMENTS}
                isField
                onChange={(environment) => change({ environment })}
              />
            </Labelled>
          </div>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Label" placeholder="Spring newsletter" {...field('label')} />
          <TextField
            label="Code"
            placeholder="made for you"
            spellCheck="false"
            isReadOnly={!isNew}
            {...(!isNew && { description: 'Cannot be changed: the address is out there.' })}
            {...field('code')}
          />
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
        {children}
      </div>
      <footer className="flex flex-col gap-3 border-t border-line p-4">
        <Preview draft={draft} />
        <FormProblem error={error} />
        <Button look="primary" type="submit" className="self-end" isDisabled={isPending || !isComplete}>
          {isPending ? 'One moment…' : submitLabel}
        </Button>
      </footer>
    </Form>
  )
}

type TextName = Exclude<keyof LinkDraft, 'source' | 'environment'>

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
