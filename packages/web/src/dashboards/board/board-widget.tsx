import type { Widget } from '@almanac/core/boards/board.ts'
import { dimensionsOf } from '@almanac/core/boards/widget-query.ts'
import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import { EMPTY_FRAME } from '@almanac/core/charts/frame.ts'
import type { QueryFilter } from '@almanac/core/query/filter.ts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { toApiError } from '../../api/api-error.ts'
import { useKnownCubes } from '../../api/use-known-cubes.ts'
import { ignoredDimensions, type WidgetAsk, widgetAnswerQuery } from '../../api/widget-answers.ts'
import type { CardAction } from '../../widgets/card/card-menu.tsx'
import { loadable } from '../../widgets/loadable.ts'
import { WidgetCard } from '../../widgets/widget-card.tsx'
import { useCrosshair } from '../live/crosshair.ts'
import { useBoard } from './board-context.ts'
import { withFilters } from './choice/board-search.ts'
import { timeGestures } from './choice/drill.ts'
import { pickedFilters } from './choice/filter-edits.ts'
import { useExploreAction } from './choice/use-explore-action.tsx'
import { useTimeActions } from './choice/use-time-actions.tsx'
import { ownRangeWords } from './own-range-words.ts'
import { useNearScreen } from './use-near-screen.ts'

interface Props {
  readonly widget: Widget
  /** Further lines of its menu, such as those of somebody who edits the board. */
  readonly actions?: readonly CardAction[]
  readonly isEditing?: boolean
}

/** A widget on its board: it asks while it can be seen, and what is done on it counts for the whole board. */
export function BoardWidget({ widget, actions = NO_ACTIONS, isEditing = false }: Props): ReactElement {
  const { board, search, choice, go, crosshair, annotations, isPrinting, isAway, labelOf } = useBoard()
  const [box, isNear] = useNearScreen<HTMLDivElement>()
  const ask = useAsk(widget)
  const result = useAnswer(ask, isNear || isPrinting)
  const isAlongTime = ALONG_TIME.has(widget.chart.kind)
  const shared = useCrosshair(crosshair, isAlongTime)
  const timeActions = useTimeActions(isAlongTime && !isEditing ? result.data?.frame : undefined)
  const exploreActions = useExploreAction(widget)
  const ownRange = useOwnRange(widget)
  const isStatic = widget.data.length === 0
  const isFixed = widget.data.every((data) => data.from === 'cube' && data.isFixed)
  return (
    <div ref={box} className="h-full break-inside-avoid">
      <WidgetCard
        title={widget.title}
        description={widget.description}
        range={ownRange}
        spec={widget.chart}
        loadable={isStatic ? STATIC : { ...loadable(result, ({ frame }) => frame), isStale: isAway }}
        ignored={ignoredFilters(ignoredDimensions(ask, result.data), choice.scope.filters).map(labelOf)}
        crosshair={shared}
        annotations={choice.hasAnnotations ? annotations : NO_ANNOTATIONS}
        actions={isEditing ? actions : [...timeActions, ...exploreActions, ...actions]}
        isEditing={isEditing}
        {...(!isEditing && timeGestures(search, choice, result.data?.frame.grain, go))}
        {...(!isEditing &&
          !isFixed && {
            onPick: (picks, isAdditive) =>
              go(withFilters(search, pickedFilters(choice.scope.filters, picks, isAdditive), board.filters)),
          })}
      />
    </div>
  )
}

/** What the card says of a range of its own: it is not the one above the board. */
function useOwnRange({ data }: Widget): string | undefined {
  const { timezone } = useBoard().choice.scope
  return useMemo(
    () =>
      ownRangeWords(
        data.map(({ range }) => range),
        Temporal.Now.zonedDateTimeISO(timezone),
      ),
    [data, timezone],
  )
}

function useAsk({ data }: Widget): WidgetAsk {
  const { board, slug, choice } = useBoard()
  const { scope } = choice
  const cubes = useKnownCubes()
  return useMemo(
    () => ({ ...(slug !== undefined && { board: slug }), scope, data, variables: board.variables, cubes }),
    [slug, scope, data, board.variables, cubes],
  )
}

function useAnswer(ask: WidgetAsk, isAsking: boolean) {
  const { choice } = useBoard()
  const { scope, data } = ask
  const isMoving =
    choice.refresh === 'live' &&
    ((choice.isRunning && scope.compare.some(({ toDate }) => toDate)) || data.some(({ range }) => range !== undefined))
  return useQuery({
    ...widgetAnswerQuery(ask),
    enabled: isAsking && !choice.isPending && data.length > 0,
    placeholderData: keepPreviousData,
    // Who has switched refreshing off compares figures: none of them moves, also when the page comes back to the front.
    ...(choice.refresh === 'off' && { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false }),
    refetchInterval: ({ state }) => againAfterMs(state.error, isMoving),
  })
}

/** What is compared to date, or has a range of its own, goes on with the clock, also when nothing happens. */
function againAfterMs(error: Error | null, isMoving: boolean): number | false {
  if (error && isPassing(toApiError(error).status)) return 5000
  return isMoving ? 60_000 : false
}

const isPassing = (status: number) => status === 0 || status === 429 || status >= 500

/** Variables are left out: they are laid out for the widgets that heed them, and everybody sees which those are. */
function ignoredFilters(ignored: readonly string[], filters: readonly QueryFilter[]): readonly string[] {
  const filtered = new Set(filters.flatMap(dimensionsOf))
  return ignored.filter((dimension) => filtered.has(dimension))
}

/** Kinds along an axis of time, which point at the same moment. */
const ALONG_TIME: ReadonlySet<ChartKind> = new Set([
  'line',
  'area',
  'stacked_area',
  'share_area',
  'bar',
  'stacked_bar',
  'combo',
])

const NO_ACTIONS: readonly CardAction[] = []
const NO_ANNOTATIONS: readonly never[] = []
const STATIC = { data: EMPTY_FRAME, error: undefined, isSuperseded: false, retry: () => undefined }
