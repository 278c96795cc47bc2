import { useEffect, useState } from 'react'
import { usePendingCount } from '../../live/use-answers.ts'

/** The width of A4 in landscape between its margins (`print.css`), in CSS pixels. Charts are drawn anew for it. */
export const PAPER_WIDTH_PX = 1040

/** Charts settle after their answer and their size are there; a half-drawn one is no use on paper. */
const SETTLE_MS = 900

/** Printing waits until everything has asked and been answered, also what was never scrolled to, and is drawn in light colours. */
export function usePrinting(): { readonly isPrinting: boolean; readonly print: () => void } {
  const [isPrinting, setPrinting] = useState(false)
  const pending = usePendingCount()
  useEffect(() => {
    if (!isPrinting) return
    document.documentElement.dataset.theme = 'light'
    return () => window.almanacApplyTheme?.()
  }, [isPrinting])
  useEffect(() => {
    if (!isPrinting || pending > 0) return
    const timer = setTimeout(() => {
      window.print()
      setPrinting(false)
    }, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [isPrinting, pending])
  return { isPrinting, print: () => setPrinting(true) }
}
