import type { Place } from '@almanac/core/boards/board.ts'

/** As people read: row by row, from the left. A phone shows widgets in this order, and so do screen readers. */
export function inReadingOrder<Placed extends { readonly place: Place }>(widgets: readonly Placed[]): Placed[] {
  return widgets.toSorted((a, b) => a.place.y - b.place.y || a.place.x - b.place.x)
}
