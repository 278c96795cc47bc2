import type { Section, Tab, Widget } from '@almanac/core/boards/board.ts'
import { useEffect, useState } from 'react'
import type { NoticeText } from '../../ui/notice.tsx'
import { bringIntoSight } from './bring-into-sight.ts'
import type { WidgetActions } from './canvas/widget-frame.tsx'
import { addTab } from './changes/board-edits.ts'
import type { BoardHistory } from './changes/use-board-history.ts'
import { useWidgetActions } from './changes/use-widget-actions.ts'
import { readWidgetText } from './changes/widget-clipboard.ts'
import { addWidget, type NewWidget, sectionOf, widgetOf } from './changes/widget-edits.ts'
import type { OpenDialog } from './editor-dialogs.tsx'

interface Options {
  readonly history: BoardHistory
  readonly tabId: string | undefined
  readonly onTab: (id: string) => void
}

/** What is chosen and open in the editor, and what can be done from more than one place. */
export interface Editor {
  readonly chosen: Widget | undefined
  readonly tab: Tab | undefined
  /** Where a new widget comes to. */
  readonly target: Section['id']
  readonly dialog: OpenDialog | undefined
  readonly notice: NoticeText | undefined
  readonly actions: WidgetActions
  readonly setDialog: (dialog: OpenDialog | undefined) => void
  readonly setNotice: (notice: NoticeText | undefined) => void
  readonly add: (widget: NewWidget, sectionId: string) => void
  readonly addAndOpenTab: () => void
  /** The widget that has the focus, else the chosen one. */
  readonly meant: (focusedId: string | undefined) => Widget | undefined
  /** Whether there was a widget in the text. */
  readonly paste: (text: string) => boolean
  readonly closePanel: () => void
}

export function useEditor({ history, tabId, onTab }: Options): Editor {
  const { board, change } = history
  const [chosenId, setChosenId] = useState<string>()
  const [dialog, setDialog] = useState<OpenDialog>()
  const [notice, setNotice] = useState<NoticeText>()
  const chosen = widgetOf(board, chosenId ?? '')
  const tab = board.tabs.find(({ id }) => id === tabId) ?? board.tabs[0]
  const target = (chosen && sectionOf(board, chosen.id)?.id) ?? tab?.sections.at(-1)?.id ?? ''
  const actions = useWidgetActions({ history, onChoose: setChosenId, onNotice: setNotice, onDialog: setDialog })

  // A new widget lies where there is room, which may be far below.
  useEffect(() => (chosenId === undefined ? undefined : bringIntoSight(`[data-widget="${chosenId}"]`)), [chosenId])

  const add = (widget: NewWidget, sectionId: string) => {
    const made = addWidget(board, sectionId, widget)
    change(() => made.board)
    setChosenId(made.id)
    setDialog(undefined)
  }
  return {
    chosen,
    tab,
    target,
    dialog,
    notice,
    actions,
    setDialog,
    setNotice,
    add,
    addAndOpenTab: () => {
      const made = addTab(board, 'New tab')
      change(() => made.board)
      onTab(made.id)
    },
    meant: (focusedId) => widgetOf(board, focusedId ?? chosenId ?? ''),
    paste: (text) => {
      const pasted = readWidgetText(text)
      if (pasted && 'problem' in pasted) setNotice({ text: pasted.problem, isBad: true })
      else if (pasted) add(pasted.widget, target)
      return pasted !== undefined
    },
    closePanel: () => {
      // Back to where it was opened from, for those who have no pointer.
      document.querySelector<HTMLElement>(`[data-widget="${chosenId}"] [data-grip]`)?.focus({ preventScroll: true })
      setChosenId(undefined)
    },
  }
}
