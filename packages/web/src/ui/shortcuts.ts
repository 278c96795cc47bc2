import { useEffect, useRef } from 'react'
import { type Place, shortcutList } from './shortcut-list.ts'

/** All keys of the page that is open. There is one keyboard, so there is one list. */
export const SHORTCUTS = shortcutList()

interface Options {
  /** Under which it stands in the help that `?` opens. */
  readonly group?: string
  /** Also while somebody writes in a field or a dialog is open. */
  readonly isEverywhere?: boolean
  /** A page may mean something else by the same keys. */
  readonly isFallback?: boolean
}

/** For as long as the component is there, the keys run it, and the help and ⌘K name it. Without `run` it is not offered. */
export function useShortcut(keys: string, label: string, run: (() => void) | undefined, options: Options = {}): void {
  const { group = 'This page', isEverywhere = false, isFallback = false } = options
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  const isOffered = run !== undefined
  useEffect(() => {
    if (!isOffered) return
    listen()
    return SHORTCUTS.add({ keys, label, group, isEverywhere, isFallback, run: () => latest.current?.() })
  }, [keys, label, group, isEverywhere, isFallback, isOffered])
}

/** Keys that what has the focus answers to by itself: the help tells of them. */
export function useShortcutNote(keys: string, label: string, group: string): void {
  useEffect(
    () => SHORTCUTS.add({ keys, label, group, isEverywhere: false, isFallback: false, run: undefined }),
    [keys, label, group],
  )
}

let isListening = false

function listen(): void {
  if (isListening) return
  isListening = true
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return
    if (SHORTCUTS.press(event, placeOf(event.target), event.timeStamp)) event.preventDefault()
  })
}

function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof Element)) return 'page'
  if (target.closest(FIELDS)) return 'field'
  return target.closest(LISTS) ? 'list' : 'page'
}

const FIELDS =
  'input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=dialog], [role=alertdialog]'
const LISTS = '[role=menu], [role=listbox], [role=treegrid]'
