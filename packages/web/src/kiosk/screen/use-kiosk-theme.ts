import { useEffect } from 'react'
import type { KioskSearch } from '../kiosk-search.ts'
import { isNight } from './night.ts'

const LOOK_EVERY_MS = 30_000

/** The colours that the address asks for, and dark ones in the hours of the night. */
export function useKioskTheme({ theme, night }: Pick<KioskSearch, 'theme' | 'night'>): void {
  useEffect(() => {
    const apply = () => window.almanacFixTheme?.(isNight(night, new Date().getHours()) ? 'dark' : theme)
    apply()
    const timer = setInterval(apply, LOOK_EVERY_MS)
    return () => {
      clearInterval(timer)
      window.almanacFixTheme?.(undefined)
    }
  }, [theme, night])
}
