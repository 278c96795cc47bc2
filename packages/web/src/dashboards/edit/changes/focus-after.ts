import type { Board, Widget } from '@almanac/core/boards/board.ts'
import { inReadingOrder } from '../../grid/reading-order.ts'

/** Where the focus goes: to a widget, or to where one is added. */
type FocusTarget = { readonly widgetId: string } | 'add'

/**
 * For those who work with the keys: after a widget is deleted, the next one has the focus, else the one before; after that is
 * undone, the widget that is back. `undefined` when none went or came.
 */
export function focusAfter(before: Board, after: Board, isUndo: boolean): FocusTarget | undefined {
  const [then, now] = [before, after].map((board) => board.tabs.flatMap(idsOf)) as [string[], string[]]
  if (then.some((id) => !now.includes(id))) return neighbour(before, now)
  const back = now.find((id) => !then.includes(id))
  return isUndo && back !== undefined ? { widgetId: back } : undefined
}

function neighbour(before: Board, now: readonly string[]): FocusTarget {
  const ids = before.tabs.map(idsOf).find((list) => list.some((id) => !now.includes(id))) ?? []
  const gone = ids.findIndex((id) => !now.includes(id))
  const isLeft = (id: string) => now.includes(id)
  const next = ids.slice(gone).find(isLeft) ?? ids.slice(0, gone).findLast(isLeft)
  return next === undefined ? 'add' : { widgetId: next }
}

function idsOf({ sections }: Board['tabs'][number]): string[] {
  return sections.flatMap(({ widgets }) => inReadingOrder<Widget>(widgets).map(({ id }) => id))
}
