import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Whether the element can be seen, or nearly: what is a little further down is ready when one gets there. */
export function useNearScreen<T extends Element>(): [RefObject<T | null>, boolean] {
  const ref = useRef<T>(null)
  const [isNear, setNear] = useState(false)
  // The observer speaks after the first picture: what is in sight from the beginning is to ask before.
  useLayoutEffect(() => {
    if (ref.current && isNearScreen(ref.current)) setNear(true)
  }, [])
  useEffect(() => {
    const element = ref.current
    if (!element) return
    heard.set(element, setNear)
    observer().observe(element)
    return () => {
      heard.delete(element)
      observer().unobserve(element)
    }
  }, [])
  return [ref, isNear]
}

const MARGIN_PX = 240

function isNearScreen(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return top < innerHeight + MARGIN_PX && bottom > -MARGIN_PX
}

const heard = new Map<Element, (isNear: boolean) => void>()
let shared: IntersectionObserver | undefined

/** One for all, so that what comes into sight together is told, and asks, in the same moment. */
function observer(): IntersectionObserver {
  shared ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) heard.get(target)?.(isIntersecting)
    },
    { rootMargin: `${MARGIN_PX}px 0px` },
  )
  return shared
}
