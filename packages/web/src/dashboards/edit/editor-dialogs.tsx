import { lazy, type ReactElement, Suspense } from 'react'
import type { NoticeText } from '../../ui/notice.tsx'
import type { ReaderChoice } from '../board/reader-choice.ts'
import { AddWidgetDialog } from './add-widget-dialog.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { MoveToSectionDialog } from './move-to-section-dialog.tsx'
import { SettingsDialog } from './settings/settings-dialog.tsx'
import type { BoardHistory } from './use-board-history.ts'
import type { NewPlace, Saving } from './use-board-saving.ts'
import type { LeaveGuard } from './use-leave-guard.ts'
import { usualCube } from './usual-cube.ts'
import { moveWidget, type NewWidget, sectionOf } from './widget-edits.ts'

/** What lies over the editor at the moment. */
export type OpenDialog =
  | { readonly kind: 'add'; readonly sectionId: string }
  | { readonly kind: 'move'; readonly widgetId: string }
  | { readonly kind: 'settings' | 'versions' }

interface Props {
  readonly dialog: OpenDialog | undefined
  readonly history: BoardHistory
  readonly saving: Saving
  readonly place: NewPlace
  readonly onPlace: (place: NewPlace) => void
  readonly choice: ReaderChoice
  readonly guard: LeaveGuard
  readonly onAdd: (widget: NewWidget, sectionId: string) => void
  readonly onNotice: (notice: NoticeText) => void
  readonly onClose: () => void
}

const VersionsDialog = lazy(() => import('../versions/versions-dialog.tsx'))

export function EditorDialogs(props: Props): ReactElement {
  const { dialog, history, saving, guard, onAdd, onNotice, onClose } = props
  const { board, change } = history
  const { slug } = saving.saved
  return (
    <>
      {dialog?.kind === 'add' && (
        <AddWidgetDialog
          usualCube={usualCube(board)}
          onAdd={(widget) => onAdd(widget, dialog.sectionId)}
          onClose={onClose}
        />
      )}
      {dialog?.kind === 'move' && (
        <MoveToSectionDialog
          board={board}
          sectionId={sectionOf(board, dialog.widgetId)?.id ?? ''}
          onMove={(sectionId) => {
            change((now) => moveWidget(now, dialog.widgetId, sectionId))
            onClose()
          }}
          onClose={onClose}
        />
      )}
      {dialog?.kind === 'settings' && (
        <SettingsDialog
          board={board}
          slug={slug}
          place={props.place}
          choice={props.choice}
          onPlace={props.onPlace}
          onChange={(next, step) => change(() => next, step)}
          onClose={onClose}
        />
      )}
      {dialog?.kind === 'versions' && slug !== undefined && (
        <Suspense>
          <VersionsDialog
            slug={slug}
            board={board}
            onRestore={(version, old) => {
              change(() => old)
              onNotice({ text: `This is version ${version}. Save it to make it the newest.`, canUndo: true })
              onClose()
            }}
            onClose={onClose}
          />
        </Suspense>
      )}
      {saving.isConflict && saving.error && (
        <ConflictDialog
          error={saving.error}
          onCopy={saving.saveCopy}
          onTheirs={() =>
            void saving.takeTheirs().then((theirs) => {
              if (theirs) change(() => theirs)
            })
          }
          onClose={saving.forget}
        />
      )}
      {guard.isAsking && <LeaveDialog onStay={guard.stay} onDiscard={guard.leave} />}
    </>
  )
}
