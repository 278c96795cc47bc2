import './print/print.css'
import { type ReactElement, useMemo, useState } from 'react'
import type { BoardAnswer } from '../../api/boards.ts'
import { useMayEdit } from '../../app/rights.ts'
import { useTitle } from '../../ui/use-title.ts'
import { AnnotationDialog } from '../annotations/annotation-dialog.tsx'
import { AnnotationMenu } from '../annotations/annotation-menu.tsx'
import { useAnnotations } from '../annotations/use-annotations.ts'
import { crosshairStore } from '../live/crosshair.ts'
import { useAsOf, useIsSettled, useIsUnreachable } from '../live/use-answers.ts'
import { useRefresh } from '../live/use-refresh.ts'
import { useBoardDimensions } from '../toolbar/board-dimensions.ts'
import { BoardToolbar } from '../toolbar/board-toolbar.tsx'
import { BoardBody } from './board-body.tsx'
import { BoardProvider } from './board-context.ts'
import { type BoardSearch, changed } from './choice/board-search.ts'
import { crumbs } from './choice/drill.ts'
import { useRangeUndo } from './choice/use-range-undo.ts'
import { useReaderChoice } from './choice/use-reader-choice.ts'
import { BoardHeader } from './head/board-header.tsx'
import { type BoardActions, BoardMenu } from './head/board-menu.tsx'
import { CrumbBar } from './head/crumb-bar.tsx'
import { RefreshPicker } from './head/refresh-picker.tsx'
import { AwayBanner } from './notes/away-banner.tsx'
import { BoardNotes } from './notes/board-notes.tsx'
import { FirstSourceNote } from './notes/first-source-note.tsx'
import { PAGE } from './page-class.ts'
import { PrintHeading } from './print/print-heading.tsx'
import { usePrinting } from './print/use-printing.ts'
import { useBoardKeys } from './use-board-keys.ts'

interface Props {
  readonly answer: BoardAnswer
  readonly search: BoardSearch
  readonly onSearch: (search: BoardSearch) => void
  readonly actions: Omit<BoardActions, 'onPrint'>
  readonly editLabel: string
}

/** A board to be looked at. */
export function BoardView({ answer, search, onSearch, actions, editLabel }: Props): ReactElement {
  const { board, slug } = answer
  const mayEdit = useMayEdit()
  const choice = useReaderChoice(board, search)
  const { go, undo } = useRangeUndo(search, onSearch)
  const [crosshair] = useState(crosshairStore)
  const annotations = useAnnotations(board, slug, choice)
  const [annotateAt, setAnnotateAt] = useState<string>()
  const refreshing = useRefresh(choice.refresh)
  const asOf = useAsOf()
  const isAway = useIsUnreachable() || refreshing.state === 'reconnecting'
  const isSettled = useIsSettled()
  const { labelOf } = useBoardDimensions(board)
  const { isPrinting, print, paper } = usePrinting()
  useTitle(board.title)
  useBoardKeys({ choice, search, go, undo, actions })

  const context = useMemo(
    () => ({
      board,
      slug,
      choice,
      search,
      go,
      crosshair,
      annotations: annotations.marks,
      isPrinting,
      isAway,
      labelOf,
      onAnnotate: mayEdit ? setAnnotateAt : undefined,
    }),
    [board, slug, choice, search, go, crosshair, annotations.marks, isPrinting, isAway, labelOf, mayEdit],
  )
  const { timezone } = choice.scope
  const range = { choice, search, onChange: go }
  return (
    <BoardProvider value={context}>
      <main className={PAGE} data-settled={isSettled || undefined} {...paper}>
        <BoardHeader
          title={board.title}
          description={board.description}
          favourite={{ slug, isFavourite: answer.isFavourite }}
          onEdit={actions.onEdit}
          editLabel={editLabel}
          onShare={actions.onShare}
          status={
            <RefreshPicker
              refresh={choice.refresh}
              refreshing={refreshing}
              asOf={asOf}
              timezone={timezone}
              onChange={(refresh) => go(changed(search, { refresh }))}
            />
          }
          menu={<BoardMenu actions={{ ...actions, onPrint: print }} />}
        />
        <PrintHeading asOf={asOf} />
        <BoardToolbar
          {...range}
          board={board}
          annotations={
            <AnnotationMenu
              {...range}
              annotations={annotations.all}
              mayEdit={mayEdit}
              onAdd={() => setAnnotateAt(crosshair.last() ?? Temporal.Now.instant().toString())}
            />
          }
        />
        <CrumbBar crumbs={crumbs(search, choice)} onGo={go} />
        <BoardNotes answer={answer} choice={choice} />
        <FirstSourceNote isAsked={isSettled && answer.origin === 'ready'} />
        <BoardBody />
        {isAway && <AwayBanner asOf={asOf} timezone={timezone} />}
        {annotateAt !== undefined && (
          <AnnotationDialog at={annotateAt} timezone={timezone} board={slug} onClose={() => setAnnotateAt(undefined)} />
        )}
      </main>
    </BoardProvider>
  )
}
