import { useVirtualizer } from '@tanstack/react-virtual'
import type { RefObject } from 'react'

export const ROW_PX = 30

export interface VirtualRows {
  /** The rows that are near enough to be drawn. */
  readonly indexes: readonly number[]
  readonly beforePx: number
  readonly afterPx: number
  readonly show: (row: number) => void
}

/** Only the rows on the screen and a few around them are in the page, however many there are. */
export function useVirtualRows(scroller: RefObject<HTMLElement | null>, count: number): VirtualRows {
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 16,
    initialRect: { width: 600, height: 400 },
  })
  const items = virtualizer.getVirtualItems()
  return {
    indexes: items.map(({ index }) => index),
    beforePx: items[0]?.start ?? 0,
    afterPx: Math.max(0, virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)),
    show: (row) => virtualizer.scrollToIndex(row),
  }
}
