import { type RefObject, useLayoutEffect, useState } from 'react'

/** How many items of a list that wraps begin above its lower edge; all of them where nothing is cut. */
export function useShownItems(list: RefObject<HTMLElement | null>, items: readonly unknown[], isCut: boolean): number {
  const [shown, setShown] = useState(items.length)
  useLayoutEffect(() => {
    const element = list.current
    if (!element || !isCut) return
    const look = () => {
      const children = [...element.children] as HTMLElement[]
      const first = children.findIndex(({ offsetTop }) => offsetTop >= element.clientHeight)
      setShown(first < 0 ? items.length : first)
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [list, items, isCut])
  return isCut ? Math.min(shown, items.length) : items.length
}
