import { formatAgo } from '@almanac/core/charts/format/format-time.ts'
import { Trash2, Undo2 } from 'lucide-react'
import type { ReactElement } from 'react'
import type { TrashedBoard } from '../api/boards.ts'
import { expiryWords } from '../people/expiry-words.ts'
import { Button } from '../ui/button.tsx'
import type { Loadable } from '../widgets/loadable.ts'
import { RowsSkeleton } from '../widgets/rows-skeleton.tsx'
import { EmptyNote, ErrorNote } from '../widgets/widget-notes.tsx'

interface Props {
  readonly boards: Loadable<readonly TrashedBoard[]>
  readonly keptDays: number
  readonly now: Temporal.Instant
  /** Absent while one is brought back. */
  readonly onRestore: ((board: TrashedBoard) => void) | undefined
  readonly onEnd: (board: TrashedBoard) => void
}

export function TrashList({ boards: { data, error, retry }, ...rest }: Props): ReactElement {
  return (
    <section
      aria-label="Deleted dashboards"
      aria-busy={!data && !error}
      className={`card ${data?.length ? '' : 'min-h-60'}`}
    >
      {!data && (error ? <ErrorNote error={error} retry={retry} /> : <RowsSkeleton count={4} />)}
      {data?.length === 0 && (
        <div className="h-60">
          <EmptyNote title="The trash is empty" />
        </div>
      )}
      {data && data.length > 0 && (
        <ul className="divide-y divide-line">
          {data.map((board) => (
            <TrashLine key={board.id} board={board} {...rest} />
          ))}
        </ul>
      )}
    </section>
  )
}

interface LineProps extends Omit<Props, 'boards'> {
  readonly board: TrashedBoard
}

function TrashLine({ board, keptDays, now, onRestore, onEnd }: LineProps): ReactElement {
  const { title, slug, deletedBy, ownerName } = board
  const deletedAt = Temporal.Instant.from(board.deletedAt)
  const endsAt = deletedAt.add({ hours: keptDays * HOURS_A_DAY })
  return (
    <li className="flex items-center gap-4 py-2 pr-2 pl-4">
      <div className="min-w-0 flex-1">
        <bdi title={title} className="block truncate font-medium">
          {title}
        </bdi>
        <bdi className="block truncate text-sm text-muted">
          {slug}
          {ownerName !== null && `, of ${ownerName}`}
        </bdi>
      </div>
      <div className="w-44 text-sm text-muted max-md:hidden">
        <span className="figures block">Deleted {formatAgo(deletedAt, now)}</span>
        <bdi className="block truncate">by {deletedBy ?? 'somebody who is gone'}</bdi>
      </div>
      <span className="figures w-24 text-sm text-muted max-sm:hidden">{expiryWords(endsAt.toString(), now)}</span>
      <Button aria-label={`Restore ${title}`} isDisabled={!onRestore} onPress={() => onRestore?.(board)}>
        <Undo2 size={14} aria-hidden /> Restore
      </Button>
      <Button look="quiet" isIcon aria-label={`Delete ${title} for good`} onPress={() => onEnd(board)}>
        <Trash2 size={15} aria-hidden />
      </Button>
    </li>
  )
}

const HOURS_A_DAY = 24
