import type { Board, Place, Widget } from '@almanac/core/boards/board.ts'
import { inReadingOrder } from '../dashboards/grid/reading-order.ts'

/**
 * A board cut into pages of a wall screen. Nobody scrolls there and everything is enlarged, so a long tab becomes several
 * pages: it is cut between rows of widgets, never through one, and what is on a page is stretched over all of the screen.
 */
export interface KioskPage {
  readonly id: string
  /** Of the tab and the section, where they have titles. */
  readonly heading: readonly string[]
  /** How many rows share the height of the screen. */
  readonly rows: number
  /** At their places on this page. */
  readonly widgets: readonly Widget[]
}

/** As many rows as can be read from afar (`stage-zoom.ts`). A row of widgets that is higher has a page of its own. */
const MOST_ROWS = { wide: 12, upright: 24 } as const

/** `upright`: a screen that is higher than wide; its widgets stand below each other. */
export function kioskPages({ tabs }: Pick<Board, 'tabs'>, shape: keyof typeof MOST_ROWS): KioskPage[] {
  return tabs
    .flatMap((tab) =>
      sectionGroups(tab.sections).flatMap(({ title, widgets }) => {
        const heading = [tabs.length > 1 ? tab.title : '', title ?? ''].filter(Boolean)
        const placed = shape === 'upright' ? belowEachOther(widgets) : widgets
        return filled(bandsOf(placed), MOST_ROWS[shape]).map((bands) => ({ heading, ...stacked(bands) }))
      }),
    )
    .map((page, i) => ({ id: String(i), ...page }))
}

/** Widgets one after the other until a section with a title begins. What is folded away on the board is not on the wall. */
function sectionGroups(sections: Board['tabs'][number]['sections']) {
  const groups: { title: string | undefined; widgets: Widget[] }[] = []
  for (const { title, isCollapsed, widgets } of sections) {
    if ((title !== undefined && isCollapsed) || widgets.length === 0) continue
    const last = groups.at(-1)
    if (title !== undefined || !last) groups.push({ title, widgets: [...widgets] })
    else last.widgets.push(...moved(widgets, endOf(last.widgets)))
  }
  return groups
}

/** Widgets that share rows, and so can't be parted. */
type Band = readonly Widget[]

function bandsOf(widgets: readonly Widget[]): Band[] {
  const bands: Widget[][] = []
  let end = 0
  for (const widget of inReadingOrder(widgets)) {
    const last = bands.at(-1)
    if (last && widget.place.y < end) last.push(widget)
    else bands.push([widget])
    end = Math.max(end, widget.place.y + widget.place.h)
  }
  return bands
}

function filled(bands: readonly Band[], mostRows: number): Band[][] {
  const pages: Band[][] = []
  let rows = 0
  for (const band of bands) {
    const height = heightOf(band)
    const last = pages.at(-1)
    if (last && rows + height <= mostRows) last.push(band)
    else {
      pages.push([band])
      rows = 0
    }
    rows += height
  }
  return pages
}

function stacked(bands: readonly Band[]): Pick<KioskPage, 'rows' | 'widgets'> {
  let rows = 0
  const widgets: Widget[] = []
  for (const band of bands) {
    widgets.push(...moved(band, rows - startOf(band)))
    rows += heightOf(band)
  }
  return { rows, widgets }
}

function belowEachOther(widgets: readonly Widget[]): Widget[] {
  let y = 0
  return inReadingOrder(widgets).map((widget) => {
    const place: Place = { x: 0, y, w: FULL_WIDTH, h: widget.place.h }
    y += place.h
    return { ...widget, place }
  })
}

const FULL_WIDTH = 24
const startOf = (band: Band) => Math.min(...band.map(({ place }) => place.y))
const endOf = (band: Band) => Math.max(0, ...band.map(({ place }) => place.y + place.h))
const heightOf = (band: Band) => endOf(band) - startOf(band)

function moved(widgets: readonly Widget[], by: number): Widget[] {
  return widgets.map((widget) => ({ ...widget, place: { ...widget.place, y: widget.place.y + by } }))
}
