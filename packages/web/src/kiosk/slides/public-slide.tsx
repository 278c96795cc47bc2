import type { Board, Widget } from '@almanac/core/boards/board.ts'
import { type ReactElement, useMemo, useState } from 'react'
import type { PublicRanges } from '../../api/public.ts'
import type { BoardSearch } from '../../dashboards/board/choice/board-search.ts'
import { crosshairStore } from '../../dashboards/live/crosshair.ts'
import { allowedSearch } from '../../public/allowed-search.ts'
import { PublicProvider } from '../../public/public-context.ts'
import { PublicWidget } from '../../public/public-widget.tsx'
import { usePublicChoice } from '../../public/use-public-choice.ts'
import { useServedScope } from '../../public/use-served-scope.ts'
import type { KioskPage } from '../kiosk-pages.ts'
import { SlideView } from './slide-view.tsx'
import { useStage } from './stage-context.ts'

interface Props {
  readonly token: string
  readonly board: Board
  readonly ranges: PublicRanges
  readonly allow: readonly string[]
  readonly page: KioskPage
}

/** A page of a shared board: the screen has no account. */
export function PublicSlide({ token, board, ranges, allow, page }: Props): ReactElement {
  const search = useMemo(() => allowedSearch(AS_THE_BOARD, board, allow), [board, allow])
  const choice = usePublicChoice(board, search)
  const [crosshair] = useState(crosshairStore)
  const { isAway } = useStage()
  const served = useServedScope(token)
  const context = useMemo(
    () => ({ token, board, ranges, choice, search, go: stay, mayZoom: false, crosshair, isPrinting: false, isAway }),
    [token, board, ranges, choice, search, crosshair, isAway],
  )
  const at = (text: string, timezone: string) => Temporal.Instant.from(text).toZonedDateTimeISO(timezone)
  return (
    <PublicProvider value={context}>
      <SlideView
        title={board.title}
        page={page}
        rangeName={choice.rangeName}
        range={served && { from: at(served.from, served.timezone), to: at(served.to, served.timezone) }}
        timezone={served?.timezone ?? choice.scope.timezone}
        renderWidget={renderWidget}
      />
    </PublicProvider>
  )
}

const AS_THE_BOARD: BoardSearch = {}
const stay = () => undefined
const renderWidget = (widget: Widget) => <PublicWidget widget={widget} />
