import type { Reading } from '@almanac/core/charts/drawing.ts'
import type { ChartTheme } from '@almanac/core/charts/theme.ts'
import { type ReactElement, type RefObject, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { ReadingCard } from './reading-card.tsx'
import { type Point, tooltipPlace } from './tooltip-place.ts'

interface Props {
  readonly reading: Reading
  readonly theme: ChartTheme
  /** The chart, and the place in it that the reading is about. */
  readonly chart: RefObject<HTMLElement | null>
  readonly at: Point
  readonly hint?: string | undefined
}

/** The tooltip beside its mark, over everything: a small card must not cut it off. */
export function FloatingReading({ reading, theme, chart, at, hint }: Props): ReactElement {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!box.current || !chart.current) return
    const origin = chart.current.getBoundingClientRect()
    const { width: widthPx, height: heightPx } = box.current.getBoundingClientRect()
    const { clientWidth, clientHeight } = document.documentElement
    const place = tooltipPlace(
      { xPx: origin.left + at.xPx, yPx: origin.top + at.yPx },
      { widthPx, heightPx },
      { widthPx: clientWidth, heightPx: clientHeight },
    )
    box.current.style.transform = `translate(${place.xPx}px, ${place.yPx}px)`
  })
  // What is said of it is in the chart's own live region.
  return createPortal(
    <div ref={box} aria-hidden className="pointer-events-none fixed top-0 left-0 z-60 w-max">
      <ReadingCard reading={reading} theme={theme} hint={hint} />
    </div>,
    document.body,
  )
}
