import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { archiveLink, linksQuery, type TrackingLink } from '../api/links.ts'
import { sourcesQuery } from '../api/sources.ts'
import { useIsAdmin } from '../app/rights.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Page } from '../ui/page.tsx'
import { ToggleGroup } from '../ui/toggle-group.tsx'
import { loadable } from '../widgets/loadable.ts'
import { EditLinkDialog } from './edit-link-dialog.tsx'
import { LinkListView } from './link-list.tsx'
import { NewLinkDialog } from './new-link-dialog.tsx'

/** Addresses that count who follows them and send them on. */
export function LinksPage(): ReactElement {
  const links = useQuery(linksQuery)
  const { data: sources = [] } = useQuery(sourcesQuery)
  const isAdmin = useIsAdmin()
  const [isMaking, setMaking] = useState(false)
  const [editing, setEditing] = useState<TrackingLink>()
  const [archiving, setArchiving] = useState<TrackingLink>()
  const [chosen, choose] = useState<'working' | 'archived'>('working')
  const hasArchived = links.data?.some(({ archivedAt }) => archivedAt !== null) ?? false
  const shown = hasArchived ? chosen : 'working'
  // With the last archived link gone, so is the choice: the next one that is archived must not bring it back.
  if (shown !== chosen && links.data) choose(shown)
  const isShown = ({ archivedAt }: TrackingLink) => (archivedAt === null) === (shown === 'working')
  const make = isAdmin ? () => setMaking(true) : undefined
  return (
    <Page
      title="Tracking links"
      intro="A link counts whoever follows it, sends them on, and knows the installs that came of it."
      actions={
        make && (
          <Button look="primary" onPress={make}>
            <Plus size={14} aria-hidden /> New link
          </Button>
        )
      }
    >
      {hasArchived && <ToggleGroup label="Which links" value={shown} options={SHOWN} onChange={choose} />}
      <LinkListView
        links={loadable(links, (list) => list.filter(isShown))}
        labelOf={(name) => sources.find((source) => source.name === name)?.label ?? name}
        onMake={make}
        onEdit={isAdmin ? setEditing : undefined}
        onArchive={isAdmin ? setArchiving : undefined}
      />
      {isMaking && <NewLinkDialog sources={sources} onClose={() => setMaking(false)} />}
      {editing && <EditLinkDialog link={editing} onClose={() => setEditing(undefined)} />}
      {archiving && <ArchiveDialog link={archiving} onClose={() => setArchiving(undefined)} />}
    </Page>
  )
}

const SHOWN = [
  { id: 'working', label: 'Working' },
  { id: 'archived', label: 'Archived' },
] as const

function ArchiveDialog({ link, onClose }: { link: TrackingLink; onClose: () => void }): ReactElement {
  const client = useQueryClient()
  const archive = useMutation({
    mutationFn: () => archiveLink(link.code),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: linksQuery.queryKey })
      onClose()
    },
  })
  return (
    <Dialog title="Archive this link?" isOpen isSmall onClose={onClose}>
      <div className="flex flex-col gap-4 p-4">
        <p className="text-pretty">
          <bdi className="font-medium wrap-anywhere">{link.url}</bdi> leads nowhere from then on, wherever it is
          printed. What it has counted stays, and it can be brought back.
        </p>
        <FormError error={archive.error} />
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>Keep it</Button>
          <Button look="danger" isDisabled={archive.isPending} onPress={() => archive.mutate()}>
            Archive
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
