import type { Widget } from '@almanac/core/boards/board.ts'
import type { ReactElement } from 'react'
import { BoardTabs } from '../dashboards/board/head/board-tabs.tsx'
import { EmptyNote } from '../widgets/widget-notes.tsx'
import { usePublicBoard } from './public-context.ts'
import { PublicWidget } from './public-widget.tsx'

/** What a shared board shows. */
export function PublicBody(): ReactElement {
  const { board, search, go, token } = usePublicBoard()
  return (
    <BoardTabs
      board={board}
      search={search}
      go={go}
      keptAs={`public.${token.slice(0, 12)}`}
      renderWidget={renderWidget}
      empty={
        <div className="card h-64">
          <EmptyNote title="There is nothing on this board yet" />
        </div>
      }
    />
  )
}

const renderWidget = (widget: Widget) => <PublicWidget widget={widget} />
