import { draw } from '@almanac/core/charts/draw.ts'
import type { ChartAnnotation, Drawing } from '@almanac/core/charts/drawing.ts'
import type { ChartTheme } from '@almanac/core/charts/theme.ts'
import { useMemo, useRef } from 'react'
import type { ChartViewProps } from './chart-view-props.ts'
import { LOCALE } from './locale.ts'
import type { Size } from './use-size.ts'

export interface Drawn {
  readonly drawing: Drawing
  readonly size: Size
  /** Figures that move are followed by the eye; a box that changes its size, and the first picture, are not. */
  readonly isAnimated: boolean
}

interface Place {
  /** Without one nothing is drawn. */
  readonly size: Size | undefined
  readonly theme: ChartTheme
  readonly hidden: ReadonlySet<string>
}

/** The drawing of a frame for a box, made again only when something in it is another. */
export function useDrawing(props: ChartViewProps, { size, theme, hidden }: Place): Drawn | undefined {
  const { frame } = props
  const spec = useSame(props.spec)
  const annotations = useSame(props.annotations ?? NO_ANNOTATIONS)
  const last = useRef<{ frame: unknown; size: Size | undefined }>({ frame: undefined, size: undefined })
  return useMemo(() => {
    if (!size) return undefined
    const isNewFrame = last.current.size === size && last.current.frame !== frame
    last.current = { frame, size }
    const isAnimated =
      isNewFrame && frame.rows.length < MOST_ANIMATED && !matchMedia('(prefers-reduced-motion: reduce)').matches
    const look = { theme, locale: LOCALE, ...size, hidden, isAnimated, annotations }
    return { drawing: draw(spec, frame, look), size, isAnimated }
  }, [spec, frame, size, theme, hidden, annotations])
}

/** The same object as long as it says the same: drawing anew costs more than looking. */
function useSame<T>(value: T): T {
  const text = JSON.stringify(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the value says is in the text.
  return useMemo(() => value, [text])
}

const MOST_ANIMATED = 2000
const NO_ANNOTATIONS: readonly ChartAnnotation[] = []
