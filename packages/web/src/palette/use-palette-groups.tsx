import { rangeLabel } from '@almanac/core/time/range-expression.ts'
import { useQuery } from '@tanstack/react-query'
import { useRouter, useRouterState } from '@tanstack/react-router'
import { CalendarDays, ChartNoAxesColumn, CircleHelp, Command, Contrast, Link2, LogOut, Plus, Star } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { type BoardEntry, boardsQuery } from '../api/boards.ts'
import { cubesQuery } from '../api/cubes.ts'
import { sessionQuery } from '../api/queries.ts'
import { pagesFor } from '../app/pages.ts'
import { useMayEdit } from '../app/rights.ts'
import { THEME_LABELS } from '../app/shell/account-menu.tsx'
import { useOpenBoard, useRecentBoards } from '../app/shell/use-recent-boards.ts'
import { useSignOut } from '../app/shell/use-sign-out.ts'
import { changed, parseBoardSearch } from '../dashboards/board/choice/board-search.ts'
import { rangeGroups } from '../dashboards/ranges/range-options.ts'
import { SHORTCUTS } from '../ui/shortcuts.ts'
import { chooseTheme, THEMES } from '../ui/theme.ts'
import { exploreItems } from './explore-items.tsx'
import type { PaletteGroup, PaletteItem } from './palette-items.ts'

const ICON = { size: 15, 'aria-hidden': true } as const
const MOST_RECENT = 5

/** All that the palette knows on the page that is open. */
export function usePaletteGroups(onHelp: () => void): PaletteGroup[] {
  const { data: user } = useQuery(sessionQuery)
  const boards = useBoardItems()
  const recent = useRecentBoards()
  const open = useOpenBoard()
  const router = useRouter()
  return [
    {
      label: 'Seen lately',
      items: boards.ofMany(recent.filter(({ slug }) => slug !== open).slice(0, MOST_RECENT), 'recent'),
    },
    { label: 'This page', items: usePageItems() },
    { label: 'Dashboards', items: boards.all, isHidden: true },
    {
      label: 'Go to',
      items: pagesFor(user?.role).map(({ path, label, Icon, keys, words }) => ({
        id: `page:${path}`,
        label,
        words,
        keys,
        icon: <Icon {...ICON} />,
        run: () => void router.navigate({ to: path }),
      })),
    },
    { label: 'Explore', items: useExploreItems(), isHidden: true },
    { label: 'Range', items: useRangeItems(), isHidden: true },
    { label: 'Commands', items: useCommandItems(onHelp) },
  ]
}

function useBoardItems() {
  const { data } = useQuery(boardsQuery)
  const router = useRouter()
  const folderOf = (id: string | null) => data?.folders.find((folder) => folder.id === id)?.name
  const ofMany = (boards: readonly BoardEntry[], kind: 'board' | 'recent') =>
    boards.map((board) => ({
      id: `${kind}:${board.slug}`,
      label: board.title,
      note: board.description,
      words: `${board.slug} ${folderOf(board.folderId) ?? ''} ${board.ownerName ?? ''}`,
      icon: board.isFavourite ? <Star {...ICON} /> : <ChartNoAxesColumn {...ICON} />,
      run: () => void router.navigate({ to: '/dashboards/$slug', params: { slug: board.slug } }),
    }))
  return { ofMany, all: ofMany(data?.boards ?? [], 'board') }
}

/** What has keys on this page, other than going elsewhere. */
function usePageItems(): PaletteItem[] {
  const shortcuts = useSyncExternalStore(SHORTCUTS.onChange, SHORTCUTS.all)
  return shortcuts.flatMap(({ keys, label, group, run, isFallback }) => {
    if (!run || isFallback) return []
    const note = group === 'This page' ? undefined : group
    return [{ id: `keys:${keys}`, label, note, keys, icon: <Command {...ICON} />, run }]
  })
}

/** Ranges for the board that is open. */
function useRangeItems(): PaletteItem[] {
  const router = useRouter()
  const slug = useOpenBoard()
  const search = useRouterState({ select: ({ location }) => location.search })
  if (slug === undefined) return []
  return rangeGroups([]).flatMap(({ options }) =>
    options.map(({ id, label }) => ({
      id: `range:${id}`,
      label,
      note: rangeLabel(id) === id ? undefined : id,
      words: 'range time',
      icon: <CalendarDays {...ICON} />,
      run: () =>
        void router.navigate({
          to: '/dashboards/$slug',
          params: { slug },
          search: changed(parseBoardSearch(search), { range: id, drill: undefined }),
        }),
    })),
  )
}

function useExploreItems(): PaletteItem[] {
  const { data } = useQuery(cubesQuery)
  const router = useRouter()
  return exploreItems(data ?? [], (cube, measures) => {
    void router.navigate({ to: '/explore', search: { data: JSON.stringify({ cube, measures, grain: 'board' }) } })
  })
}

function useCommandItems(onHelp: () => void): PaletteItem[] {
  const mayEdit = useMayEdit()
  const router = useRouter()
  const signOut = useSignOut()
  const make = {
    id: 'new-board',
    label: 'New dashboard',
    words: 'board create make',
    icon: <Plus {...ICON} />,
    run: () => void router.navigate({ to: '/dashboards/new' }),
  }
  return [
    ...(mayEdit ? [make] : []),
    {
      id: 'copy-link',
      label: 'Copy the link of this page',
      words: 'url address share',
      icon: <Link2 {...ICON} />,
      run: () => void navigator.clipboard.writeText(window.location.href),
    },
    ...THEMES.map((theme) => ({
      id: `theme:${theme}`,
      label: `Colours: ${THEME_LABELS[theme].toLowerCase()}`,
      words: 'theme mode dark light contrast',
      icon: <Contrast {...ICON} />,
      run: () => chooseTheme(theme),
    })),
    {
      id: 'help',
      label: 'Keys of this page',
      words: 'help shortcuts keyboard',
      keys: '?',
      icon: <CircleHelp {...ICON} />,
      run: onHelp,
    },
    { id: 'sign-out', label: 'Sign out', words: 'log out leave', icon: <LogOut {...ICON} />, run: signOut },
  ]
}
