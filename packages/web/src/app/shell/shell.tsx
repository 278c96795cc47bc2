import { Link, Outlet } from '@tanstack/react-router'
import { CircleHelp, Search } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from 'react-aria-components'
import { Kbd } from '../../ui/kbd.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { AccountMenu } from './account-menu.tsx'
import { Navigation } from './navigation.tsx'
import { PhoneMenu } from './phone-menu.tsx'
import { useOverlays } from './use-overlays.tsx'
import { Wordmark } from './wordmark.tsx'

/** Navigation and the page beside it: a column with names, with icons alone on a tablet, a bar on top on a phone. */
export function Shell(): ReactElement {
  const { overlays, openPalette, openHelp } = useOverlays()
  return (
    <div className="flex min-h-dvh max-sm:flex-col">
      <a href="#page" className={SKIP}>
        Skip to the page
      </a>
      <aside className={SIDE}>
        <div className="sm:hidden">
          <PhoneMenu />
        </div>
        <Link to="/" aria-label="Almanac, home" className={HOME}>
          <Wordmark isNameHidden />
        </Link>
        <Button aria-keyshortcuts="Control+k Meta+k" className={FIND} onPress={openPalette}>
          <Search size={15} aria-hidden className="shrink-0" />
          <span className="flex-1 text-left max-lg:sr-only">Search</span>
          <span className="contents max-lg:hidden">
            <Kbd keys="mod+k" isShort />
          </span>
        </Button>
        <div className="min-h-0 flex-1 overflow-y-auto max-sm:hidden sm:-mx-2 sm:mt-4 sm:px-2 sm:pb-4">
          <Navigation />
        </div>
        <div className="flex items-center gap-1 max-lg:flex-col max-sm:flex-row">
          <div className="min-w-0 flex-1">
            <AccountMenu />
          </div>
          <Tooltip text="Keys  ?">
            <Button aria-label="Keys of this page" aria-keyshortcuts="?" className={HELP} onPress={openHelp}>
              <CircleHelp size={16} aria-hidden />
            </Button>
          </Tooltip>
        </div>
      </aside>
      <div id="page" tabIndex={-1} className="min-w-0 flex-1 outline-none">
        <Outlet />
      </div>
      {overlays}
    </div>
  )
}

const SKIP =
  'fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 font-medium text-on-accent focus:translate-y-0 print:hidden'
const SIDE = [
  'flex shrink-0 border-line print:hidden bg-sunken max-sm:sticky max-sm:top-0 max-sm:z-20 max-sm:h-12 max-sm:items-center max-sm:gap-1 max-sm:border-b max-sm:px-1',
  'sm:sticky sm:top-0 sm:h-dvh sm:w-14 sm:flex-col sm:border-r sm:p-2 sm:py-3 lg:w-54 lg:px-3',
].join(' ')
const HOME = 'flex h-8 items-center rounded-md px-1.5 max-sm:flex-1 sm:max-lg:justify-center'
const FIND = [
  'flex h-8 shrink-0 cursor-pointer items-center gap-2 rounded-md border border-line bg-surface px-2 text-muted hover:border-line-strong hover:text-ink',
  'sm:mt-3 sm:max-lg:justify-center max-sm:size-10 max-sm:justify-center max-sm:border-transparent max-sm:bg-transparent',
].join(' ')
const HELP =
  'grid size-8 shrink-0 cursor-pointer place-items-center rounded-md text-faint hover:bg-hover hover:text-ink max-sm:hidden'
