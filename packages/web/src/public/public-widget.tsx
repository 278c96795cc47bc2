import type { Widget } from '@almanac/core/boards/board.ts'
import { isStatic } from '@almanac/core/charts/static-kinds.ts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { publicWidgetQuery } from '../api/public.ts'
import { timeGestures } from '../dashboards/board/choice/drill.ts'
import { ownRangeWords } from '../dashboards/board/own-range-words.ts'
import { useNearScreen } from '../dashboards/board/use-near-screen.ts'
import { useCrosshair } from '../dashboards/live/crosshair.ts'
import { loadable } from '../widgets/loadable.ts'
import { WidgetCard } from '../widgets/widget-card.tsx'
import { usePublicBoard } from './public-context.ts'

/** A widget of a shared board: it is asked for by its id, and what it asks only the server knows. */
export function PublicWidget({ widget }: { widget: Widget }): ReactElement {
  const { token, search, choice, go, mayZoom, crosshair, isPrinting, isAway } = usePublicBoard()
  const ownRange = useOwnRange(widget.id)
  const [box, isNear] = useNearScreen<HTMLDivElement>()
  const shared = useCrosshair(crosshair)
  const result = useQuery({
    ...publicWidgetQuery({ token, widget: widget.id, scope: choice.scope }),
    enabled: (isNear || isPrinting) && !isStatic(widget.chart.kind),
    placeholderData: keepPreviousData,
  })
  return (
    <div ref={box} className="h-full break-inside-avoid">
      <WidgetCard
        title={widget.title}
        description={widget.description}
        range={ownRange}
        spec={widget.chart}
        loadable={{ ...loadable(result, ({ frame }) => frame), isStale: isAway }}
        ignored={NONE}
        actions={NONE}
        crosshair={shared}
        {...(mayZoom && timeGestures(search, choice, result.data?.frame.grain, go))}
      />
    </div>
  )
}

/** What the card says of a range of its own: it is not the one above the board. */
function useOwnRange(id: string): string | undefined {
  const { ranges, choice } = usePublicBoard()
  const { timezone } = choice.scope
  return useMemo(() => ownRangeWords(ranges[id] ?? [], Temporal.Now.zonedDateTimeISO(timezone)), [ranges, id, timezone])
}

const NONE: readonly never[] = []
