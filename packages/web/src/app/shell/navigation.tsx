import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChartNoAxesColumn, Star } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { type BoardEntry, boardsQuery } from '../../api/boards.ts'
import { sessionQuery } from '../../api/queries.ts'
import { PAGE_GROUPS, type PAGES, pagesFor } from '../pages.ts'
import { useRecentBoards } from './use-recent-boards.ts'

const MOST_FAVOURITES = 12
const MOST_RECENT = 4

/** All pages by group, with the favourite boards and those that were seen lately. `isWide` where names have room. */
export function Navigation({ isWide = false, onGo }: { isWide?: boolean; onGo?: () => void }): ReactElement {
  const { data: user } = useQuery(sessionQuery)
  const pages = pagesFor(user?.role)
  const look = isWide ? WIDE : NARROW
  return (
    <nav aria-label="Main" className="flex flex-col gap-0.5">
      {PAGE_GROUPS.map((group) => {
        const own = pages.filter((page) => page.group === group)
        if (own.length === 0) return null
        return (
          <div key={group} className="flex flex-col gap-0.5 not-first:mt-4">
            <span className={look.group}>{group}</span>
            {own.map((page) => (
              <PageLink key={page.path} page={page} look={look} onGo={onGo} />
            ))}
          </div>
        )
      })}
      <BoardLinks look={look} onGo={onGo} />
    </nav>
  )
}

interface Look {
  readonly group: string
  readonly item: string
  readonly name: string
  readonly boards: string
}

interface PageLinkProps {
  readonly page: (typeof PAGES)[number]
  readonly look: Look
  readonly onGo: (() => void) | undefined
}

function PageLink({ page: { path, label, Icon }, look, onGo }: PageLinkProps): ReactElement {
  return (
    <Link
      to={path}
      title={label}
      className={look.item}
      activeProps={{ className: ACTIVE }}
      activeOptions={{ exact: path === '/dashboards', includeSearch: false }}
      {...(onGo && { onClick: onGo })}
    >
      <Icon size={16} aria-hidden className="shrink-0" />
      <span className={look.name}>{label}</span>
    </Link>
  )
}

/** Boards that are likely wanted. They come last: what is known a moment later must not move what somebody is about to click. */
function BoardLinks({ look, onGo }: { look: Look; onGo: (() => void) | undefined }): ReactElement | null {
  const { data } = useQuery(boardsQuery)
  const favourites = (data?.boards ?? []).filter(({ isFavourite }) => isFavourite).slice(0, MOST_FAVOURITES)
  const recent = useRecentBoards().filter(({ isFavourite }) => !isFavourite)
  const line = (board: BoardEntry, icon: ReactNode) => (
    <Link
      key={board.slug}
      to="/dashboards/$slug"
      params={{ slug: board.slug }}
      title={board.title}
      className={look.item}
      activeProps={{ className: ACTIVE }}
      activeOptions={{ includeSearch: false }}
      {...(onGo && { onClick: onGo })}
    >
      {icon}
      <bdi className={look.name}>{board.title}</bdi>
    </Link>
  )
  if (favourites.length + recent.length === 0) return null
  return (
    <div className={look.boards}>
      <span className={look.group}>Favourite and recent</span>
      {favourites.map((board) => line(board, <Star size={14} aria-label="Favourite" className="mx-px shrink-0" />))}
      {recent
        .slice(0, MOST_RECENT)
        .map((board) => line(board, <ChartNoAxesColumn size={14} aria-hidden className="mx-px shrink-0 text-faint" />))}
    </div>
  )
}

const ACTIVE = 'bg-surface text-ink! shadow-[0_0_0_1px_var(--line)]'
const ITEM = 'group flex h-8 items-center gap-2 rounded-md px-2 font-medium text-muted hover:bg-hover hover:text-ink'
const WIDE: Look = {
  group: 'px-2 pb-1 text-xs font-medium text-faint',
  item: `${ITEM} max-sm:h-10`,
  name: 'min-w-0 truncate',
  boards: 'mt-4 flex flex-col gap-0.5',
}
/** Names where the window is wide, icons alone on a tablet. There the boards have to be looked for: their icons are all alike. */
const NARROW: Look = {
  group: 'px-2 pb-1 text-xs font-medium text-faint max-lg:sr-only',
  item: `${ITEM} max-lg:justify-center`,
  name: 'min-w-0 truncate max-lg:sr-only',
  boards: 'mt-4 flex flex-col gap-0.5 max-lg:hidden',
}
