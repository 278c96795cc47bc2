import { useEffect } from 'react'

/** What the browser's tab and its history say for as long as the page is open. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Almanac` : 'Almanac'
  }, [title])
}
