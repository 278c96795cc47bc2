import { useEffect, useRef } from 'react'

interface KioskKeys {
  readonly step: (by: 1 | -1) => void
  readonly togglePause: () => void
  readonly toggleFullScreen: () => void
  readonly leave: () => void
}

/** Space pauses, arrows turn the pages, F fills the screen, Escape leaves. */
export function useKioskKeys(keys: KioskKeys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const run = MEANINGS[event.key]
      if (!run || isOwnKey(event.target, event.key)) return
      event.preventDefault()
      run(latest.current)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}

/** The field of a password means something else by all keys but Escape, a button by space. */
function isOwnKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element) || key === 'Escape') return false
  return target.closest('input') !== null || (key === ' ' && target.closest('button, a') !== null)
}

const MEANINGS: Readonly<Record<string, (keys: KioskKeys) => void>> = {
  ' ': ({ togglePause }) => togglePause(),
  ArrowRight: ({ step }) => step(1),
  ArrowLeft: ({ step }) => step(-1),
  f: ({ toggleFullScreen }) => toggleFullScreen(),
  Escape: ({ leave }) => leave(),
}

export function toggleFullScreen(): void {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()
  done.catch(() => undefined)
}
