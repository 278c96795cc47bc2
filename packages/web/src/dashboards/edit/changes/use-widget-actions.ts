import type { Place } from '@almanac/core/boards/board.ts'
import { useMemo, useRef } from 'react'
import type { NoticeText } from '../../../ui/notice.tsx'
import { type Direction, movedPlaces, type PlacedWidget, resizedPlaces, swappedPlaces } from '../../grid/move-place.ts'
import type { WidgetActions } from '../canvas/widget-frame.tsx'
import type { OpenDialog } from '../editor-dialogs.tsx'
import { KINDS } from '../kinds/kind-catalogue.ts'
import { sectionsOf } from './board-edits.ts'
import type { BoardHistory } from './use-board-history.ts'
import { widgetText } from './widget-clipboard.ts'
import { duplicateWidget, placeWidgets, removeWidget, sectionOf, widgetOf } from './widget-edits.ts'

interface Options {
  readonly history: BoardHistory
  readonly onChoose: (id: string | undefined) => void
  readonly onNotice: (notice: NoticeText) => void
  readonly onDialog: (dialog: OpenDialog) => void
}

/** What widgets can do, always the same functions: a widget is drawn again only when it has changed itself. */
export function useWidgetActions({ history, onChoose, onNotice, onDialog }: Options): WidgetActions {
  const { board, change } = history
  const latest = useRef(board)
  latest.current = board
  const hasSections = sectionsOf(board).length > 1
  return useMemo(() => {
    const nameOf = (id: string) => {
      const widget = widgetOf(latest.current, id)
      return widget ? `“${widget.title || KINDS[widget.chart.kind].label}”` : ''
    }
    const put = (id: string, step: string, placesOf: (widgets: readonly PlacedWidget[]) => Map<string, Place>) => {
      const section = sectionOf(latest.current, id)
      if (!section) return
      const places = placesOf(section.widgets)
      change((now) => placeWidgets(now, section.id, places), `${id} ${step}`)
      const place = places.get(id)
      if (place) onNotice({ text: `${nameOf(id)}: ${placeText(place)}` })
    }
    return {
      onEdit: onChoose,
      onDuplicate: (id) => {
        const made = duplicateWidget(latest.current, id)
        change(() => made.board)
        onChoose(made.id)
      },
      onCopy: (id) => {
        const widget = widgetOf(latest.current, id)
        if (!widget) return
        navigator.clipboard.writeText(widgetText(widget)).then(
          () => onNotice({ text: `${nameOf(id)} is copied: paste it on any board.` }),
          () => onNotice({ text: 'The browser does not let this page write to the clipboard.', isBad: true }),
        )
      },
      onRemove: (id) => {
        onNotice({ text: `${nameOf(id)} is deleted.`, canUndo: true })
        change((now) => removeWidget(now, id))
        onChoose(undefined)
      },
      onMoveTo: hasSections ? (id) => onDialog({ kind: 'move', widgetId: id }) : undefined,
      onMove: (id, direction: Direction) => put(id, 'move', (widgets) => movedPlaces(widgets, id, direction)),
      onResize: (id, direction: Direction) => put(id, 'resize', (widgets) => resizedPlaces(widgets, id, direction)),
      onMoveInOrder: (id, by) => put(id, 'order', (widgets) => swappedPlaces(widgets, id, by)),
    }
  }, [change, onChoose, onNotice, onDialog, hasSections])
}

/** Read aloud after each step of the keyboard. */
function placeText({ x, y, w, h }: Place): string {
  return `column ${x + 1}, row ${y + 1}, ${w} wide, ${h} high`
}
