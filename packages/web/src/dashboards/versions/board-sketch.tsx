import type { Board } from '@almanac/core/boards/board.ts'
import { GRID } from '@almanac/core/boards/grid.ts'
import type { ReactElement } from 'react'
import { KINDS } from '../edit/kinds/kind-catalogue.ts'
import { KindPicture } from '../edit/kinds/kind-picture.tsx'

const ROW_PX = 9

/** A board at a glance, without its figures: nothing is asked. */
export function BoardSketch({ board }: { board: Board }): ReactElement {
  return (
    <div className="flex flex-col gap-3 rounded-md border border-line bg-canvas p-3">
      {board.tabs.map((tab) => (
        <div key={tab.id} className="flex flex-col gap-1.5">
          {board.tabs.length > 1 && <p className="truncate text-xs font-medium text-muted">{tab.title}</p>}
          {tab.sections.map(({ id, title, widgets }) => (
            <div key={id} className="flex flex-col gap-1">
              {title && <p className="truncate text-xs text-faint">{title}</p>}
              <ul
                className="grid gap-1"
                style={{ gridTemplateColumns: `repeat(${GRID.columns}, minmax(0, 1fr))`, gridAutoRows: ROW_PX }}
              >
                {widgets.map(({ id: widgetId, title: name, chart, place: { x, y, w, h } }) => (
                  <li
                    key={widgetId}
                    style={{ gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}` }}
                    className="flex min-w-0 flex-col overflow-hidden rounded-sm border border-line bg-surface px-1 text-xs"
                  >
                    <span className="truncate text-muted">{name || KINDS[chart.kind].label}</span>
                    <span className="flex min-h-0 flex-1 items-center justify-center overflow-hidden">
                      <span className="w-9">
                        <KindPicture kind={chart.kind} />
                      </span>
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
