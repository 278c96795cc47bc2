import { Link } from '@tanstack/react-router'
import { ChartNoAxesColumn, ChevronRight, Folder, FolderOpen, GripVertical, Star } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { changedText, ownerText, SEEN_BY } from '../board-words.ts'
import { canMove } from './board-moves.ts'
import type { TreeLine } from './board-tree.ts'
import { type LineActions, LineMenu } from './line-menu.tsx'

export interface LineProps {
  /** Without folders around: each board says in which it lies. */
  readonly isFlat: boolean
  readonly now: Temporal.Instant
  /** Absent for those who may not change anything. */
  readonly actions: LineActions | undefined
  readonly onStar: (slug: string, isFavourite: boolean) => void
}

interface BoardProps extends LineProps {
  readonly line: Extract<TreeLine, { kind: 'board' }>
  readonly level: number
}

/** The names of the columns; the lines say themselves to whom they can't be seen. */
export function ColumnNames(): ReactElement {
  return (
    <div aria-hidden className={`${ROW} h-9 text-sm font-medium text-muted max-md:hidden`}>
      <span className="flex-1">Name</span>
      <span className={OWNER}>Owner</span>
      <span className={SEEN}>Seen by</span>
      <span className={CHANGED}>Changed</span>
      <span className={ENDS} />
    </div>
  )
}

export function BoardLine({ line, level, isFlat, now, actions, onStar }: BoardProps): ReactElement {
  const { board, folder } = line
  const { label: seenBy, Icon: SeenIcon } = SEEN_BY[board.visibility]
  const below = isFlat && folder ? folder.name : board.description
  return (
    <div className={`${ROW} min-h-12`}>
      <Indent level={level} />
      <Handle line={line} name={board.title} isOffered={actions !== undefined && !isFlat} />
      <ChartNoAxesColumn size={15} aria-hidden className="shrink-0 text-faint" />
      <span className="min-w-0 flex-1 py-1.5">
        <Link to="/dashboards/$slug" params={{ slug: board.slug }} draggable={false} className={NAME}>
          <bdi className="block truncate">{board.title}</bdi>
        </Link>
        {below && <bdi className="block truncate text-sm text-muted">{below}</bdi>}
      </span>
      <bdi className={`${OWNER} truncate`}>{ownerText(board)}</bdi>
      <span className={`${SEEN} flex items-center gap-1.5`}>
        <SeenIcon size={13} aria-hidden className="text-faint" /> {seenBy}
      </span>
      <span className={`${CHANGED} figures`}>{changedText(board, now)}</span>
      <span className={ENDS}>
        <Button
          look="quiet"
          isIcon
          aria-label={board.isFavourite ? `Remove ${board.title} from favourites` : `Add ${board.title} to favourites`}
          aria-pressed={board.isFavourite}
          onPress={() => onStar(board.slug, !board.isFavourite)}
        >
          <Star size={15} aria-hidden className={board.isFavourite ? 'fill-warning text-warning' : ''} />
        </Button>
        {actions && <LineMenu line={line} actions={actions} />}
      </span>
    </div>
  )
}

interface FolderProps extends LineProps {
  readonly line: Extract<TreeLine, { kind: 'folder' }>
  readonly level: number
  readonly isExpanded: boolean
}

export function FolderLine({ line, level, isExpanded, actions }: FolderProps): ReactElement {
  const { folder, lines } = line
  const Icon = isExpanded && lines.length > 0 ? FolderOpen : Folder
  return (
    <div className={`${ROW} min-h-10`}>
      <Indent level={level} />
      <Handle line={line} name={folder.name} isOffered={actions !== undefined} />
      {lines.length > 0 ? (
        <AriaButton slot="chevron" className={CHEVRON}>
          <ChevronRight size={14} aria-hidden className={isExpanded ? 'rotate-90' : ''} />
        </AriaButton>
      ) : (
        <span className="size-4 shrink-0" />
      )}
      <Icon size={15} aria-hidden className="shrink-0 text-faint" />
      <bdi className="min-w-0 truncate font-medium">{folder.name}</bdi>
      <span className="figures flex-1 text-sm text-faint">{lines.length === 0 ? 'Empty' : lines.length}</span>
      <span className={ENDS}>{actions && <LineMenu line={line} actions={actions} />}</span>
    </div>
  )
}

function Indent({ level }: { level: number }): ReactElement | null {
  if (level === 1) return null
  return <span aria-hidden style={{ width: (level - 1) * 24 }} className="shrink-0" />
}

/** Seen when the line is pointed at; with the keyboard, it begins a move. */
function Handle({ line, name, isOffered }: { line: TreeLine; name: string; isOffered: boolean }): ReactElement | null {
  if (!isOffered) return null
  return (
    <AriaButton slot="drag" aria-label={`Move ${name}`} className={canMove(line) ? HANDLE : 'hidden'}>
      <GripVertical size={14} aria-hidden />
    </AriaButton>
  )
}

const ROW = 'relative flex items-center gap-2.5 pr-2 pl-3 sm:pl-5'
const OWNER = 'w-36 shrink-0 text-muted max-md:hidden'
const SEEN = 'w-28 shrink-0 text-muted max-lg:hidden'
const CHANGED = 'w-28 shrink-0 text-muted max-lg:hidden'
const ENDS = 'flex w-17 shrink-0 justify-end gap-1'
const NAME = 'rounded-sm font-medium hover:underline underline-offset-2'
const CHEVRON =
  '-mx-1 grid size-6 shrink-0 cursor-pointer place-items-center rounded-sm text-faint hover:bg-sunken hover:text-ink'
const HANDLE =
  'absolute top-1/2 left-0.5 grid h-6 w-4 -translate-y-1/2 cursor-grab place-items-center rounded-sm text-faint opacity-0 group-hover/line:opacity-100 focus-visible:opacity-100 max-sm:hidden'
