import { type CSSProperties, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useShortcut } from '../../../ui/shortcuts.ts'
import { usePendingCount } from '../../live/use-answers.ts'
import { PAPER_WIDTH_PX, paperWidthPx } from './paper-width.ts'

/** Charts settle after their answer and their size are there; a half-drawn one is no use on paper. */
const SETTLE_MS = 900
/** Figures that follow the clock are never all there for long, and a slow one may not come at all. */
const LONGEST_WAIT_MS = 20_000

interface Printing {
  readonly isPrinting: boolean
  readonly print: () => void
  /** Of the board's `main`: while it is printed it is laid out as on paper (`print.css`). */
  readonly paper: { readonly 'data-printing'?: true; readonly style?: CSSProperties }
}

/**
 * Printing waits until everything has asked and been answered, also what was never scrolled to, and is drawn in light colours.
 * Who prints by the browser's own menu gets what has been answered: a page that is about to be printed cannot wait. Inside of somebody else's
 * page a board keeps its width: that page is what is printed.
 */
export function usePrinting(isEmbedded = false): Printing {
  const [state, setState] = useState<'off' | 'waiting' | 'on paper'>('off')
  const [widthPx, setWidthPx] = useState(PAPER_WIDTH_PX)
  const latestMs = useRef(0)
  const isPrinting = state !== 'off'
  const pending = usePendingCount()
  const print = () => {
    latestMs.current = performance.now() + LONGEST_WAIT_MS
    setState('waiting')
  }
  useShortcut('mod+p', 'Print', isEmbedded ? undefined : print, { isEverywhere: true })

  useEffect(() => {
    if (isEmbedded) return
    const begin = () => flushSync(() => setState('on paper'))
    const end = () => setState('off')
    // Before the charts, which then find their boxes as they are on paper.
    window.addEventListener('beforeprint', begin, { capture: true })
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin, { capture: true })
      window.removeEventListener('afterprint', end)
    }
  }, [isEmbedded])

  useLayoutEffect(() => {
    if (!isPrinting) return
    document.documentElement.dataset.theme = 'light'
    setWidthPx(paperWidthPx(widgetsOnPage()))
    return () => window.almanacApplyTheme?.()
  }, [isPrinting])

  useEffect(() => {
    if (state !== 'waiting') return
    const leftMs = latestMs.current - performance.now()
    const timer = setTimeout(
      () => {
        window.print()
        // A browser that has not begun to print by now does not tell when it has done so.
        setState((now) => (now === 'waiting' ? 'off' : now))
      },
      pending > 0 ? leftMs : Math.min(SETTLE_MS, leftMs),
    )
    return () => clearTimeout(timer)
  }, [state, pending])

  return {
    isPrinting,
    print,
    paper: isPrinting ? { 'data-printing': true, style: { width: widthPx, padding: '0 1px' } } : {},
  }
}

function widgetsOnPage() {
  return [...document.querySelectorAll('main [data-widget]')].map((widget) => {
    const { top, bottom } = widget.getBoundingClientRect()
    return { topPx: top, bottomPx: bottom }
  })
}
