import { useMemo, useSyncExternalStore } from 'react'

/** The moment that all charts of a board point at. Outside React's state: it moves with the pointer, and only charts follow. */
export interface CrosshairStore {
  readonly get: () => string | undefined
  readonly set: (time: string | undefined) => void
  /** The last moment that was pointed at, also when the pointer has left. */
  readonly last: () => string | undefined
  readonly subscribe: (changed: () => void) => () => void
}

export function crosshairStore(): CrosshairStore {
  const listeners = new Set<() => void>()
  let now: string | undefined
  let last: string | undefined
  return {
    get: () => now,
    last: () => last,
    set: (time) => {
      if (time === now) return
      now = time
      last = time ?? last
      for (const changed of listeners) changed()
    },
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
}

/** Who does not follow is not drawn again when it moves. */
export function useCrosshair({ get, set, subscribe }: CrosshairStore, isFollowing = true) {
  const time = useSyncExternalStore(subscribe, () => (isFollowing ? get() : undefined))
  return useMemo(() => ({ time, set }), [time, set])
}
