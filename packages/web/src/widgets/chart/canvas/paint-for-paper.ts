import type { EChartsType } from './echarts.ts'

/** Dots of paper for a CSS pixel: about 300 an inch. */
const FINENESS = 3

/**
 * A canvas of the screen is too coarse for paper, and is painted a frame after it has changed: while the page is printed, a finer
 * one lies in its place. Returns the way to stop.
 */
export function paintForPaper(element: HTMLElement, chart: EChartsType): () => void {
  let fine: HTMLCanvasElement | undefined
  const begin = () => {
    fine?.remove()
    fine = chart.renderToCanvas({ pixelRatio: FINENESS })
    fine.dataset.forPaper = ''
    element.append(fine)
  }
  const end = () => {
    fine?.remove()
    fine = undefined
  }
  window.addEventListener('beforeprint', begin)
  window.addEventListener('afterprint', end)
  return () => {
    end()
    window.removeEventListener('beforeprint', begin)
    window.removeEventListener('afterprint', end)
  }
}
