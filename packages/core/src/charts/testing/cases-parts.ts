import type { ChartSpec } from '../chart-spec.ts'
import type { Frame } from '../frame.ts'
import * as frames from './frames-parts.ts'

/** A case by the name of its golden file: every kind that is not drawn along an axis, in its usual and its hard forms. */
export interface DrawingCase {
  readonly name: string
  readonly spec: ChartSpec
  readonly frame: Frame
}

const BANDS = [
  { to: 0.01, tone: 'good' as const },
  { from: 0.01, to: 0.02, tone: 'warning' as const },
  { from: 0.02, to: 0.05, tone: 'bad' as const },
]
const CHECK_BANDS = [
  { from: 0.999, label: 'Up', tone: 'good' as const },
  { from: 0.99, to: 0.999, label: 'Slow', tone: 'warning' as const },
  { to: 0.99, label: 'Down', tone: 'bad' as const },
]

export const CASES: readonly DrawingCase[] = [
  { name: 'number', spec: { kind: 'number', target: { value: 8000, label: 'Plan' } }, frame: frames.HEADLINE },
  { name: 'number-one-figure', spec: { kind: 'number', bands: BANDS }, frame: frames.ONE_FIGURE },
  {
    name: 'table',
    spec: { kind: 'table', totals: true, bars: ['visitors'], heat: ['hits'] },
    frame: frames.PAGES,
  },
  { name: 'table-hard-names', spec: { kind: 'table', bars: ['value'], heat: ['value'] }, frame: frames.HARD_NAMES },
  {
    name: 'pivot',
    spec: { kind: 'pivot', rows: ['country', 'city'], columns: ['device'], heat: true },
    frame: frames.DEVICES_BY_CITY,
  },
  { name: 'pie', spec: { kind: 'pie' }, frame: frames.PLANS },
  { name: 'pie-hard-names', spec: { kind: 'pie' }, frame: frames.HARD_NAMES },
  { name: 'donut', spec: { kind: 'donut' }, frame: frames.SOURCES },
  { name: 'gauge', spec: { kind: 'gauge', bands: BANDS, target: { value: 0.015 } }, frame: frames.ONE_FIGURE },
  { name: 'gauge-of-a-range', spec: { kind: 'gauge', max: 10_000 }, frame: frames.HEADLINE },
  { name: 'bullet', spec: { kind: 'bullet', target: { value: 600 } }, frame: frames.TEAMS },
  { name: 'funnel', spec: { kind: 'funnel' }, frame: frames.STEPS },
  {
    name: 'funnel-of-measures',
    spec: { kind: 'funnel', steps: ['visits', 'registrations', 'subscriptions'] },
    frame: frames.STEP_MEASURES,
  },
  { name: 'treemap', spec: { kind: 'treemap' }, frame: frames.CHANNELS },
  { name: 'treemap-of-people', spec: { kind: 'treemap' }, frame: frames.CHANNEL_PEOPLE },
  { name: 'treemap-hard-names', spec: { kind: 'treemap' }, frame: frames.HARD_NAMES },
  { name: 'sunburst', spec: { kind: 'sunburst', path: ['channel', 'source'] }, frame: frames.CHANNELS },
  { name: 'sankey', spec: { kind: 'sankey' }, frame: frames.FLOWS },
  { name: 'cohort-grid', spec: { kind: 'cohort_grid' }, frame: frames.COHORTS },
  { name: 'world-map', spec: { kind: 'world_map' }, frame: frames.COUNTRIES_BY_VISITORS },
  { name: 'points-map', spec: { kind: 'points_map' }, frame: frames.CITIES },
  { name: 'points-map-of-countries', spec: { kind: 'points_map' }, frame: frames.COUNTRIES_BY_VISITORS },
  { name: 'ranked-list', spec: { kind: 'ranked_list', share: true }, frame: frames.SOURCES },
  { name: 'ranked-list-hard-names', spec: { kind: 'ranked_list' }, frame: frames.HARD_NAMES },
  { name: 'status-timeline', spec: { kind: 'status_timeline', bands: CHECK_BANDS }, frame: frames.CHECKS },
  { name: 'text', spec: { kind: 'text', text: '# Notes\n\nAll **fine**.' }, frame: frames.NOTHING },
  {
    name: 'image',
    spec: { kind: 'image', address: 'https://example.com/plan.png', alternative: 'The plan of the hall' },
    frame: frames.NOTHING,
  },
  { name: 'embed', spec: { kind: 'embed', address: 'https://status.example.com/' }, frame: frames.NOTHING },
  { name: 'pie-nothing', spec: { kind: 'pie' }, frame: frames.NOTHING },
  { name: 'treemap-only-nulls', spec: { kind: 'treemap' }, frame: frames.ONLY_NULLS },
  { name: 'ranked-list-only-nulls', spec: { kind: 'ranked_list' }, frame: frames.ONLY_NULLS },
  { name: 'sankey-in-a-circle', spec: { kind: 'sankey' }, frame: frames.FLOWS_IN_A_CIRCLE },
]
