import type { Board } from '@almanac/core/boards/board.ts'
import { type ReactElement, useCallback, useMemo, useState } from 'react'
import type { PublicRanges } from '../api/public.ts'
import type { BoardSearch, Refresh } from '../dashboards/board/choice/board-search.ts'
import { crumbs } from '../dashboards/board/choice/drill.ts'
import { CrumbBar } from '../dashboards/board/head/crumb-bar.tsx'
import { AwayBanner } from '../dashboards/board/notes/away-banner.tsx'
import { PAGE } from '../dashboards/board/page-class.ts'
import { usePrinting } from '../dashboards/board/print/use-printing.ts'
import { crosshairStore } from '../dashboards/live/crosshair.ts'
import { useAsOf, useIsSettled, useIsUnreachable } from '../dashboards/live/use-answers.ts'
import { useRefresh } from '../dashboards/live/use-refresh.ts'
import { useTitle } from '../ui/use-title.ts'
import { allowedSearch } from './allowed-search.ts'
import { PublicBody } from './public-body.tsx'
import { PublicProvider } from './public-context.ts'
import { PublicHeader } from './public-header.tsx'
import { lookOf, type PublicSearch } from './public-search.ts'
import { PublicToolbar } from './public-toolbar.tsx'
import { shownWords } from './shown-words.ts'
import { useFrameHeight } from './use-frame-height.ts'
import { usePublicChoice } from './use-public-choice.ts'
import { useServedScope } from './use-served-scope.ts'

interface Props {
  readonly token: string
  readonly board: Board
  readonly ranges: PublicRanges
  readonly allow: readonly string[]
  readonly search: PublicSearch
  readonly onSearch: (search: PublicSearch) => void
  readonly isEmbedded: boolean
  readonly isAway: boolean
}

export function SharedBoardView({
  token,
  board,
  ranges,
  allow,
  search,
  onSearch,
  isEmbedded,
  isAway,
}: Props): ReactElement {
  const allowed = useMemo(() => allowedSearch(search, board, allow), [search, board, allow])
  const choice = usePublicChoice(board, allowed)
  const go = useCallback((next: BoardSearch) => onSearch({ ...next, ...lookOf(search) }), [onSearch, search])
  const [crosshair] = useState(crosshairStore)
  useRefresh(polled(choice.refresh))
  const asOf = useAsOf()
  const isUnreachable = useIsUnreachable() || isAway
  const isSettled = useIsSettled()
  const served = useServedScope(token)
  const { isPrinting, print, paper } = usePrinting(isEmbedded)
  const mayZoom = allow.includes('range')
  const frame = useFrameHeight(isEmbedded)
  useTitle(board.title)

  const context = useMemo(
    () => ({
      token,
      board,
      ranges,
      choice,
      search: allowed,
      go,
      mayZoom,
      crosshair,
      isPrinting,
      isAway: isUnreachable,
    }),
    [token, board, ranges, choice, allowed, go, mayZoom, crosshair, isPrinting, isUnreachable],
  )
  const words = shownWords(choice, mayZoom ? choice.scope : served, asOf)
  return (
    <PublicProvider value={context}>
      <main ref={frame} className={isEmbedded ? EMBEDDED : PAGE} data-settled={isSettled || undefined} {...paper}>
        {!isEmbedded && <PublicHeader board={board} words={words} allow={allow} onPrint={print} />}
        <PublicToolbar token={token} board={board} allow={allow} choice={choice} search={allowed} onChange={go} />
        <CrumbBar crumbs={mayZoom ? crumbs(allowed, choice) : []} onGo={go} />
        <PublicBody />
        {isEmbedded && (
          <p className="figures text-sm text-muted">{[words.range, words.asOf].filter(Boolean).join(' · ')}</p>
        )}
        {isUnreachable && <AwayBanner asOf={asOf} timezone={choice.scope.timezone} />}
      </main>
    </PublicProvider>
  )
}

const EMBEDDED = 'flex w-full flex-col gap-3 p-1'

/** There are no events for those without an account: what is live asks as often as new figures can be had without a crowd. */
const polled = (refresh: Refresh): Refresh => (refresh === 'live' ? '10s' : refresh)
