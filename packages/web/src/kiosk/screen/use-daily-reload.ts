import { useEffect, useRef } from 'react'

const DAY_MS = 24 * 3_600_000

/**
 * A screen that runs for months takes up new versions of the pages, when one page gives way to the next and the server answers.
 * Not in full screen, which the browser would leave.
 */
export function useDailyReload(turn: number, isAway: boolean): void {
  const sinceMs = useRef(performance.now())
  // biome-ignore lint/correctness/useExhaustiveDependencies: only between two pages.
  useEffect(() => {
    if (performance.now() - sinceMs.current > DAY_MS && !isAway && !document.fullscreenElement) location.reload()
  }, [turn])
}
