import type { Place } from '@almanac/core/boards/board.ts'
import { GRID } from '@almanac/core/boards/grid.ts'
import { type Layout, moveElement, verticalCompactor } from 'react-grid-layout/core'
import { inReadingOrder } from './reading-order.ts'

/**
 * Moving and resizing by the keyboard: the same rules as by the pointer. What is in the way makes room, and everything
 * falls up as far as it can.
 */

export interface PlacedWidget {
  readonly id: string
  readonly place: Place
}

export type Direction = 'left' | 'right' | 'up' | 'down'

const SMALLEST = { w: 2, h: 2 } as const
const HIGHEST = 60

/**
 * One step in a direction; up and down go on until something changes, as a widget between two rows would fall back. The
 * same places where it can't go any further.
 */
export function movedPlaces(widgets: readonly PlacedWidget[], id: string, direction: Direction): Map<string, Place> {
  const before = placesOf(compacted(layoutOf(widgets)))
  const moving = before.get(id)
  if (!moving) return before
  const farthest = direction === 'up' || direction === 'down' ? HIGHEST : 1
  for (let steps = 1; steps <= farthest; steps++) {
    const { x, y } = stepped(moving, direction, steps)
    if (x < 0 || y < 0 || x + moving.w > GRID.columns) break
    const after = movedTo(before, id, x, y)
    if (isMoved(before.get(id), after.get(id))) return after
  }
  return before
}

/** One step larger or smaller, never over the edge. */
export function resizedPlaces(widgets: readonly PlacedWidget[], id: string, direction: Direction): Map<string, Place> {
  const places = placesOf(compacted(layoutOf(widgets)))
  const place = places.get(id)
  if (!place) return places
  const w = place.w + (direction === 'right' ? 1 : direction === 'left' ? -1 : 0)
  const h = place.h + (direction === 'down' ? 1 : direction === 'up' ? -1 : 0)
  if (w < SMALLEST.w || h < SMALLEST.h || h > HIGHEST || place.x + w > GRID.columns) return places
  return movedTo(new Map([...places, [id, { ...place, w, h }]]), id, place.x, place.y)
}

/** The widget changes its place with the one before or after it in reading order; each keeps its size. */
export function swappedPlaces(widgets: readonly PlacedWidget[], id: string, by: -1 | 1): Map<string, Place> {
  const ordered = inReadingOrder(widgets)
  const at = ordered.findIndex((widget) => widget.id === id)
  const [one, other] = [ordered[at], ordered[at + by]]
  if (!one || !other) return compactPlaces(widgets)
  // One that is wider than the place it comes to moves to the left, not over the edge.
  const put = ({ place }: PlacedWidget, { x, y }: Place): Place => ({
    ...place,
    x: Math.min(x, GRID.columns - place.w),
    y,
  })
  const places = new Map([
    [one.id, put(one, other.place)],
    [other.id, put(other, one.place)],
  ])
  return compactPlaces(widgets.map((widget) => ({ id: widget.id, place: places.get(widget.id) ?? widget.place })))
}

/** Everything as far up as it can go, none over another. */
export function compactPlaces(widgets: readonly PlacedWidget[]): Map<string, Place> {
  return placesOf(compacted(layoutOf(widgets)))
}

export function layoutOf(widgets: readonly PlacedWidget[]): Layout {
  return widgets.map(({ id, place }) => ({ i: id, ...place, minW: SMALLEST.w, minH: SMALLEST.h, maxH: HIGHEST }))
}

export function placesOf(layout: Layout): Map<string, Place> {
  return new Map(layout.map(({ i, x, y, w, h }) => [i, { x, y, w, h }]))
}

const compacted = (layout: Layout) => verticalCompactor.compact(layout, GRID.columns)

function movedTo(places: ReadonlyMap<string, Place>, id: string, x: number, y: number): Map<string, Place> {
  const layout = [...layoutOf([...places].map(([one, place]) => ({ id: one, place })))]
  const item = layout.find(({ i }) => i === id)
  if (!item) return new Map(places)
  // It asks whether the item stands elsewhere than before: one that only grew stands where it did.
  const moved =
    item.x === x && item.y === y
      ? layout
      : moveElement(layout, item, x, y, true, false, 'vertical', GRID.columns, false)
  return placesOf(compacted(moved))
}

function stepped({ x, y }: Place, direction: Direction, steps: number) {
  switch (direction) {
    case 'left':
      return { x: x - steps, y }
    case 'right':
      return { x: x + steps, y }
    case 'up':
      return { x, y: y - steps }
    case 'down':
      return { x, y: y + steps }
  }
}

function isMoved(a: Place | undefined, b: Place | undefined): boolean {
  return a?.x !== b?.x || a?.y !== b?.y
}
