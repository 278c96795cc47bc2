import { useEffect } from 'react'
import type { PublicLook } from './public-search.ts'

/** The colours and the ground that the address asks for, for as long as the page is open. */
export function useLook({ theme, background }: PublicLook): void {
  useEffect(() => {
    window.almanacFixTheme?.(theme)
    return () => window.almanacFixTheme?.(undefined)
  }, [theme])
  useEffect(() => {
    if (background !== 'transparent') return
    document.documentElement.dataset.background = 'transparent'
    return () => {
      delete document.documentElement.dataset.background
    }
  }, [background])
}
