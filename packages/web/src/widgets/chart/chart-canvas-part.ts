import { lazyPart } from './lazy-again.tsx'

/** The code that paints a chart; most of it is ECharts. */
export const CHART_CANVAS = lazyPart(() => import('./chart-canvas.tsx'))
