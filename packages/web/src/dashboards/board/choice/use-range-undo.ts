import { useCallback, useRef } from 'react'
import { type BoardSearch, changed } from './board-search.ts'

const MOST_STEPS = 50

/** Goes where it is told, and takes the last change of the range back: a zoom is quickly made by mistake. */
export function useRangeUndo(
  search: BoardSearch,
  onSearch: (search: BoardSearch) => void,
): { readonly go: (search: BoardSearch) => void; readonly undo: () => void } {
  const earlier = useRef<Pick<BoardSearch, 'range' | 'grain' | 'drill'>[]>([])
  const latest = useRef({ search, onSearch })
  latest.current = { search, onSearch }

  const go = useCallback((next: BoardSearch) => {
    const { search: now } = latest.current
    if (next.range !== now.range) {
      const { range, grain, drill } = now
      const step = { ...(range && { range }), ...(grain && { grain }), ...(drill && { drill }) }
      earlier.current = [...earlier.current, step].slice(-MOST_STEPS)
    }
    latest.current.onSearch(next)
  }, [])
  const undo = useCallback(() => {
    const back = earlier.current.pop()
    if (!back) return
    const { search: now } = latest.current
    latest.current.onSearch(changed(now, { range: undefined, grain: undefined, drill: undefined, ...back }))
  }, [])
  return { go, undo }
}
