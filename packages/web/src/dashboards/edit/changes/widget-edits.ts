import { type Board, type Place, type Section, type Widget, widgetsOf } from '@almanac/core/boards/board.ts'
import { firstFreePlace } from '../kinds/default-size.ts'
import { type Made, mapSections, sectionsOf } from './board-edits.ts'
import { freshId } from './fresh-id.ts'

/** Changes of a board's widgets, as functions from a board to a board (see `board-edits.ts`). */

/** A widget that has no place yet. */
export type NewWidget = Omit<Widget, 'id' | 'place'> & { readonly place: Pick<Place, 'w' | 'h'> }

/** At the first free spot of the section. */
export function addWidget(board: Board, sectionId: string, widget: NewWidget): Made {
  const id = freshId(widget.title || widget.chart.kind, widgetIds(board), 'widget')
  const next = mapSections(board, (section) =>
    section.id === sectionId
      ? withWidget(section, { ...widget, id, place: firstFreePlace(section.widgets, widget.place) })
      : section,
  )
  return { board: next, id }
}

export function changeWidget(board: Board, widgetId: string, change: (widget: Widget) => Widget): Board {
  return mapSections(board, (section) => {
    const widgets = section.widgets.map((widget) => (widget.id === widgetId ? change(widget) : widget))
    return widgets.every((widget, i) => widget === section.widgets[i]) ? section : { ...section, widgets }
  })
}

export function removeWidget(board: Board, widgetId: string): Board {
  return mapSections(board, (section) => {
    const widgets = section.widgets.filter(({ id }) => id !== widgetId)
    return widgets.length === section.widgets.length ? section : { ...section, widgets }
  })
}

/** Beside the original, or where there is room. */
export function duplicateWidget(board: Board, widgetId: string): Made {
  const section = sectionOf(board, widgetId)
  const widget = widgetOf(board, widgetId)
  if (!section || !widget) return { board, id: widgetId }
  const title = widget.title && copyTitle(widget.title)
  return addWidget(board, section.id, { ...widget, title })
}

/** Into another section, also of another tab. */
export function moveWidget(board: Board, widgetId: string, sectionId: string): Board {
  const widget = widgetOf(board, widgetId)
  const target = sectionsOf(board).find(({ id }) => id === sectionId)
  if (!widget || !target || target.widgets.includes(widget)) return board
  return mapSections(removeWidget(board, widgetId), (section) =>
    section.id === sectionId
      ? withWidget(section, { ...widget, place: firstFreePlace(section.widgets, widget.place) })
      : section,
  )
}

/** Widgets that `places` does not name stay where they are. */
export function placeWidgets(board: Board, sectionId: string, places: ReadonlyMap<string, Place>): Board {
  return mapSections(board, (section) => {
    if (section.id !== sectionId) return section
    const widgets = section.widgets.map((widget) => {
      const place = places.get(widget.id)
      return !place || isSamePlace(place, widget.place) ? widget : { ...widget, place }
    })
    return widgets.every((widget, i) => widget === section.widgets[i]) ? section : { ...section, widgets }
  })
}

export function widgetOf(board: Board, widgetId: string): Widget | undefined {
  return widgetsOf(board).find(({ id }) => id === widgetId)
}

export function sectionOf(board: Board, widgetId: string): Section | undefined {
  return sectionsOf(board).find(({ widgets }) => widgets.some(({ id }) => id === widgetId))
}

/** `Visitors (copy)`; a copy of a copy is a copy. */
function copyTitle(title: string): string {
  return title.endsWith(' (copy)') ? title : `${title.slice(0, 490)} (copy)`
}

function withWidget(section: Section, widget: Widget): Section {
  return { ...section, widgets: [...section.widgets, widget] }
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h
}

const widgetIds = (board: Board) => widgetsOf(board).map(({ id }) => id)
