import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'

/** Kinds that no ECharts is needed for. */
const OWN_KINDS: readonly ChartKind[] = [
  'number',
  'table',
  'pivot',
  'bullet',
  'cohort_grid',
  'ranked_list',
  'status_timeline',
  'text',
  'image',
  'embed',
]

/** Whether ECharts draws the kind. What does not fit it is told without. */
export function needsCanvas(kind: ChartKind): boolean {
  return !OWN_KINDS.includes(kind)
}
