import { type ReactElement, useCallback, useState } from 'react'
import type { BoardAnswer } from '../../api/boards.ts'
import { Notice } from '../../ui/notice.tsx'
import { useTitle } from '../../ui/use-title.ts'
import type { BoardSearch } from '../board/choice/board-search.ts'
import type { ReaderChoice } from '../board/choice/reader-choice.ts'
import { BoardToolbar } from '../toolbar/board-toolbar.tsx'
import { EditorCanvas } from './canvas/editor-canvas.tsx'
import type { BoardHistory } from './changes/use-board-history.ts'
import { widgetText } from './changes/widget-clipboard.ts'
import { EditorDialogs } from './editor-dialogs.tsx'
import { EditorHead } from './editor-head.tsx'
import { ChosenPanel } from './panel/chosen-panel.tsx'
import { SidePanel } from './panel/side-panel.tsx'
import { type NewPlace, type SavedBoard, useBoardSaving } from './saving/use-board-saving.ts'
import { useDraft } from './saving/use-draft.ts'
import { useLeaveGuard } from './saving/use-leave-guard.ts'
import { useEditor } from './use-editor.ts'
import { useEditorKeys } from './use-editor-keys.ts'
import { useKeptFocus } from './use-kept-focus.ts'

interface Props {
  readonly history: BoardHistory
  readonly initial: SavedBoard
  readonly answer: BoardAnswer | undefined
  readonly choice: ReaderChoice
  readonly search: BoardSearch
  readonly onSearch: (search: BoardSearch) => void
  readonly onMoved: (slug: string) => void
  readonly onLeave: () => void
}

/** The bar, the board, the panel of the chosen widget, and what opens over them. */
export function EditorPage(props: Props): ReactElement {
  const { history, initial, answer, choice, search, onSearch, onMoved, onLeave } = props
  const { board } = history
  useTitle(initial.slug === undefined ? 'New dashboard' : `Edit ${board.title}`)
  const [place, setPlace] = useState<NewPlace>({
    visibility: answer?.visibility ?? 'team',
    folderId: answer?.folderId ?? null,
  })
  const openTab = (id: string) => onSearch({ ...search, tab: id })
  const editor = useEditor({ history, tabId: search.tab, onTab: openTab })
  const { chosen, tab, actions, setDialog, setNotice, closePanel } = editor
  const guard = useLeaveGuard(initial.board !== board)
  const saving = useBoardSaving({
    initial,
    board,
    place,
    onMoved: (slug) => {
      guard.allow()
      onMoved(slug)
    },
  })
  guard.watch(saving.isChanged)
  const draft = useDraft({ slug: initial.slug, board, version: saving.saved.version, isChanged: saving.isChanged })
  const closeNotice = useCallback(() => setNotice(undefined), [setNotice])
  const duplicate = (id: string | undefined) => id !== undefined && actions.onDuplicate(id)
  const remove = (id: string | undefined) => id !== undefined && actions.onRemove(id)
  useEditorKeys({
    undo: history.undo,
    redo: history.redo,
    save: () => saving.isChanged && !saving.isSaving && saving.save(),
    duplicate: (focused) => duplicate(editor.meant(focused)?.id),
    remove: (focused) => remove(editor.meant(focused)?.id),
    leave: closePanel,
    copied: (focused) => {
      const widget = editor.meant(focused)
      return widget && widgetText(widget)
    },
    paste: editor.paste,
  })
  useKeptFocus(history)
  return (
    <div className="flex min-h-dvh">
      <main className="mx-auto flex w-full max-w-[112rem] min-w-0 flex-1 flex-col gap-3 px-3 pb-24 sm:px-6">
        <EditorHead history={history} editor={editor} saving={saving} draft={draft} onLeave={onLeave} />
        <BoardToolbar choice={choice} search={search} onChange={onSearch} board={board} />
        {tab && (
          <EditorCanvas
            board={board}
            tab={tab}
            chosenId={chosen?.id}
            history={history}
            widgetActions={actions}
            onTab={openTab}
            onAddTab={editor.addAndOpenTab}
            onAdd={(sectionId) => setDialog({ kind: 'add', sectionId })}
            onNotice={setNotice}
          />
        )}
      </main>
      {chosen && (
        <SidePanel label="Edit the widget" onClose={closePanel}>
          <ChosenPanel
            key={chosen.id}
            widget={chosen}
            slug={initial.slug}
            choice={choice}
            history={history}
            onDuplicate={() => actions.onDuplicate(chosen.id)}
            onRemove={() => actions.onRemove(chosen.id)}
            onClose={closePanel}
          />
        </SidePanel>
      )}
      <EditorDialogs
        dialog={editor.dialog}
        history={history}
        saving={saving}
        place={place}
        onPlace={setPlace}
        choice={choice}
        guard={guard}
        onAdd={editor.add}
        onNotice={setNotice}
        onClose={() => setDialog(undefined)}
      />
      <Notice
        notice={editor.notice}
        onUndo={() => {
          history.undo()
          closeNotice()
        }}
        onClose={closeNotice}
      />
    </div>
  )
}
