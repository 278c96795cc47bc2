import { useEffect } from 'react'

/** The screen does not go dark while the page is seen. A browser that knows no such thing, or will not, is left alone. */
export function useWakeLock(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return
    let lock: WakeLockSentinel | undefined
    let isOver = false
    const ask = () => {
      if (document.hidden || isOver) return
      navigator.wakeLock.request('screen').then(
        (granted) => {
          lock = granted
          if (isOver) void granted.release()
        },
        () => undefined,
      )
    }
    ask()
    // It ends whenever the page is hidden.
    document.addEventListener('visibilitychange', ask)
    return () => {
      isOver = true
      document.removeEventListener('visibilitychange', ask)
      void lock?.release()
    }
  }, [])
}
