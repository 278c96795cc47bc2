import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { Cable, ChartNoAxesColumn, KeyRound, Link2, Radio } from 'lucide-react'
import type { ReactElement } from 'react'
import { sessionQuery } from '../api/queries.ts'
import { AccountMenu } from './account-menu.tsx'
import { Wordmark } from './wordmark.tsx'

/** Navigation and the page beside it: a column with names, with icons alone on a tablet, a bar on top on a phone. */
export function Shell(): ReactElement {
  const { data: user } = useQuery(sessionQuery)
  return (
    <div className="flex min-h-dvh max-sm:flex-col">
      <a href="#page" className={SKIP}>
        Skip to the page
      </a>
      <aside className={SIDE}>
        <Link
          to="/dashboards/web"
          aria-label="Almanac, home"
          className="flex h-8 items-center rounded-md px-1.5 sm:max-lg:justify-center"
        >
          <Wordmark isNameHidden />
        </Link>
        <nav aria-label="Main" className="flex gap-0.5 max-sm:ml-1 sm:mt-5 sm:flex-col">
          <span className={GROUP}>Dashboards</span>
          <Link to="/dashboards/web" className={NAV} activeProps={{ className: ACTIVE }}>
            <ChartNoAxesColumn size={16} aria-hidden className="shrink-0" />
            <span className={NAME}>Web overview</span>
          </Link>
          <span className={`${GROUP} lg:mt-4`}>Data</span>
          <Link to="/sources" className={NAV} activeProps={{ className: ACTIVE }}>
            <Radio size={16} aria-hidden className="shrink-0" />
            <span className={NAME}>Sources</span>
          </Link>
          <Link to="/links" className={NAV} activeProps={{ className: ACTIVE }}>
            <Link2 size={16} aria-hidden className="shrink-0" />
            <span className={NAME}>Tracking links</span>
          </Link>
          <Link to="/tools" className={NAV} activeProps={{ className: ACTIVE }}>
            <Cable size={16} aria-hidden className="shrink-0" />
            <span className={NAME}>Other tools</span>
          </Link>
          {user?.role === 'admin' && (
            <>
              <span className={`${GROUP} lg:mt-4`}>Settings</span>
              <Link to="/settings/keys" className={NAV} activeProps={{ className: ACTIVE }}>
                <KeyRound size={16} aria-hidden className="shrink-0" />
                <span className={NAME}>API keys</span>
              </Link>
            </>
          )}
        </nav>
        <div className="max-sm:ml-auto sm:mt-auto">
          <AccountMenu />
        </div>
      </aside>
      <div id="page" tabIndex={-1} className="min-w-0 flex-1 outline-none">
        <Outlet />
      </div>
    </div>
  )
}

const GROUP = 'px-2 pb-1 text-xs font-medium text-faint max-lg:sr-only'
const ACTIVE = 'bg-surface text-ink! shadow-[0_0_0_1px_var(--line)]'
const SKIP =
  'fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 font-medium text-on-accent focus:translate-y-0'
const SIDE = [
  'flex shrink-0 border-line bg-sunken max-sm:sticky max-sm:top-0 max-sm:z-20 max-sm:h-12 max-sm:items-center max-sm:border-b max-sm:px-2',
  'sm:sticky sm:top-0 sm:h-dvh sm:w-14 sm:flex-col sm:border-r sm:p-2 sm:py-3 lg:w-54 lg:px-3',
].join(' ')
/** Icons alone on a tablet, and on a phone but for the page that is open. */
const NAME = 'truncate sm:max-lg:sr-only max-sm:group-not-data-[status=active]:sr-only'
const NAV =
  'group flex h-8 items-center gap-2 rounded-md px-2 font-medium text-muted hover:bg-hover hover:text-ink sm:max-lg:justify-center'
