import { type RefObject, useEffect, useRef, useState } from 'react'

/** Whether the element can be seen, or nearly: what is a little further down is ready when one gets there. */
export function useNearScreen<T extends Element>(): [RefObject<T | null>, boolean] {
  const ref = useRef<T>(null)
  const [isNear, setNear] = useState(false)
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

const heard = new Map<Element, (isNear: boolean) => void>()
let shared: IntersectionObserver | undefined

/** One for all, so that what comes into sight together is told, and asks, in the same moment. */
function observer(): IntersectionObserver {
  shared ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) heard.get(target)?.(isIntersecting)
    },
    { rootMargin: '240px 0px' },
  )
  return shared
}
