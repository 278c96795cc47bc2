import type { Widget } from '@almanac/core/boards/board.ts'
import { memo, type ReactElement } from 'react'
import { EmptyNote } from '../../widgets/widget-notes.tsx'
import { useBoard } from './board-context.ts'
import { BoardWidget } from './board-widget.tsx'
import { BoardTabs } from './head/board-tabs.tsx'

/** Drawn again when the board or a choice changes, not each time that figures come. */
export const BoardBody = memo(function BoardBody(): ReactElement {
  const { board, slug, search, go } = useBoard()
  return (
    <BoardTabs board={board} search={search} go={go} keptAs={slug} renderWidget={renderWidget} empty={<EmptyBoard />} />
  )
})

const renderWidget = (widget: Widget) => <BoardWidget widget={widget} />

function EmptyBoard(): ReactElement {
  return (
    <div className="card h-64">
      <EmptyNote title="There is nothing on this board yet">
        <p>Edit it to add the first widget.</p>
      </EmptyNote>
    </div>
  )
}
