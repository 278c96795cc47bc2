import { type ReactElement, type RefObject, useEffect, useState } from 'react'

/**
 * A soft shadow at the right edge of what scrolls sideways, while there is more to the right: where the last column in sight ends at
 * the edge, nothing else would say so. Stands after the scroller, in a `relative` box around both.
 */
export function EdgeShadow({ scroller }: { scroller: RefObject<HTMLElement | null> }): ReactElement | null {
  const [hasMore, setMore] = useState(false)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => setMore(isMoreToTheRight(element))
    look()
    element.addEventListener('scroll', look, { passive: true })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => {
      element.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [scroller])
  return hasMore ? <span aria-hidden data-more="right" className={SHADOW} /> : null
}

/** Widths are rounded when a page is zoomed, so a pixel is none. */
export function isMoreToTheRight({
  scrollLeft,
  clientWidth,
  scrollWidth,
}: Pick<Element, 'scrollLeft' | 'clientWidth' | 'scrollWidth'>): boolean {
  return scrollWidth - clientWidth - scrollLeft > 1
}

const SHADOW =
  'pointer-events-none absolute inset-y-0 right-0 z-20 w-5 bg-linear-to-r from-transparent to-ink/12 print:hidden'
