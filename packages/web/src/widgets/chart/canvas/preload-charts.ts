import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import { DRAWN_VIEW } from '../drawn-view-part.ts'
import { needsCanvas } from '../own-kinds.ts'
import { CHART_CANVAS } from './chart-canvas-part.ts'

/** Fetches what a kind is drawn by, while its figures are still on their way. A failure shows when it is drawn. */
export function preloadChart(kind: ChartKind): void {
  void DRAWN_VIEW.preload()
  if (needsCanvas(kind)) void CHART_CANVAS.preload()
  if (MAPS.includes(kind)) void import('./world.ts').then(({ registerWorld }) => registerWorld()).catch(() => undefined)
}

const MAPS: readonly ChartKind[] = ['world_map', 'points_map']
