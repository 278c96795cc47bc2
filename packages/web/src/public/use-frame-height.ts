import { type RefObject, useEffect, useRef } from 'react'

/**
 * Tells the page around the frame how high the board is, so that the frame can be as high (`sharing/embed-code.ts`). Whoever
 * frames us may know it: they see it.
 */
export function useFrameHeight(isEmbedded: boolean): RefObject<HTMLElement | null> {
  const element = useRef<HTMLElement>(null)
  useEffect(() => {
    const content = element.current
    if (!isEmbedded || !content || window.parent === window) return
    const tell = () => window.parent.postMessage({ almanac: 'height', heightPx: Math.ceil(content.scrollHeight) }, '*')
    tell()
    const observer = new ResizeObserver(tell)
    observer.observe(content)
    return () => observer.disconnect()
  }, [isEmbedded])
  return element
}
