import type { Board } from '@almanac/core/boards/board.ts'
import { ApiError } from '../../api/api-error.ts'
import { type BoardAnswer, type BoardEntry, createBoard, saveBoard } from '../../api/boards.ts'
import { sectionsOf } from '../../dashboards/edit/changes/board-edits.ts'
import { addWidget, type NewWidget } from '../../dashboards/edit/changes/widget-edits.ts'
import { emptyBoard } from '../../dashboards/edit/start/empty-board.ts'

/** The one that was looked at last, of those that may be changed. */
export function usualBoard<T extends Pick<BoardEntry, 'slug'>>(
  changeable: readonly T[],
  recent: readonly Pick<BoardEntry, 'slug'>[],
): T | undefined {
  return recent.flatMap(({ slug }) => changeable.find((board) => board.slug === slug) ?? [])[0]
}

/** On a board that is there, at the first free spot of its first section. */
export async function putOnBoard(
  slug: string,
  widget: NewWidget,
  find: (slug: string) => Promise<BoardAnswer>,
): Promise<BoardAnswer> {
  for (let attempt = 1; ; attempt++) {
    const { board, version } = await find(slug)
    try {
      return await saveBoard(slug, { board: withWidget(board, widget), version, note: `Added ${widget.title}` })
    } catch (error) {
      // Somebody has saved in between: the widget fits on what they made, too.
      if (!(error instanceof ApiError) || error.code !== 'conflict' || attempt === 3) throw error
    }
  }
}

export async function putOnNewBoard(title: string, widget: NewWidget): Promise<BoardAnswer> {
  return createBoard(withWidget({ ...emptyBoard(), title }, widget))
}

export function withWidget(board: Board, widget: NewWidget): Board {
  const [first] = sectionsOf(board)
  return first ? addWidget(board, first.id, widget).board : board
}
