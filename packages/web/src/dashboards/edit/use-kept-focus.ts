import { useEffect, useRef } from 'react'
import { focusAfter } from './changes/focus-after.ts'
import type { BoardHistory } from './changes/use-board-history.ts'

/** Keeps the focus on the board when the widget that had it goes or comes back, instead of losing it to the page. */
export function useKeptFocus({ board, canRedo }: BoardHistory): void {
  const before = useRef(board)
  useEffect(() => {
    // After an undo there is something to redo; after any other change there is not.
    const target = focusAfter(before.current, board, canRedo)
    before.current = board
    if (!target) return
    // A menu or a panel that closes with the widget gives the focus back first, and the grid puts what is new in its place.
    const frame = requestAnimationFrame(() => {
      if (isFree(document.activeElement)) focusOf(target)?.focus()
    })
    return () => cancelAnimationFrame(frame)
  }, [board, canRedo])
}

function focusOf(target: NonNullable<ReturnType<typeof focusAfter>>): HTMLElement | null {
  if (target === 'add') return document.querySelector('main [data-add-widget]')
  return document.querySelector(`[data-widget="${target.widgetId}"] [data-grip]`)
}

/** Somebody who is writing, or presses Undo again and again, is not drawn away. */
function isFree(focused: Element | null): boolean {
  return focused === null || focused === document.body || focused.closest('[data-widget]') !== null
}
