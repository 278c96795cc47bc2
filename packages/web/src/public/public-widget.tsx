import type { Widget } from '@almanac/core/boards/board.ts'
import { STATIC_KINDS } from '@almanac/core/charts/static-kinds.ts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { publicWidgetQuery } from '../api/public.ts'
import { drilledInto, zoomedInto } from '../dashboards/board/drill.ts'
import { useNearScreen } from '../dashboards/board/use-near-screen.ts'
import { useCrosshair } from '../dashboards/live/crosshair.ts'
import { loadable } from '../widgets/loadable.ts'
import { WidgetCard } from '../widgets/widget-card.tsx'
import { usePublicBoard } from './public-context.ts'

/** A widget of a shared board: it is asked for by its id, and what it asks only the server knows. */
export function PublicWidget({ widget }: { widget: Widget }): ReactElement {
  const { token, search, choice, go, mayZoom, crosshair, isPrinting, isAway } = usePublicBoard()
  const [box, isNear] = useNearScreen<HTMLDivElement>()
  const shared = useCrosshair(crosshair)
  const isStatic = (STATIC_KINDS as readonly string[]).includes(widget.chart.kind)
  const result = useQuery({
    ...publicWidgetQuery({ token, widget: widget.id, scope: choice.scope }),
    enabled: (isNear || isPrinting) && !isStatic,
    placeholderData: keepPreviousData,
  })
  const grain = result.data?.frame.grain
  return (
    <div ref={box} className="h-full break-inside-avoid">
      <WidgetCard
        title={widget.title}
        description={widget.description}
        spec={widget.chart}
        loadable={{ ...loadable(result, ({ frame }) => frame), isStale: isAway }}
        ignored={NONE}
        actions={NONE}
        crosshair={shared}
        {...(mayZoom && {
          onZoom: (from: string, to: string) => go(zoomedInto(search, choice, from, to)),
          onDrill: (time: string, timeEnd: string) => {
            const next = drilledInto(search, choice, time, timeEnd, grain)
            if (next) go(next)
          },
        })}
      />
    </div>
  )
}

const NONE: readonly never[] = []
