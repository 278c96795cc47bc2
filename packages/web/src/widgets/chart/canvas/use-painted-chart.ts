import type { ChartDrawing } from '@almanac/core/charts/drawing.ts'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { offerPicture } from '../pictures.ts'
import type { Size } from '../use-size.ts'
import { type EChartsType, init } from './echarts.ts'
import { paintForPaper } from './paint-for-paper.ts'
import { isWorldRegistered, registerWorld } from './world.ts'

/** A chart that shows this very drawing: only then can it be asked where something lies. */
export interface PaintedChart {
  readonly chart: EChartsType
  readonly drawing: ChartDrawing
}

/** Puts the drawing on a canvas inside the element. Nothing before it is painted, and again while its map is on its way. */
export function usePaintedChart(
  box: RefObject<HTMLElement | null>,
  drawing: ChartDrawing,
  size: Size,
  isAnimated: boolean,
): PaintedChart | undefined {
  const chart = useRef<EChartsType | undefined>(undefined)
  const [painted, setPainted] = useState<PaintedChart>()
  const hasMap = useMap(drawing.map)

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    // What is enlarged, as on a wall screen, is painted as fine as it is shown.
    const made = init(element, undefined, { devicePixelRatio: devicePixelRatio * (element.currentCSSZoom ?? 1) })
    chart.current = made
    const forget = offerPicture(element, (pixelRatio) => made.renderToCanvas({ pixelRatio }))
    const keepFromPaper = paintForPaper(element, made)
    return () => {
      forget()
      keepFromPaper()
      // A large picture is painted over several frames: the next one would find its canvas gone.
      made.getZr().clear()
      made.getZr().refreshImmediately()
      made.dispose()
      chart.current = undefined
      setPainted(undefined)
    }
  }, [box])

  useLayoutEffect(() => {
    const made = chart.current
    if (!made || !hasMap) return
    if (made.getWidth() !== size.widthPx || made.getHeight() !== size.heightPx)
      made.resize({ width: size.widthPx, height: size.heightPx })
    made.setOption(drawing.option, isAnimated ? { replaceMerge: REPLACED } : { notMerge: true })
    setPainted({ chart: made, drawing })
  }, [drawing, size, isAnimated, hasMap])

  return painted?.drawing === drawing ? painted : undefined
}

/** All that an option may hold: what the last drawing had and this one has not must go. */
const REPLACED = ['series', 'xAxis', 'yAxis', 'grid', 'radar', 'calendar', 'geo', 'visualMap']

function useMap(map: ChartDrawing['map']): boolean {
  const [isThere, setThere] = useState(isWorldRegistered)
  const [problem, setProblem] = useState<unknown>()
  useEffect(() => {
    if (map === undefined) return
    let isWanted = true
    registerWorld().then(
      () => isWanted && setThere(true),
      (error: unknown) => isWanted && setProblem(error),
    )
    return () => {
      isWanted = false
    }
  }, [map])
  // To the boundary around the chart, which offers another try.
  if (problem !== undefined) throw problem
  return map === undefined || isThere
}
