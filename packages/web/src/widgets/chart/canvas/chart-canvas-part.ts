import { lazyPart } from '../../../lazy/lazy-part.ts'

/** The code that paints a chart; most of it is ECharts. */
export const CHART_CANVAS = lazyPart(() => import('./chart-canvas.tsx'))
