import {
  Cable,
  Compass,
  KeyRound,
  LayoutDashboard,
  Link2,
  type LucideIcon,
  MonitorPlay,
  Radio,
  SquareTerminal,
  Table2,
  Users,
} from 'lucide-react'

/** Of the navigation, in its order. */
export const PAGE_GROUPS = ['Dashboards', 'Analyse', 'Data', 'Settings'] as const

interface PageEntry {
  readonly path:
    | '/dashboards'
    | '/explore'
    | '/sql'
    | '/data'
    | '/sources'
    | '/links'
    | '/tools'
    | '/settings/keys'
    | '/settings/people'
    | '/screens'
  readonly label: string
  readonly group: (typeof PAGE_GROUPS)[number]
  readonly Icon: LucideIcon
  /** By which it is opened from anywhere. */
  readonly keys?: string
  /** Other words under which people look for it. */
  readonly words: string
  /** Those who may open it; by default everybody. */
  readonly roles?: readonly string[]
}

/** All pages that the navigation, ⌘K and the keys lead to. A page is a line here and a route in `router.tsx`. */
export const PAGES: readonly PageEntry[] = [
  {
    path: '/dashboards',
    label: 'All dashboards',
    group: 'Dashboards',
    Icon: LayoutDashboard,
    keys: 'g d',
    words: 'boards folders favourites',
  },
  {
    path: '/screens',
    label: 'Wall screens',
    group: 'Dashboards',
    Icon: MonitorPlay,
    words: 'kiosk tv rotate monitor office',
  },
  {
    path: '/data',
    label: 'Tables',
    group: 'Data',
    Icon: Table2,
    keys: 'g t',
    words: 'upload files tables csv excel json parquet saved sql',
  },
  {
    path: '/explore',
    label: 'Explore',
    group: 'Analyse',
    Icon: Compass,
    keys: 'g e',
    words: 'measures dimensions cube chart ask question pivot explain',
  },
  {
    path: '/sql',
    label: 'SQL',
    group: 'Analyse',
    Icon: SquareTerminal,
    keys: 'g s',
    words: 'statement query editor clickhouse tables',
  },
  {
    path: '/sources',
    label: 'Sources',
    group: 'Data',
    Icon: Radio,
    keys: 'g o',
    words: 'websites apps servers tracking events health live',
  },
  {
    path: '/links',
    label: 'Tracking links',
    group: 'Data',
    Icon: Link2,
    keys: 'g l',
    words: 'campaigns clicks installs short address',
  },
  {
    path: '/tools',
    label: 'Other tools',
    group: 'Data',
    Icon: Cable,
    words: 'grafana tableau excel spreadsheet bi connection',
  },
  {
    path: '/settings/people',
    label: 'People',
    group: 'Settings',
    Icon: Users,
    keys: 'g p',
    words: 'users team roles invite members accounts password',
    roles: ['admin'],
  },
  {
    path: '/settings/keys',
    label: 'API keys',
    group: 'Settings',
    Icon: KeyRound,
    words: 'tokens programs access',
    roles: ['admin'],
  },
]

/** In the order of the navigation. */
export function pagesFor(role: string | undefined): PageEntry[] {
  return PAGES.filter(({ roles }) => !roles || (role !== undefined && roles.includes(role))).toSorted(
    (a, b) => PAGE_GROUPS.indexOf(a.group) - PAGE_GROUPS.indexOf(b.group),
  )
}
