import { parseRange, rangeText } from '@almanac/core/time/range-expression.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import { useQueryClient } from '@tanstack/react-query'
import { WIDGET_ANSWER } from '../../api/widget-answers.ts'
import { useShortcut } from '../../ui/shortcuts.ts'
import { type BoardSearch, changed } from './choice/board-search.ts'
import { shiftedRange, zoomedOut } from './choice/range-moves.ts'
import type { ReaderChoice } from './choice/reader-choice.ts'
import type { BoardActions } from './head/board-menu.tsx'

interface Options {
  readonly choice: ReaderChoice
  readonly search: BoardSearch
  readonly go: (search: BoardSearch) => void
  readonly undo: () => void
  readonly actions: Pick<BoardActions, 'onEdit' | 'onKiosk'>
}

const RANGE = { group: 'Range' }

/** What one can do on a board without the mouse, beside its controls. */
export function useBoardKeys({ choice, search, go, undo, actions }: Options): void {
  const client = useQueryClient()
  const { range, rangeText: text, scope } = choice
  const now = () => Temporal.Now.zonedDateTimeISO(scope.timezone)
  const show = (next: ZonedRange) => go(changed(search, { range: rangeText(next) }))
  const paste = async () => {
    const pasted = (await navigator.clipboard.readText()).trim()
    if ('range' in parseRange(pasted, now(), scope.firstDayOfWeek))
      go(changed(search, { range: pasted, drill: undefined }))
  }
  useShortcut('e', 'Edit the board', actions.onEdit)
  useShortcut(
    'r',
    'Refresh all figures',
    () => void client.refetchQueries({ queryKey: [WIDGET_ANSWER], type: 'active' }),
  )
  useShortcut('d k', 'Show on a wall screen', actions.onKiosk)
  useShortcut('t arrowleft', 'Earlier', () => show(shiftedRange(range, -1)), RANGE)
  useShortcut('t arrowright', 'Later', () => show(shiftedRange(range, 1)), RANGE)
  useShortcut('t z', 'Zoom out', () => show(zoomedOut(range, now())), RANGE)
  useShortcut('mod+z', 'Take the last range back', undo, RANGE)
  useShortcut('t c', 'Copy the range', () => void navigator.clipboard.writeText(text), RANGE)
  useShortcut('t v', 'Paste a range', () => void paste().catch(() => undefined), RANGE)
}
