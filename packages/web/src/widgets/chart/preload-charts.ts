import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import { needsCanvas } from './own-kinds.ts'

/** Fetches the code that a kind is drawn by, while its figures are still on their way. A failure shows when it is drawn. */
export function preloadChart(kind: ChartKind): void {
  const nothing = () => undefined
  import('./drawn-view.tsx').catch(nothing)
  if (needsCanvas(kind)) import('./chart-canvas.tsx').catch(nothing)
}
