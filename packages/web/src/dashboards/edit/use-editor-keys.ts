import { useEffect, useRef } from 'react'
import { useEditorKeyNotes } from './editor-key-notes.ts'

export interface EditorKeys {
  readonly undo: () => void
  readonly redo: () => void
  readonly save: () => void
  /** Of the widget that has the focus, else of the chosen one. */
  readonly duplicate: (widgetId: string | undefined) => void
  readonly remove: (widgetId: string | undefined) => void
  readonly leave: () => void
  /** The widget as text, when one has the focus or is chosen. */
  readonly copied: (widgetId: string | undefined) => string | undefined
  readonly paste: (text: string) => unknown
}

/** The keys of the editor, wherever the focus is; fields that are written in keep theirs. */
export function useEditorKeys(keys: EditorKeys): void {
  useEditorKeyNotes()
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const run = actionOf(event)
      if (!run || event.defaultPrevented) return
      event.preventDefault()
      latest.current[run](widgetAt(event.target))
    }
    const onCopy = (event: ClipboardEvent) => {
      if (isWriting(event.target) || String(getSelection()) !== '') return
      const text = latest.current.copied(widgetAt(event.target))
      if (text === undefined) return
      event.preventDefault()
      event.clipboardData?.setData('text/plain', text)
    }
    const onPaste = (event: ClipboardEvent) => {
      if (isWriting(event.target)) return
      latest.current.paste(event.clipboardData?.getData('text/plain') ?? '')
    }
    document.addEventListener('keydown', onKeyDown)
    document.addEventListener('copy', onCopy)
    document.addEventListener('paste', onPaste)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('paste', onPaste)
    }
  }, [])
}

type Action = 'undo' | 'redo' | 'save' | 'duplicate' | 'remove' | 'leave'

function actionOf(event: KeyboardEvent): Action | undefined {
  const key = event.key.toLowerCase()
  const isCommand = event.ctrlKey || event.metaKey
  if (isCommand && key === 's') return 'save'
  // A field takes back its own letters; a dialog over the board has keys of its own.
  if (isWriting(event.target) || isInDialog(event.target)) return undefined
  if (isCommand && key === 'z') return event.shiftKey ? 'redo' : 'undo'
  if (isCommand && key === 'y') return 'redo'
  if (isCommand && key === 'd') return 'duplicate'
  if (isCommand) return undefined
  if ((key === 'delete' || key === 'backspace') && widgetAt(event.target) !== undefined) return 'remove'
  return key === 'escape' ? 'leave' : undefined
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, [contenteditable=true], .cm-editor') !== null
}

function isInDialog(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]') !== null
  )
}

function widgetAt(target: EventTarget | null): string | undefined {
  const widget = target instanceof Element ? target.closest('[data-widget]') : null
  return widget?.getAttribute('data-widget') ?? undefined
}
