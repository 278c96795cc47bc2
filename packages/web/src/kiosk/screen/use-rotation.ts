import { useCallback, useEffect, useState } from 'react'

/** Pages one after the other, for ever. */
export interface Rotation {
  readonly index: number
  /** The next one, shortly before its turn: it fetches its figures meanwhile. */
  readonly upcoming: number | undefined
  /** Grows with each page; what shows the time that has passed begins anew with it. */
  readonly turn: number
  readonly isPaused: boolean
  readonly step: (by: 1 | -1) => void
  readonly togglePause: () => void
}

const LEAD_MS = 4000

/** `isHeld`: whether a page waits for somebody, such as for a password. */
export function useRotation(count: number, seconds: number, isHeld: (index: number) => boolean): Rotation {
  const [{ place, turn }, setState] = useState({ place: 0, turn: 0 })
  const [isPaused, setPaused] = useState(false)
  const [isNextNear, setNextNear] = useState(false)
  const index = count === 0 ? 0 : place % count
  const isTurning = count > 1 && !isPaused && !isHeld(index)

  const step = useCallback(
    (by: 1 | -1) => {
      setNextNear(false)
      setState((now) => ({ place: wrapped(now.place + by, count), turn: now.turn + 1 }))
    },
    [count],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn has its own time.
  useEffect(() => {
    if (!isTurning) return
    const soon = setTimeout(() => setNextNear(true), Math.max(0, seconds * 1000 - LEAD_MS))
    const next = setTimeout(() => step(1), seconds * 1000)
    return () => {
      clearTimeout(soon)
      clearTimeout(next)
      setNextNear(false)
    }
  }, [isTurning, seconds, step, turn])

  return {
    index,
    upcoming: isTurning && isNextNear ? wrapped(index + 1, count) : undefined,
    turn,
    isPaused,
    step,
    togglePause: useCallback(() => setPaused((was) => !was), []),
  }
}

const wrapped = (place: number, count: number) => (count === 0 ? 0 : (place + count) % count)
