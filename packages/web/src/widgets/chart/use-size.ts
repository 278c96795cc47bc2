import { type RefObject, useCallback, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'

export interface Size {
  readonly widthPx: number
  readonly heightPx: number
}

interface Measured {
  /** `undefined` while the element has no size. */
  readonly size: Size | undefined
  /** At once, for what has just been put beside the element: the observer comes a frame later. */
  readonly measure: () => void
}

/** The inner size of an element, from before the first paint on. */
export function useSize(element: RefObject<HTMLElement | null>): Measured {
  const [size, setSize] = useState<Size>()
  const measure = useCallback(() => {
    const { clientWidth: widthPx = 0, clientHeight: heightPx = 0 } = element.current ?? {}
    const next = widthPx > 0 && heightPx > 0 ? { widthPx, heightPx } : undefined
    setSize((known) => (known?.widthPx === next?.widthPx && known?.heightPx === next?.heightPx ? known : next))
  }, [element])
  useLayoutEffect(() => {
    if (!element.current) return
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element.current)
    // The page may be another for paper, and is printed before the observer speaks.
    const measureAtOnce = () => flushSync(measure)
    window.addEventListener('beforeprint', measureAtOnce)
    return () => {
      observer.disconnect()
      window.removeEventListener('beforeprint', measureAtOnce)
    }
  }, [element, measure])
  return { size, measure }
}
