import type { Board } from '@almanac/core/boards/board.ts'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import { type ApiError, toApiError } from '../../api/api-error.ts'
import { type BoardVersion, boardVersionQuery, boardVersionsQuery } from '../../api/boards.ts'
import { FormProblem } from '../../app/sign-in/form-problem.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../widgets/widget-notes.tsx'
import { boardChanges } from './board-changes.ts'
import { BoardSketch } from './board-sketch.tsx'
import { VersionView } from './version-view.tsx'

interface Props {
  readonly slug: string
  /** As it is now, to compare with. */
  readonly board: Board
  /** Why the last attempt to go back failed. */
  readonly problem?: ApiError | undefined
  /** Absent: versions can be looked at only. */
  readonly onRestore?: (version: number, board: Board) => void
  readonly onClose: () => void
}

/** Every save of a board: what was different, how it looked, and the way back to it. */
export default function VersionsDialog({ slug, board, problem, onRestore, onClose }: Props): ReactElement {
  const versions = useQuery(boardVersionsQuery(slug))
  const [chosen, setChosen] = useState<number>()
  const list = versions.data ?? []
  const shown = list.find(({ version }) => version === chosen) ?? list[0]
  return (
    <Dialog title="Versions" isOpen onClose={onClose}>
      <div className="flex min-h-0 flex-1 max-sm:flex-col sm:h-[34rem]">
        {versions.error && <ErrorNote error={toApiError(versions.error)} retry={() => void versions.refetch()} />}
        <ListBox
          aria-label="Versions"
          items={list.map((one) => ({ ...one, id: one.version }))}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={shown ? [shown.version] : []}
          onSelectionChange={(keys) => {
            if (keys !== 'all') for (const key of keys) setChosen(Number(key))
          }}
          className="shrink-0 overflow-auto p-2 outline-none max-sm:max-h-48 max-sm:border-b sm:w-60 sm:border-r"
          renderEmptyState={() => <p className="p-3 text-muted">{versions.isPending ? 'One moment…' : 'None yet.'}</p>}
        >
          {(version) => (
            <ListBoxItem id={version.version} textValue={`Version ${version.version}`} className={ITEM}>
              <span className="flex items-baseline gap-2">
                <span className="figures font-medium">Version {version.version}</span>
                <span className="min-w-0 flex-1 truncate text-right text-sm text-faint">{version.savedBy}</span>
              </span>
              <span className="figures text-sm text-muted">{savedText(version)}</span>
              {version.note && <span className="text-sm text-pretty wrap-anywhere">{version.note}</span>}
            </ListBoxItem>
          )}
        </ListBox>
        {shown && (
          <Shown
            key={shown.version}
            slug={slug}
            version={shown}
            earlier={list[list.indexOf(shown) + 1]}
            board={board}
            problem={problem}
            {...(onRestore && { onRestore })}
          />
        )}
      </div>
    </Dialog>
  )
}

interface ShownProps extends Omit<Props, 'onClose'> {
  readonly version: BoardVersion
  readonly earlier: BoardVersion | undefined
}

function Shown({ slug, version: { version, title }, earlier, board, problem, onRestore }: ShownProps): ReactElement {
  const [isLooking, setLooking] = useState(false)
  const own = useQuery(boardVersionQuery(slug, version))
  const before = useQuery({ ...boardVersionQuery(slug, earlier?.version ?? 0), enabled: earlier !== undefined })
  if (own.error) return <ErrorNote error={toApiError(own.error)} retry={() => void own.refetch()} />
  if (!own.data)
    return (
      <div className="flex-1 p-4">
        <div className="skeleton h-full" />
      </div>
    )
  const now = boardChanges(own.data.board, board)
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4">
        <h3 className="font-semibold wrap-anywhere">
          <bdi>{title}</bdi>
        </h3>
        <Changes
          title={earlier ? `Since version ${earlier.version}` : 'The first version'}
          changes={before.data ? boardChanges(before.data.board, own.data.board) : []}
          none={earlier ? (before.data ? 'Nothing that can be seen.' : 'One moment…') : 'With it the board began.'}
        />
        <Changes title="What has changed until now" changes={now} none="Nothing: it is like this now." />
        <BoardSketch board={own.data.board} />
      </div>
      <footer className="flex flex-col gap-2 border-t border-line p-3">
        <FormProblem error={problem} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onPress={() => setLooking(true)}>Look at it</Button>
          {onRestore && (
            <Button
              look="primary"
              isDisabled={now.length === 0}
              onPress={() => own.data && onRestore(version, own.data.board)}
            >
              Go back to this version
            </Button>
          )}
        </div>
      </footer>
      {isLooking && (
        <VersionView board={own.data.board} slug={slug} version={version} onClose={() => setLooking(false)} />
      )}
    </div>
  )
}

interface ChangesProps {
  readonly title: string
  readonly changes: readonly string[]
  readonly none: string
}

function Changes({ title, changes, none }: ChangesProps): ReactElement {
  return (
    <section aria-label={title}>
      <h4 className="pb-1 text-sm font-medium text-muted">{title}</h4>
      {changes.length === 0 ? (
        <p className="text-muted">{none}</p>
      ) : (
        <ul className="flex flex-col gap-0.5">
          {changes.map((change) => (
            <li key={change} className="text-pretty wrap-anywhere">
              {change}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function savedText({ savedAt }: BoardVersion): string {
  return Temporal.Instant.from(savedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

const ITEM =
  'flex cursor-pointer flex-col rounded-md px-2 py-1.5 outline-none hover:bg-hover selected:bg-accent-soft data-[focus-visible]:outline-2 data-[focus-visible]:-outline-offset-2'
