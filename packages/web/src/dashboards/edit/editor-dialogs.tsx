import type { ReactElement } from 'react'
import { LazyDialog } from '../../lazy/lazy-dialog.tsx'
import { lazyPart } from '../../lazy/lazy-part.ts'
import type { NoticeText } from '../../ui/notice.tsx'
import type { ReaderChoice } from '../board/choice/reader-choice.ts'
import { MoveToSectionDialog } from './canvas/move-to-section-dialog.tsx'
import type { BoardHistory } from './changes/use-board-history.ts'
import { moveWidget, type NewWidget, sectionOf } from './changes/widget-edits.ts'
import { ConflictDialog } from './saving/conflict-dialog.tsx'
import { LeaveDialog } from './saving/leave-dialog.tsx'
import type { NewPlace, Saving } from './saving/use-board-saving.ts'
import type { LeaveGuard } from './saving/use-leave-guard.ts'
import { SettingsDialog } from './settings/settings-dialog.tsx'
import { AddWidgetDialog } from './start/add-widget-dialog.tsx'
import { usualCube } from './start/usual-cube.ts'

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

const VERSIONS_DIALOG = lazyPart(() => import('../versions/versions-dialog.tsx'))

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
        <LazyDialog
          part={VERSIONS_DIALOG}
          props={{
            slug,
            board,
            onRestore: (version, old) => {
              change(() => old)
              onNotice({ text: `This is version ${version}. Save it to make it the newest.`, canUndo: true })
              onClose()
            },
            onClose,
          }}
        />
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
      {guard.isAsking && (
        <LeaveDialog
          onStay={guard.stay}
          onDiscard={guard.leave}
          // What went wrong with saving is said by the editor.
          onSave={
            slug === undefined
              ? undefined
              : () => saving.save(undefined, { onSuccess: guard.leave, onError: guard.stay })
          }
        />
      )}
    </>
  )
}
