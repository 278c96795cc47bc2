import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { toApiError } from '../api/api-error.ts'
import { linksQuery, type TrackingLink, updateLink } from '../api/links.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { draftOf, type LinkDraft, linkChange } from './link-draft.ts'
import { LinkForm } from './link-form.tsx'

interface Props {
  readonly link: TrackingLink
  readonly onClose: () => void
}

/** Of a link that is out there: its address stays, and so does what it has counted. */
export function EditLinkDialog({ link, onClose }: Props): ReactElement {
  const client = useQueryClient()
  const [isWorking, setWorking] = useState(link.archivedAt === null)
  const save = useMutation({
    mutationFn: (draft: LinkDraft) => updateLink(link.code, linkChange(link, draft, isWorking)),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: linksQuery.queryKey })
      onClose()
    },
  })
  return (
    <Dialog title={`Edit ${link.label || link.code}`} isOpen onClose={onClose}>
      <LinkForm
        initial={draftOf(link)}
        sources={[]}
        error={save.error ? toApiError(save.error) : undefined}
        isPending={save.isPending}
        submitLabel="Save"
        onSubmit={save.mutate}
      >
        <Checkbox
          label="The link works"
          note="When it does not, it is archived and its address leads nowhere. What it has counted stays either way."
          isSelected={isWorking}
          onChange={setWorking}
        />
      </LinkForm>
    </Dialog>
  )
}
