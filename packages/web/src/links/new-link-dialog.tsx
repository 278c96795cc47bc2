import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { toApiError } from '../api/api-error.ts'
import { createLink, linksQuery } from '../api/links.ts'
import type { Source } from '../api/sources.ts'
import { CopyButton } from '../settings/copy-button.tsx'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EMPTY_DRAFT, type LinkDraft, linkOf } from './link-draft.ts'
import { LinkForm } from './link-form.tsx'

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
  const source = (sources.find(({ kind }) => kind === 'app') ?? sources[0])?.name ?? ''
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
          initial={{ ...EMPTY_DRAFT, source }}
          sources={sources}
          error={make.error ? toApiError(make.error) : undefined}
          isPending={make.isPending}
          submitLabel="Make link"
          onSubmit={make.mutate}
        />
      )}
    </Dialog>
  )
}
