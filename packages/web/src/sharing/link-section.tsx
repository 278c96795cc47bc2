import type { Board } from '@almanac/core/boards/board.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Lock, Plus } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { endShareLink, type ShareLink, shareLinksQuery } from '../api/sharing.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { Button } from '../ui/button.tsx'
import { type Loadable, loadable } from '../widgets/loadable.ts'
import { RowsSkeleton } from '../widgets/rows-skeleton.tsx'
import { ErrorNote } from '../widgets/widget-notes.tsx'
import { allowedWords, historyWords, isOver } from './share-words.ts'

interface Props {
  readonly slug: string
  readonly board: Board
  readonly onNew: () => void
}

/** The secret links of a board. */
export function LinkSection({ slug, board, onNew }: Props): ReactElement {
  const client = useQueryClient()
  const links = useQuery(shareLinksQuery(slug))
  const end = useMutation({
    mutationFn: (id: string) => endShareLink(slug, id),
    onSettled: () => client.invalidateQueries({ queryKey: shareLinksQuery(slug).queryKey }),
  })
  return (
    <section aria-label="Secret links" className="flex flex-col gap-3 p-4">
      <header className="flex items-start justify-between gap-4">
        <div>
          <h3 className="font-medium">Secret links</h3>
          <p className="text-pretty text-muted">
            For people without an account: whoever has the link sees this board, and nothing else. Each can have a
            password and a last day, and be revoked.
          </p>
        </div>
        <Button look="primary" onPress={onNew}>
          <Plus size={14} aria-hidden /> New link
        </Button>
      </header>
      <FormError error={end.error} />
      <LinkListView
        links={loadable(links, (list) => list)}
        variables={board.variables}
        now={Temporal.Now.instant()}
        onEnd={end.mutate}
      />
    </section>
  )
}

interface ListProps {
  readonly links: Loadable<readonly ShareLink[]>
  readonly variables: Board['variables']
  readonly now: Temporal.Instant
  readonly onEnd: (id: string) => void
}

export function LinkListView({ links: { data, error, retry }, variables, now, onEnd }: ListProps): ReactElement | null {
  if (!data) return error ? <ErrorNote error={error} retry={retry} /> : <RowsSkeleton count={3} />
  if (data.length === 0) return null
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {data.map((link) => (
        <LinkRow key={link.id} link={link} variables={variables} now={now} onEnd={() => onEnd(link.id)} />
      ))}
    </ul>
  )
}

interface RowProps extends Pick<ListProps, 'variables' | 'now'> {
  readonly link: ShareLink
  readonly onEnd: () => void
}

function LinkRow({ link, variables, now, onEnd }: RowProps): ReactElement {
  const [isAsking, setAsking] = useState(false)
  const name = link.label || 'Without a name'
  return (
    <li className="flex items-center gap-3 py-2 pr-2 pl-3">
      <div className={`min-w-0 flex-1 ${isOver(link, now) ? 'text-faint' : ''}`}>
        <span className="flex items-center gap-1.5">
          <bdi title={name} className="min-w-0 truncate font-medium">
            {name}
          </bdi>
          {link.hasPassword && <Lock size={12} aria-label="with a password" className="shrink-0 text-muted" />}
        </span>
        <span className="block text-sm text-muted">{allowedWords(link.allow, variables)}</span>
        <span className="figures block text-sm text-pretty text-faint">{historyWords(link, now)}</span>
      </div>
      {isAsking ? (
        <>
          <Button onPress={() => setAsking(false)}>Keep it</Button>
          <Button look="danger" autoFocus aria-label={`Revoke the link ${name} for good`} onPress={onEnd}>
            Revoke it
          </Button>
        </>
      ) : (
        <Button look="quiet" aria-label={`Revoke the link ${name}`} onPress={() => setAsking(true)}>
          Revoke
        </Button>
      )}
    </li>
  )
}
