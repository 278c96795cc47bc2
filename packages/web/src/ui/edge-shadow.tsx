import { type ReactElement, type RefObject, useEffect, useState } from 'react'

/**
 * A soft shadow at the right edge of what scrolls sideways, while there is more to the right: where the last column in sight ends at
 * the edge, nothing else would say so. Stands after the scroller, in a `relative` box around both.
 */
export function EdgeShadow({ scroller }: { scroller: RefObject<HTMLElement | null> }): ReactElement | null {
  const [heightPx, setHeight] = useState(0)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    // No higher than what scrolls: below a short table, there is nothing to the right.
    const look = () =>
      setHeight(isMoreToTheRight(element) ? Math.min(element.clientHeight, heightOf(element.firstElementChild)) : 0)
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
  return heightPx > 0 ? <span aria-hidden data-more="right" style={{ height: heightPx }} className={SHADOW} /> : null
}

const heightOf = (element: Element | null) => element?.getBoundingClientRect().height ?? 0

/** Widths are rounded when a page is zoomed, so a pixel is none. */
export function isMoreToTheRight({
  scrollLeft,
  clientWidth,
  scrollWidth,
}: Pick<Element, 'scrollLeft' | 'clientWidth' | 'scrollWidth'>): boolean {
  return scrollWidth - clientWidth - scrollLeft > 1
}

const SHADOW =
  'pointer-events-none absolute top-0 right-0 z-20 w-5 bg-linear-to-r from-transparent to-ink/12 print:hidden'
