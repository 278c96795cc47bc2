import type { Widget } from '@almanac/core/boards/board.ts'
import { type ReactElement, useMemo, useState } from 'react'
import type { BoardAnswer } from '../../api/boards.ts'
import { useAnnotations } from '../../dashboards/annotations/use-annotations.ts'
import { BoardProvider } from '../../dashboards/board/board-context.ts'
import { BoardWidget } from '../../dashboards/board/board-widget.tsx'
import type { BoardSearch } from '../../dashboards/board/choice/board-search.ts'
import { useReaderChoice } from '../../dashboards/board/choice/use-reader-choice.ts'
import { crosshairStore } from '../../dashboards/live/crosshair.ts'
import type { KioskPage } from '../kiosk-pages.ts'
import { SlideView } from './slide-view.tsx'
import { useStage } from './stage-context.ts'

/** A page of a board for people with an account. */
export function TeamSlide({ answer, page }: { answer: BoardAnswer; page: KioskPage }): ReactElement {
  const { board, slug } = answer
  const choice = useReaderChoice(board, AS_THE_BOARD)
  const annotations = useAnnotations(board, slug, choice)
  const [crosshair] = useState(crosshairStore)
  const { isAway } = useStage()
  const context = useMemo(
    () => ({
      board,
      slug,
      choice,
      search: AS_THE_BOARD,
      go: stay,
      crosshair,
      annotations: annotations.marks,
      isPrinting: false,
      isAway,
      labelOf: (dimension: string) => dimension,
      onAnnotate: undefined,
    }),
    [board, slug, choice, crosshair, annotations.marks, isAway],
  )
  return (
    <BoardProvider value={context}>
      <SlideView
        title={board.title}
        page={page}
        rangeName={choice.rangeName}
        range={choice.range}
        timezone={choice.scope.timezone}
        renderWidget={renderWidget}
      />
    </BoardProvider>
  )
}

const AS_THE_BOARD: BoardSearch = {}
const stay = () => undefined
const renderWidget = (widget: Widget) => <BoardWidget widget={widget} />
