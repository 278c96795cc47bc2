import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import { isStatic } from '@almanac/core/charts/static-kinds.ts'
import type { DataShape } from './data-shape.ts'
import { KIND_NAMES } from './kind-catalogue.ts'
import { isCountry, misfit } from './kind-needs.ts'

/** The kinds that fit, the most telling one first. */
export function proposedKinds(shape: DataShape | undefined): ChartKind[] {
  const fitting = KIND_NAMES.filter((kind) => !isStatic(kind) && misfit(kind, shape) === undefined)
  const best = shape ? favourites(shape).filter((kind) => fitting.includes(kind)) : []
  return [...best, ...fitting.filter((kind) => !best.includes(kind))]
}

function favourites({ hasTime, dimensions, measures, isCohorts }: DataShape): ChartKind[] {
  if (isCohorts) return ['cohort_grid']
  if (dimensions.some(isCountry) && !hasTime) return ['world_map', 'ranked_list', 'horizontal_bar', 'table']
  if (hasTime && dimensions.length > 0) return ['stacked_area', 'line', 'stacked_bar', 'share_area', 'table']
  if (hasTime && measures.length > 1) return ['line', 'combo', 'bar', 'table']
  if (hasTime) return ['line', 'area', 'bar', 'number', 'calendar_heat_map']
  if (dimensions.length > 1) return ['table', 'pivot', 'heat_map', 'treemap', 'sankey']
  if (dimensions.length === 1 && measures.length > 1) return ['table', 'bar', 'scatter', 'horizontal_bar']
  if (dimensions.length === 1) return ['ranked_list', 'horizontal_bar', 'donut', 'bar', 'treemap', 'table']
  return ['number', 'gauge', 'bullet']
}
